namespace Crease.Certificates;

/// <summary>Class counts of one input so far: what a stopped run continues from.</summary>
/// <param name="Index">Row of the data.</param>
/// <param name="Selected">Counts of the draws that pick the class. Shape [classes].</param>
/// <param name="Counts">Counts of the draws of the estimate so far. Shape [classes].</param>
public sealed record SmoothingTally(int Index, long[] Selected, long[] Counts)
{
    /// <summary>Draws of the estimate so far.</summary>
    public long Drawn => Counts.Sum();
}
