namespace Crease.Lab;

/// <summary>A probe of something other than the features, on the same splits.</summary>
/// <param name="Name">Short name, for example <c>tokens</c>.</param>
/// <param name="Meaning">What it is given.</param>
/// <param name="Estimate">What it reaches; null where it could not be measured.</param>
/// <param name="Lead">How far the features are above it on the same test rows; null where there is nothing to compare.</param>
/// <param name="Absent">Why it could not be measured, and what to give; null where it was.</param>
public sealed record ProbeControl(string Name, string Meaning, AucEstimate? Estimate, AucDifference? Lead, string? Absent = null)
{
    /// <summary>Name of the control by number of tokens.</summary>
    public const string Tokens = "tokens";

    /// <summary>Name of the control by number of characters.</summary>
    public const string Characters = "characters";

    /// <summary>Name of the control by words.</summary>
    public const string Words = "words";

    /// <summary>Name of the control by source.</summary>
    public const string Source = "source";

    /// <summary>Name of the control by labels dealt out at random.</summary>
    public const string Shuffled = "shuffled labels";
}
