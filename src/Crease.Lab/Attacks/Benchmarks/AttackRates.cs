using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using TorchSharp;

namespace Crease.Lab;

/// <summary>Times steps of PGD against bare forward and backward passes of libtorch: a perceptron 784-256-256-10, and LeNet-5 for pixels of MNIST.</summary>
/// <remarks>
/// A step of the attack is a forward pass, the loss, a backward pass, and the projection; libtorch's pass has neither projection nor attack. Blocks alternate, so that a
/// drift of the machine meets both, and time is that of the processor, on one thread. ε is so small that no row is fooled and every row takes all steps.
/// </remarks>
public static class AttackRates
{
    // Those of PGD by default: the classes at both ends of a row are part of its attack.
    private const int Steps = 40;

    /// <summary>Names of the cases.</summary>
    public static IReadOnlyList<string> Names { get; } = ["784-256-256-10", "LeNet-5"];

    /// <summary>Why libtorch cannot be loaded, or null.</summary>
    public static string? Missing => LibTorchCompat.TryLoad(out string fault) ? null : fault;

    /// <summary>Measures a case.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="repeats">Counted blocks, at least 1.</param>
    /// <param name="run">Seed and cancellation.</param>
    /// <exception cref="TrainingException">libtorch is missing.</exception>
    public static AttackRate Time(string name, int repeats, RunContext run)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        if (Missing is string fault)
            throw new TrainingException(fault);
        int threads = torch.get_num_threads();
        torch.set_num_threads(1);
        try
        {
            return Timed(name, repeats, run);
        }
        finally
        {
            torch.set_num_threads(threads);
        }
    }

    private static AttackRate Timed(string name, int repeats, RunContext run)
    {
        Network network = name == Names[0] ? ComplexityBenchmark.Network(run.Seed, 784, 256, 256, 10) : LeNet(run.Seed);
        var classifier = new NetworkClassifier(network);
        // Blocks of a few tenths of a second at least.
        double[][] inputs = UniformPoints.Of(classifier.Rows * (name == Names[0] ? 8 : 1), 784, 0.1, 0.9, run.Seed);
        int[] labels = PredictedClasses.Of(classifier, inputs, run);
        using var exact = new PrecisionCase(network, inputs, labels, Steps, Precision.Bits64);
        using var single = new PrecisionCase(network, inputs, labels, Steps, Precision.Bits32);
        for (int block = 0; block <= repeats; block++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            // The first block compiles.
            exact.Block(run, isCounted: block > 0);
            single.Block(run, isCounted: block > 0);
        }
        return new AttackRate(name, exact.Batch, exact.Rate(), single.Rate());
    }

    private static Network LeNet(ulong seed)
    {
        var random = RandomStreams.Of(seed, RandomStreams.Attack, 1);
        var builder = new NetworkBuilder(Names[1]);
        int at = builder.Input("x", new Shape(1, 28, 28));
        foreach ((int from, int to) in new[] { (1, 32), (32, 64) })
        {
            at = builder.Add(new Convolution(builder.ShapeOf(at), Normals(random, to * from * 9, Math.Sqrt(2.0 / (9 * from))), Normals(random, to, 0.1), new Windows(3, 3) { Top = 1, Bottom = 1, Left = 1, Right = 1 }), at);
            at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
            at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(2, 2) { StrideY = 2, StrideX = 2 }), at);
        }
        at = builder.Add(new Reshape(builder.ShapeOf(at), new Shape(64 * 49)), at);
        at = builder.Add(new Dense(Normals(random, 200 * 64 * 49, Math.Sqrt(2.0 / (64 * 49))), Normals(random, 200, 0.1), builder.ShapeOf(at)), at);
        at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
        return builder.Build(builder.Add(new Dense(Normals(random, 2000, 0.1), Normals(random, 10, 0.1), builder.ShapeOf(at)), at));
    }

    private static Weights Normals(RandomSource random, int count, double scale) => new((double[])[.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())]);
}
