using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The time of PGD on a 784-200-200-200-10 network, and of the same attack row by row, layer by layer, in the same run.</summary>
/// <remarks>Rows are uniform in [0, 1] with the predicted class as label, and ε is so small that none is fooled: every row takes all 40 steps.</remarks>
public static class AttackBenchmark
{
    /// <summary>Rows of the case.</summary>
    public const int Rows = 1000;

    /// <summary>Rows that are attacked one by one; they take long.</summary>
    public const int SlowRows = 40;

    private const double Epsilon = 1e-9;

    /// <summary>Measures.</summary>
    /// <param name="repeats">Counted runs of the fast way; the fastest counts.</param>
    /// <param name="run">Seed and threads, the same for both ways.</param>
    public static AttackTiming Run(int repeats, RunContext run)
    {
        Network network = ComplexityBenchmark.Network(run.Seed, 784, 200, 200, 200, 10);
        var classifier = new NetworkClassifier(network);
        double[][] inputs = UniformPoints.Of(Rows, 784, 0.1, 0.9, run.Seed);
        int[] labels = [.. inputs.Select(input => Largest(network.Evaluate(input)))];
        var options = new AttackOptions { Epsilon = Epsilon, Steps = 40 };
        double seconds = double.PositiveInfinity;
        AttackResults? found = null;
        for (int i = 0; i <= repeats; i++)
        {
            found = Attacks.Run(classifier, inputs, labels, options, run);
            // The first run compiles.
            seconds = i == 0 ? seconds : Math.Min(seconds, found.Seconds);
        }
        var points = new double[SlowRows][];
        OneByOne(network, inputs[0], labels[0], options);
        long start = run.Clock.GetTimestamp();
        Workers.For(SlowRows, run.Threads, row => points[row] = OneByOne(network, inputs[row], labels[row], options));
        double slow = run.Clock.GetElapsedTime(start).TotalSeconds;
        double difference = Enumerable.Range(0, SlowRows).Max(row => Enumerable.Range(0, 784).Max(k => Math.Abs(points[row][k] - found!.Point(row)[k])));
        // A gradient is a forward pass and a pull of the same cost; each row ends with a forward pass.
        double flops = (2.0 * options.StepCount + 1) * network.Flops;
        return new AttackTiming(Rows, found!.Gradients, seconds, Rows * flops / seconds, SlowRows * flops / slow, difference / Epsilon);
    }

    // What one writes first: the layers' own forward and pull, a row at a time.
    private static double[] OneByOne(Network network, double[] input, int label, AttackOptions options)
    {
        double[] point = [.. input], slopes = new double[network.OutputShape.Size];
        for (int step = 0; step < options.StepCount; step++)
        {
            double[][] values = network.Values(point, 1);
            options.Loss.Of(values[network.Outputs[0]], label, slopes);
            double[][] gradients = [.. network.Nodes.Select(node => new double[node.Shape.Size])];
            slopes.CopyTo(gradients[network.Outputs[0]], 0);
            foreach (Node node in network.Nodes.Reverse().Where(node => node.Layer is not InputLayer))
                node.Layer.Pull([.. node.Inputs.Select(i => values[i])], values[node.Index], gradients[node.Index], 1, [.. node.Inputs.Select(i => gradients[i])]);
            options.Distance.Step(gradients[network.Inputs[0]], options.StepLength, point);
            options.Distance.Project(input, options.Epsilon, point);
            options.Box?.Clip(point);
        }
        return point;
    }

    private static int Largest(double[] logits) => Array.IndexOf(logits, logits.Max());
}
