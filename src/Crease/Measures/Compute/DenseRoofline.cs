using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>The time one core needs for one dense product per region and layer: the limit that exact cutting is compared with.</summary>
/// <remarks>
/// Counts, for every dense layer between two piecewise layers, one [outputs × inputs] · [inputs × 3] product per region. Rank-one
/// folding can be faster than that. Exactness: the operation count is exact, the rate is measured.
/// </remarks>
public static class DenseRoofline
{
    /// <summary>Floating-point operations of one product per region at every dense layer between two piecewise layers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="regions">Number of regions.</param>
    public static double Flops(Network network, int regions)
    {
        double flops = 0;
        bool folded = false;
        int last = network.Nodes.LastOrDefault(node => node.Layer is PiecewiseLayer)?.Index ?? -1;
        foreach (Node node in network.Nodes)
        {
            if (folded && node.Index < last && node.Layer is Dense or Convolution)
                flops += 3.0 * node.Layer.Flops;
            folded |= node.Layer is PiecewiseLayer;
        }
        return flops * regions;
    }

    /// <summary>Operations per second of one core on [width × width] · [width × 3] products, warm: the best of several rounds.</summary>
    /// <param name="width">Rows and columns of the matrix, at least 8.</param>
    /// <param name="clock">Time source.</param>
    public static double Rate(int width, TimeProvider clock)
    {
        int stride = (width + 7) & ~7;
        var matrix = new double[stride * stride];
        Array.Fill(matrix, 1e-3);
        double[] from = new double[3 * stride], to = new double[3 * stride];
        var sources = new Sources();
        for (int unit = 0; unit < stride; unit++)
            sources.Add(unit, 0.5, 0.5, 0.5);
        int rounds = Math.Max(1, 20_000_000 / (6 * stride * stride));
        double best = double.PositiveInfinity;
        for (int repeat = 0; repeat < 9; repeat++)
        {
            long start = clock.GetTimestamp();
            for (int round = 0; round < rounds; round++)
                ColumnKernel.Add(new Rows(from, 0, stride), new Rows(to, 0, stride), stride, matrix, 0, stride, sources);
            best = Math.Min(best, clock.GetElapsedTime(start).TotalSeconds / rounds);
        }
        return 6.0 * stride * stride / best;
    }
}
