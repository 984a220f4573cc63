using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The time of local complexity on the published MNIST setting, and of 2P forward passes per sample in the same run.</summary>
/// <remarks>Network 784-200-200-200-10 with weights and biases uniform in ±1/√inputs; 1,000 samples, 25 directions, radius 0.05, logits counted.</remarks>
public static class ComplexityBenchmark
{
    /// <summary>Samples of the case.</summary>
    public const int Samples = 1000;

    /// <summary>Measures.</summary>
    /// <param name="inputs">Samples of 784 numbers each, or null for uniform ones in [0, 1].</param>
    /// <param name="repeats">Counted runs; the fastest counts.</param>
    /// <param name="run">Seed and threads, the same for both ways.</param>
    public static ComplexityTiming Run(IReadOnlyList<double[]>? inputs, int repeats, RunContext run)
    {
        Network network = Network(run.Seed, 784, 200, 200, 200, 10);
        inputs ??= UniformPoints.Of(Samples, 784, 0, 1, run.Seed);
        double seconds = double.PositiveInfinity, naive = double.PositiveInfinity;
        LocalComplexity? found = null;
        for (int i = 0; i <= repeats; i++)
        {
            long start = run.Clock.GetTimestamp();
            found = new LocalComplexityEstimator(network, LocalComplexityOptions.PublishedMlp).Measure(inputs, run);
            double took = run.Clock.GetElapsedTime(start).TotalSeconds;
            // The first run compiles.
            seconds = i == 0 ? seconds : Math.Min(seconds, took);
        }
        var estimator = new LocalComplexityEstimator(network, LocalComplexityOptions.PublishedMlp);
        long total = 0;
        for (int i = 0; i < 2; i++)
        {
            long start = run.Clock.GetTimestamp();
            total = OneByOne(estimator, inputs, run.Threads);
            naive = Math.Min(naive, run.Clock.GetElapsedTime(start).TotalSeconds);
        }
        long expected = Enumerable.Range(0, inputs.Count).Sum(s => (long)found!.Total(s));
        double flops = 2.0 * LocalComplexityOptions.PublishedMlp.Directions * inputs.Count * network.Flops;
        return new ComplexityTiming(inputs.Count, found!.Totals, seconds, naive, total, expected, flops);
    }

    /// <summary>A dense ReLU network with the uniform initialization of PyTorch's linear layers.</summary>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="widths">Inputs, widths of the hidden layers, outputs.</param>
    public static Network Network(ulong seed, params ReadOnlySpan<int> widths)
    {
        var random = new RandomSource(seed);
        return RandomNetwork.Of(string.Join('-', widths.ToArray()), widths, (inputs, outputs) =>
        {
            double bound = 1 / Math.Sqrt(inputs);
            return (Uniform(inputs * outputs, bound), Uniform(outputs, bound));
        });

        double[] Uniform(int count, double bound)
        {
            var values = new double[count];
            for (int i = 0; i < count; i++)
                values[i] = random.Uniform(-bound, bound);
            return values;
        }
    }

    // What one writes first: every vertex by itself through the whole network.
    private static long OneByOne(LocalComplexityEstimator estimator, IReadOnlyList<double[]> inputs, int threads)
    {
        OrthonormalDirections directions = estimator.DirectionsOf(0);
        var totals = new int[inputs.Count];
        Workers.For(inputs.Count, threads, s =>
        {
            double[] vertex = new double[directions.Inputs];
            var signs = estimator.Layers.Select(layer => new int[layer.Units]).ToArray();
            var changed = estimator.Layers.Select(layer => new bool[layer.Units]).ToArray();
            for (int v = 0; v < 2 * directions.Count; v++)
            {
                double step = v < directions.Count ? estimator.Options.Radius : -estimator.Options.Radius;
                for (int i = 0; i < vertex.Length; i++)
                    vertex[i] = inputs[s][i] + step * directions.Values[v % directions.Count * vertex.Length + i];
                double[][] values = estimator.Network.Values(vertex, 1);
                for (int l = 0; l < signs.Length; l++)
                {
                    double[] h = values[estimator.Layers[l].Source];
                    for (int unit = 0; unit < h.Length; unit++)
                    {
                        int sign = Math.Sign(h[unit]);
                        changed[l][unit] |= v > 0 && sign != signs[l][unit];
                        signs[l][unit] = v == 0 ? sign : signs[l][unit];
                    }
                }
            }
            totals[s] = changed.Sum(layer => layer.Count(unit => unit));
        });
        return totals.Sum(total => (long)total);
    }
}
