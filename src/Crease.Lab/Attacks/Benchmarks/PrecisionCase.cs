using Crease.Networks;
using Crease.Numerics;
using TorchSharp;

namespace Crease.Lab;

/// <summary>Blocks of attack steps and of passes of libtorch on one network in one precision.</summary>
internal sealed class PrecisionCase : IDisposable
{
    private const double Epsilon = 1e-9;

    private readonly NetworkClassifier _classifier;
    private readonly double[][] _inputs;
    private readonly int[] _labels;
    private readonly int _steps;
    private readonly TorchTwin _twin;
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly torch.Tensor[] _parts, _answers;
    private readonly List<double> _ours = [], _theirs = [];

    /// <param name="network">The network, as <see cref="TorchTwin"/> takes it.</param>
    /// <param name="inputs">Rows, at least one batch.</param>
    /// <param name="labels">Their predicted classes, so that no row is fooled.</param>
    /// <param name="steps">Steps per row.</param>
    /// <param name="precision">The format.</param>
    public PrecisionCase(Network network, double[][] inputs, int[] labels, int steps, Precision precision)
    {
        (_classifier, _inputs, _labels, _steps) = (new NetworkClassifier(network, precision), inputs, labels, steps);
        torch.ScalarType type = precision == Precision.Bits32 ? torch.ScalarType.Float32 : torch.ScalarType.Float64;
        _twin = new TorchTwin(network, type);
        Batch = Math.Min(_classifier.Rows, inputs.Length);
        long[] extents = [Batch, .. network.InputShape.Extents.Select(extent => (long)extent)];
        _parts = [.. inputs.Chunk(Batch).Where(part => part.Length == Batch).Select(part => torch.tensor(part.SelectMany(row => row).ToArray(), extents).to(type))];
        _answers = [.. labels.Chunk(Batch).Take(_parts.Length).Select(part => torch.tensor(Array.ConvertAll(part, label => (long)label)))];
    }

    /// <summary>Rows of a batch of libtorch.</summary>
    public int Batch { get; }

    /// <summary>Runs both once.</summary>
    public void Block(RunContext run, bool isCounted)
    {
        var options = new AttackOptions { Epsilon = Epsilon, Steps = _steps };
        var lone = new RunContext { Threads = 1, Seed = run.Seed, Cancellation = run.Cancellation };
        double own = Seconds(() => Attacks.Run(_classifier, _inputs, _labels, options, lone)) / (_inputs.Length * _steps), their = Seconds(Passes) / (_parts.Length * Batch * _steps);
        if (!isCounted)
            return;
        _ours.Add(own);
        _theirs.Add(their);
    }

    /// <summary>What was measured.</summary>
    public PrecisionRate Rate() => new(_ours, _theirs, Difference());

    /// <inheritdoc/>
    public void Dispose()
    {
        _scope.Dispose();
        _twin.Dispose();
    }

    private static double Seconds(Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private void Passes()
    {
        for (int step = 0; step < _steps; step++)
        {
            for (int part = 0; part < _parts.Length; part++)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                _twin.Gradient(_parts[part], _answers[part]);
            }
        }
    }

    // Both are asked for the same gradients: else a ratio of their times says nothing.
    private double Difference()
    {
        int classes = _classifier.Classes;
        IClassifierWorker worker = _classifier.Worker();
        double[] points = [.. _inputs.Take(Batch).SelectMany(input => input)], slopes = new double[Batch * classes], logits = worker.Logits(points, Batch).ToArray();
        for (int row = 0; row < Batch; row++)
            Attacks.CrossEntropy.Of(logits.AsSpan(row * classes, classes), _labels[row], slopes.AsSpan(row * classes, classes));
        using DisposeScope scope = torch.NewDisposeScope();
        double[] own = worker.Gradients(slopes).ToArray(), theirs = [.. _twin.Gradient(_parts[0], _answers[0]).to(torch.ScalarType.Float64).data<double>()];
        return own.Zip(theirs, (a, b) => Math.Abs(a - b)).Max() / theirs.Max(Math.Abs);
    }
}
