using Crease.Networks;

namespace Crease.Geometry;

/// <content>Looking up one region, and what is computed again when asked for.</content>
public sealed partial class SegmentPartition
{
    /// <summary>Length of a region in units of the slice.</summary>
    /// <param name="region">0-based region.</param>
    public double LengthOf(int region) => Ends[region + 1] - Ends[region];

    /// <summary>The creases that are crossed at a breakpoint, at least one.</summary>
    /// <param name="breakpoint">0-based breakpoint.</param>
    /// <returns>Entries for <see cref="CreaseAt"/>.</returns>
    public ReadOnlySpan<int> CreasesOf(int breakpoint) => Creases[FirstCreases[breakpoint]..FirstCreases[breakpoint + 1]];

    /// <summary>The region that holds a position; of two at a breakpoint the left one.</summary>
    /// <param name="position">Slice coordinate between the first and the last of <see cref="Ends"/>.</param>
    /// <exception cref="ArgumentException">The position lies outside what was cut.</exception>
    public int RegionOf(double position)
    {
        if (!(position >= Ends[0] && position <= Ends[^1]) || RegionCount == 0)
            throw new ArgumentException($"'position' is {position}; expected {Ends[0]} to {Ends[^1]}.", nameof(position));
        int found = _arrays.Ends.AsSpan(1).BinarySearch(position);
        if (found < 0)
            return ~found;
        while (found > 0 && Ends[found] == position)
            found--;
        return found;
    }

    /// <summary>The outputs at a position.</summary>
    /// <param name="position">Slice coordinate between the first and the last of <see cref="Ends"/>.</param>
    /// <returns>Shape [outputs].</returns>
    /// <exception cref="ArgumentException">The position lies outside what was cut.</exception>
    public double[] At(double position)
    {
        int first = RegionOf(position) * Outputs;
        var values = new double[Outputs];
        for (int o = 0; o < values.Length; o++)
            values[o] = Slopes[first + o] * position + Offsets[first + o];
        return values;
    }

    /// <summary>The activation pattern of a region.</summary>
    /// <remarks>Cost: one forward pass at the region's center. Exactness: float64; a region shorter than rounding may take a neighbor's code.</remarks>
    /// <param name="region">0-based region.</param>
    public Code Code(int region) => Around(region).Code();

    /// <summary>The affine map A x + b of a region, on the whole input space.</summary>
    /// <remarks>Cost: one backward pass per output. Exactness: as <see cref="Code"/>.</remarks>
    /// <param name="region">0-based region.</param>
    /// <returns>Slopes of shape [outputs, inputs], offsets of shape [outputs].</returns>
    public AffineMap Map(int region) => Around(region).Map();

    private Linearization Around(int region) => new(Network, Slice.Decode(0.5 * (Ends[region] + Ends[region + 1])));
}
