namespace Crease.Certificates;

/// <summary>Two lines per unit of a piecewise layer, between which its value lies on a range of pre-activations.</summary>
/// <remarks>value ≥ LowSlope · z + LowOffset and value ≤ HighSlope · z + HighOffset, in real arithmetic with these very numbers.</remarks>
internal sealed class Lines(int size)
{
    public double[] LowSlope { get; } = new double[size];

    public double[] LowOffset { get; } = new double[size];

    public double[] HighSlope { get; } = new double[size];

    public double[] HighOffset { get; } = new double[size];

    /// <summary>For a maximum: the input element that both lines are of. Otherwise empty.</summary>
    public int[] Winner { get; init; } = [];

    public Lines Copy()
    {
        var copy = new Lines(LowSlope.Length) { Winner = [.. Winner] };
        LowSlope.CopyTo(copy.LowSlope, 0);
        LowOffset.CopyTo(copy.LowOffset, 0);
        HighSlope.CopyTo(copy.HighSlope, 0);
        HighOffset.CopyTo(copy.HighOffset, 0);
        return copy;
    }
}
