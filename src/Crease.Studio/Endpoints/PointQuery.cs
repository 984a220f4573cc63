using Crease.Networks;

namespace Crease.Studio;

/// <summary>A question about one point of a slice of a network.</summary>
/// <param name="Network">Id of the network.</param>
/// <param name="Slice">The slice.</param>
/// <param name="At">The point: s, t.</param>
internal sealed record PointQuery(string Network, SliceRequest? Slice = null, double[]? At = null)
{
    private const int MostValues = 64;

    /// <summary>The network, the slice, and the point.</summary>
    /// <exception cref="ArgumentException">The point has not two numbers, or the slice does not fit.</exception>
    public (PreparedNetwork Network, Slice Slice, double S, double T) Open(NetworkShelf shelf, SliceReader reader)
    {
        if (At is not [double s, double t])
            throw new ArgumentException($"'at' has {At?.Length ?? 0} numbers; expected s, t");
        PreparedNetwork prepared = shelf.Open(Network);
        (Slice slice, _) = reader.Read(Network, prepared.Network, Slice);
        return (prepared, slice, s, t);
    }

    /// <summary>The first of many values, at most 64.</summary>
    public static double[] First(ReadOnlySpan<double> values) => values[..Math.Min(values.Length, MostValues)].ToArray();
}
