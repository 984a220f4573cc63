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
    private const int Rows = 256, Steps = 10;

    private const double Epsilon = 1e-9;

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
        double[][] inputs = UniformPoints.Of(Rows, 784, 0.1, 0.9, run.Seed);
        int[] labels = PredictedClasses.Of(classifier, inputs, run);
        var options = new AttackOptions { Epsilon = Epsilon, Steps = Steps };
        using var twin64 = new TorchTwin(network, torch.ScalarType.Float64);
        using var twin32 = new TorchTwin(network, torch.ScalarType.Float32);
        using DisposeScope scope = torch.NewDisposeScope();
        int batch = Math.Min(classifier.Rows, Rows);
        long[] extents = [batch, .. network.InputShape.Extents.Select(extent => (long)extent)];
        torch.Tensor[] parts = [.. inputs.Chunk(batch).Where(part => part.Length == batch).Select(part => torch.tensor(part.SelectMany(row => row).ToArray(), extents))], parts32 = [.. parts.Select(part => part.to(torch.ScalarType.Float32))];
        torch.Tensor[] answers = [.. labels.Chunk(batch).Take(parts.Length).Select(part => torch.tensor(Array.ConvertAll(part, label => (long)label)))];
        var (ours, theirs64, theirs32) = (new List<double>(), new List<double>(), new List<double>());
        var single = new RunContext { Threads = 1, Seed = run.Seed, Cancellation = run.Cancellation };
        for (int block = 0; block <= repeats; block++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            double own = Seconds(() => Attacks.Run(classifier, inputs, labels, options, single)) / (Rows * Steps);
            double their64 = Seconds(() => Passes(twin64, parts, answers)) / (parts.Length * batch * Steps), their32 = Seconds(() => Passes(twin32, parts32, answers)) / (parts.Length * batch * Steps);
            // The first block compiles.
            if (block == 0)
                continue;
            ours.Add(own);
            theirs64.Add(their64);
            theirs32.Add(their32);
        }
        return new AttackRate(name, batch, ours, theirs64, theirs32, Difference(classifier, twin64, inputs, labels, parts[0], answers[0]));
    }

    private static double Seconds(Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static void Passes(TorchTwin twin, torch.Tensor[] parts, torch.Tensor[] answers)
    {
        for (int step = 0; step < Steps; step++)
        {
            for (int part = 0; part < parts.Length; part++)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                twin.Gradient(parts[part], answers[part]);
            }
        }
    }

    // Both are asked for the same gradients: else a ratio of their times says nothing.
    private static double Difference(NetworkClassifier classifier, TorchTwin twin, double[][] inputs, int[] labels, torch.Tensor part, torch.Tensor answers)
    {
        int batch = (int)part.shape[0];
        IClassifierWorker worker = classifier.Worker();
        double[] points = [.. inputs.Take(batch).SelectMany(input => input)], slopes = new double[batch * classifier.Classes], logits = worker.Logits(points, batch).ToArray();
        for (int row = 0; row < batch; row++)
            Attacks.CrossEntropy.Of(logits.AsSpan(row * classifier.Classes, classifier.Classes), labels[row], slopes.AsSpan(row * classifier.Classes, classifier.Classes));
        double[] own = worker.Gradients(slopes).ToArray(), theirs = [.. twin.Gradient(part, answers).data<double>()];
        return own.Zip(theirs, (a, b) => Math.Abs(a - b)).Max() / theirs.Max(Math.Abs);
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
