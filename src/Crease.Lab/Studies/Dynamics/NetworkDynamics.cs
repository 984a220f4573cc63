using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Measures one network after the other on the same rows, points and slice.</summary>
internal sealed partial class NetworkDynamics
{
    private readonly DataParts _sets;
    private readonly MeasuredRows _train;
    private readonly MeasuredRows? _test;
    private readonly DynamicsOptions _options;
    private readonly Slice? _slice;
    private readonly RunContext _run;
    private readonly double[][] _random;
    private readonly int _inputs;

    public NetworkDynamics(DataParts sets, DynamicsOptions options, Slice? slice, RunContext run)
    {
        (_sets, _options, _slice, _run) = (sets, options, slice, run);
        _inputs = sets.Train.Size;
        (_train, _test) = (new MeasuredRows(sets.Train, options), sets.Test is null ? null : new MeasuredRows(sets.Test, options));
        (DataRange range, DataRange other) = (sets.Train.Range, (sets.Test ?? sets.Train).Range);
        // Test rows may lie beyond the training rows, and an attack starts at them.
        (Low, High) = (Math.Min(range.Low, other.Low), Math.Max(range.High, other.High));
        _random = UniformPoints.Of(options.Samples, _inputs, range.Low, range.High, options.Seed);
    }

    /// <summary>Lower end of the box in which attacks stay: that of all rows.</summary>
    public double Low { get; }

    public double High { get; }

    public DynamicsRow Of(Checkpoint checkpoint)
    {
        Network network = CheckpointSeries.Load(checkpoint);
        if (network.Inputs.Length != 1 || network.InputShape.Size != _inputs)
            throw new ModelException(checkpoint.Path, $"takes inputs of shape {network.InputShape}; the rows of {_sets.Train.Name} have {_inputs} numbers");
        var sweep = new ReverseSweep(network);
        LocalComplexityEstimator? complexity = _options.Samples == 0 ? null : new(network, new LocalComplexityOptions
        {
            Radius = _options.Radius,
            Directions = Math.Min(_options.Directions, _inputs),
            IncludeLogits = _options.IncludeLogits,
            Seed = _options.Seed,
        });
        return new DynamicsRow
        {
            Step = checkpoint.Step,
            Train = Of(_train, sweep, complexity),
            Test = _test is null ? null : Of(_test, sweep, complexity),
            Random = complexity is null ? null : Complexity(complexity, _random),
            Robustness = Robustness(network),
            Slice = _slice is null ? null : Cut(network, _slice),
        };
    }

    private SetDynamics Of(MeasuredRows rows, ReverseSweep sweep, LocalComplexityEstimator? complexity)
    {
        double[] outputs = sweep.Values(rows.Evaluated, rows.Count, _run);
        (double? loss, double? accuracy) = rows.Set.Labels is int[] labels ? Scores(outputs, labels.AsSpan(0, rows.Count), sweep.OutputSize, rows.Set) : (null, null);
        SampleMean? slopes = rows.Steep.Length == 0 ? null : SampleMean.Of(SampleSlopes.Norms(sweep, rows.Steep, _run));
        return new SetDynamics(rows.Count, loss, accuracy, complexity is null ? null : Complexity(complexity, rows.Folded), slopes);
    }

    private (double? Loss, double? Accuracy) Scores(double[] outputs, ReadOnlySpan<int> labels, int classes, DataSet set)
    {
        double loss = 0;
        int right = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)classes)
                throw new ModelException(set.Name, $"row {row} has the label {labels[row]}; the network has {classes} outputs");
            ReadOnlySpan<double> z = outputs.AsSpan(row * classes, classes);
            right += TensorPrimitives.IndexOfMax(z) == labels[row] ? 1 : 0;
            loss += _options.Loss == Loss.CrossEntropy ? CrossEntropy(z, labels[row]) : SquaredError(z, labels[row]);
        }
        return (double.IsFinite(loss) ? loss / labels.Length : null, (double)right / labels.Length);
    }

    private static double CrossEntropy(ReadOnlySpan<double> z, int label)
    {
        double largest = TensorPrimitives.Max(z), sum = 0;
        foreach (double value in z)
            sum += Math.Exp(value - largest);
        return largest + Math.Log(sum) - z[label];
    }

    private static double SquaredError(ReadOnlySpan<double> z, int label)
    {
        double sum = 0;
        for (int k = 0; k < z.Length; k++)
            sum += (z[k] - (k == label ? 1 : 0)) * (z[k] - (k == label ? 1 : 0));
        return sum / z.Length;
    }

    private ComplexityDynamics Complexity(LocalComplexityEstimator estimator, double[][] points)
    {
        LocalComplexity found = estimator.Measure(points, _run);
        return new ComplexityDynamics(found.Totals, found.LayerMeans);
    }

    private SliceDynamics Cut(Network network, Slice slice)
    {
        Partition partition = new PlanarPartitioner(network).Cut(slice, _run, new CutOptions { Boundary = network.OutputShape.Size > 1 });
        double steepness = TensorPrimitives.Dot(partition.Areas, partition.SlopeNorms) / partition.TotalArea;
        return new SliceDynamics(partition.RegionCount, partition.Status == Status.Complete, partition.Boundary?.Length, steepness);
    }

    /// <summary>The rows of a set that are looked at, in the forms in which every network takes them.</summary>
    private sealed class MeasuredRows(DataSet set, DynamicsOptions options)
    {
        public DataSet Set => set;

        public int Count { get; } = Math.Min(options.EvaluatedSamples, set.Count);

        /// <summary>Shape [count, inputs].</summary>
        public double[] Evaluated { get; } = [.. set.FirstRows(options.EvaluatedSamples).SelectMany(row => row)];

        public double[][] Folded { get; } = set.FirstRows(options.Samples);

        public double[][] Steep { get; } = set.FirstRows(options.SlopeSamples);
    }
}
