using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The time of templates of many inputs, and of the forward passes of the same inputs as matrix products in the same run.</summary>
public static class TemplateBenchmark
{
    /// <summary>Inputs of a case.</summary>
    public const int Samples = 10_000;

    /// <summary>The cases: name and network.</summary>
    /// <param name="seed">Seed of the weights.</param>
    public static IEnumerable<(string Name, Network Network)> Cases(ulong seed)
    {
        yield return ("784-200-200-200-10", ComplexityBenchmark.Network(seed, 784, 200, 200, 200, 10));
        yield return ("784-1024-1024-10", ComplexityBenchmark.Network(seed, 784, 1024, 1024, 10));
        yield return ("convolutional", Convolutional(seed));
    }

    /// <summary>Measures one case.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="network">The network.</param>
    /// <param name="samples">Number of inputs, uniform in [0, 1], at least 1.</param>
    /// <param name="repeats">Counted runs of both ways, in turns; the fastest of each counts.</param>
    /// <param name="run">Seed and threads, the same for both ways.</param>
    public static TemplateTiming Run(string name, Network network, int samples, int repeats, RunContext run)
    {
        double[][] inputs = UniformPoints.Of(samples, network.InputShape.Size, 0, 1, run.Seed);
        double[] flat = [.. inputs.SelectMany(row => row)];
        var graph = new PiecewiseGraph(network);
        var sweep = new ReverseSweep(network, graph.Output);
        var templates = new Templates(graph);
        double forward = double.PositiveInfinity, seconds = double.PositiveInfinity;
        var errors = new double[samples];
        for (int repeat = 0; repeat <= repeats; repeat++)
        {
            long start = run.Clock.GetTimestamp();
            double[] values = sweep.Values(flat, samples, run);
            double passes = run.Clock.GetElapsedTime(start).TotalSeconds;
            start = run.Clock.GetTimestamp();
            templates.Visit(inputs, (i, _, _, scores) => errors[i] = Math.Abs(scores[0] - values[i * scores.Length]), run);
            double found = run.Clock.GetElapsedTime(start).TotalSeconds;
            // The first run compiles.
            (forward, seconds) = repeat == 0 ? (forward, seconds) : (Math.Min(forward, passes), Math.Min(seconds, found));
        }
        return new TemplateTiming(name, samples, graph.Outputs, (double)network.Flops * samples, forward, seconds, errors.Max());
    }

    private static Network Convolutional(ulong seed)
    {
        var random = new RandomSource(seed);
        var builder = new NetworkBuilder("convolutional");
        var same = new Windows(3, 3) { Top = 1, Left = 1, Bottom = 1, Right = 1 };
        int at = builder.Input("x", new Shape(1, 28, 28));
        foreach ((int from, int to) in new[] { (1, 16), (16, 32) })
        {
            at = builder.Add(new Convolution(builder.ShapeOf(at), Normals(to * from * 9, Math.Sqrt(2.0 / (9 * from))), Normals(to, 0.1), same), at);
            at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
            at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(2, 2) { StrideX = 2, StrideY = 2 }), at);
        }
        int size = builder.ShapeOf(at).Size;
        at = builder.Add(new Reshape(builder.ShapeOf(at), new Shape(size)), at);
        return builder.Build(builder.Add(new Dense(Normals(10 * size, Math.Sqrt(1.0 / size)), Normals(10, 0.1), new Shape(size)), at));

        double[] Normals(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())];
    }
}
