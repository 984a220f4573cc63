namespace Crease.Lab;

/// <summary>How a claim came out.</summary>
public enum CheckOutcome
{
    /// <summary>It held.</summary>
    Met,

    /// <summary>It did not.</summary>
    Missed,

    /// <summary>The run was too short, or nothing was measured that could tell.</summary>
    NotMeasured,
}

/// <summary>A published number or statement beside what was found here.</summary>
/// <param name="Claim">What is compared.</param>
/// <param name="Expected">The published value or band, in words.</param>
/// <param name="Found">What was found, in words.</param>
/// <param name="Outcome">How it came out.</param>
public sealed record ReportCheck(string Claim, string Expected, string Found, CheckOutcome Outcome);
