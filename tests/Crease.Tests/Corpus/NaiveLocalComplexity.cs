using Crease.Measures;
using Crease.Networks;

namespace Crease.Tests.Corpus;

/// <summary>The slow twin of local complexity: every vertex by itself through the whole network, three-valued signs compared.</summary>
public static class NaiveLocalComplexity
{
    /// <summary>Counts per layer around one sample.</summary>
    public static int[] Counts(LocalComplexityEstimator estimator, double[] input, int sample = 0)
    {
        OrthonormalDirections directions = estimator.DirectionsOf(sample);
        int inputs = directions.Inputs, count = directions.Count;
        var values = new double[2 * count][][];
        for (int v = 0; v < values.Length; v++)
        {
            double step = v < count ? estimator.Options.Radius : -estimator.Options.Radius;
            double[] vertex = [.. input.Select((x, i) => x + step * directions.Values[v % count * inputs + i])];
            values[v] = estimator.Network.Values(vertex, 1);
        }
        return [.. estimator.Layers.Select(layer => Enumerable.Range(0, layer.Units).Count(unit =>
            layer.Knots.Any(knot => values.Select(at => Math.Sign(at[layer.Source][unit] - knot)).Distinct().Count() > 1)))];
    }

    public static double[][] Points(int count, int inputs, ulong seed, double scale = 1)
    {
        var random = new Numerics.RandomSource(seed);
        return [.. Enumerable.Range(0, count).Select(_ => GraphNetworks.Normals(random, inputs, scale))];
    }

    public static int[][] All(LocalComplexity complexity) =>
        [.. Enumerable.Range(0, complexity.Samples).Select(s => Enumerable.Range(0, complexity.Layers.Length).Select(l => complexity.Count(s, l)).ToArray())];
}
