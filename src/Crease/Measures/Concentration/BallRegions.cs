using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How many linear regions meet a disc: a ball around an input of a network with two inputs, or around a point of a slice.</summary>
/// <remarks>The disc's square is cut, and regions nearer to its center than the radius are counted. Exactness: the regions are those of <see cref="PlanarPartitioner"/>; distances are float64.</remarks>
public static class BallRegions
{
    /// <summary>Counts around an input of a network with two inputs.</summary>
    /// <param name="partitioner">The network, prepared.</param>
    /// <param name="input">Shape [2], finite.</param>
    /// <param name="radius">Of the open disc, in input units, above 0.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">The network has other inputs, or the radius is not above 0.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public static int Around(PlanarPartitioner partitioner, double[] input, double radius, RunContext? run = null)
    {
        if (input.Length != 2 || partitioner.Network.InputShape.Size != 2)
            throw new ArgumentException($"'input' has {input.Length} numbers and the network takes {partitioner.Network.InputShape.Size}; regions in a ball are counted for 2. Pass a slice for more.", nameof(input));
        return Around(partitioner, Slice.Box(-1, 1, -1, 1), input[0], input[1], radius, run);
    }

    /// <summary>Counts around a point of a slice, on the slice.</summary>
    /// <param name="partitioner">The network, prepared.</param>
    /// <param name="slice">A two-dimensional slice of its input space; its domain does not matter.</param>
    /// <param name="x">First slice coordinate of the center.</param>
    /// <param name="y">Second slice coordinate of the center.</param>
    /// <param name="radius">Of the open disc, in slice units, above 0.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public static int Around(PlanarPartitioner partitioner, Slice slice, double x, double y, double radius, RunContext? run = null)
    {
        if (!(radius > 0) || !double.IsFinite(radius))
            throw new ArgumentException(FormattableString.Invariant($"'radius' is {radius}; expected a finite number above 0."), nameof(radius));
        run ??= RunContext.Default;
        Partition square = partitioner.Cut(slice.WithDomain(Domains.Box(x - radius, x + radius, y - radius, y + radius)), run);
        run.Cancellation.ThrowIfCancellationRequested();
        if (square.Status != Status.Complete)
            throw new InvalidOperationException($"the cut stopped after {square.RegionCount} regions ({square.Status}); take a smaller radius");
        return Enumerable.Range(0, square.RegionCount).Count(region => Distance(square.Polygon(region), x, y) < radius);
    }

    // 0 inside a convex polygon, counter-clockwise.
    private static double Distance(double[] polygon, double x, double y)
    {
        double nearest = double.PositiveInfinity;
        bool isInside = true;
        for (int i = 0; i < polygon.Length; i += 2)
        {
            int next = (i + 2) % polygon.Length;
            nearest = Math.Min(nearest, Polygons.DistanceToSegment(x, y, [polygon[i], polygon[i + 1], polygon[next], polygon[next + 1]]));
            isInside &= (polygon[next] - polygon[i]) * (y - polygon[i + 1]) - (polygon[next + 1] - polygon[i + 1]) * (x - polygon[i]) >= 0;
        }
        return isInside ? 0 : nearest;
    }
}
