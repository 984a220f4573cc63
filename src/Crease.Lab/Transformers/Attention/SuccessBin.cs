namespace Crease.Lab;

/// <summary>How many answers were right among those whose dimension changed about as much.</summary>
/// <param name="Low">Least change, included.</param>
/// <param name="High">Largest change; included in the last bin only.</param>
/// <param name="Count">How many questions changed so much.</param>
/// <param name="Correct">How many of them were answered right.</param>
public readonly record struct SuccessBin(double Low, double High, int Count, int Correct)
{
    /// <summary>Share of right answers, or null in an empty bin.</summary>
    public double? Rate => Count > 0 ? (double)Correct / Count : null;
}
