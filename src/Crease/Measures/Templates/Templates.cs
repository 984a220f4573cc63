using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>What is told of one input's map; the spans are valid during the call only.</summary>
/// <param name="input">0-based index of the input.</param>
/// <param name="slopes">The templates. Shape [outputs, inputs], row-major.</param>
/// <param name="offsets">Shape [outputs].</param>
/// <param name="scores">The outputs at the input. Shape [outputs].</param>
public delegate void TemplateVisitor(int input, ReadOnlySpan<double> slopes, ReadOnlySpan<double> offsets, ReadOnlySpan<double> scores);

/// <summary>The affine maps of many inputs: prepared once, one forward pass and one vector-Jacobian row per output and input.</summary>
/// <remarks>
/// Notation: rows of A[x] ↔ templates, c[x] ↔ offsets; score = &lt;A_c, x&gt; + c_c. Source: <c>balestriero2018spline</c>. Cost: about [outputs + 1] forward passes, as blocked
/// matrix products; memory of at most 64 MiB per thread, or one input's map where that is larger. Exactness: exact up to rounding; at a crease the map is that of the piece a
/// <see cref="Code"/> names. Results do not depend on the number of threads.
/// </remarks>
public sealed class Templates
{
    private const long Workspace = 64L << 20;

    private readonly ReverseSweep _sweep;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">A network with one input, piecewise affine except for a final monotone node.</param>
    /// <exception cref="ArgumentException">The network has several inputs.</exception>
    /// <exception cref="NotSupportedException">A node before the output is smooth; the message names it.</exception>
    public Templates(Network network)
        : this(new PiecewiseGraph(network))
    {
    }

    /// <summary>Takes a prepared network.</summary>
    /// <param name="graph">The network.</param>
    public Templates(PiecewiseGraph graph)
    {
        Graph = graph;
        _sweep = new ReverseSweep(graph.Network, graph.Output);
    }

    /// <summary>The network.</summary>
    public PiecewiseGraph Graph { get; }

    /// <summary>The maps of some inputs, kept.</summary>
    /// <param name="inputs">One array per sample, each of shape [inputs], finite.</param>
    /// <param name="run">Threads, cancellation and memory; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no input, or one has another length or is not finite.</exception>
    /// <exception cref="InvalidOperationException">The maps exceed the memory budget; <see cref="Visit"/> keeps none.</exception>
    public TemplateSet Of(IReadOnlyList<double[]> inputs, RunContext? run = null)
    {
        int size = Graph.Outputs * Graph.Inputs, outputs = Graph.Outputs;
        CheckMemory((long)inputs.Count * size, run ?? RunContext.Default);
        var slopes = new double[(long)inputs.Count * size];
        double[] offsets = new double[inputs.Count * outputs], scores = new double[inputs.Count * outputs];
        Visit(inputs, (input, rows, constants, values) =>
        {
            rows.CopyTo(slopes.AsSpan(input * size));
            constants.CopyTo(offsets.AsSpan(input * outputs));
            values.CopyTo(scores.AsSpan(input * outputs));
        }, run);
        return new TemplateSet(outputs, Graph.Inputs, slopes, offsets, scores);
    }

    /// <summary>The maps of some inputs, told one by one and not kept.</summary>
    /// <param name="inputs">One array per sample, each of shape [inputs], finite.</param>
    /// <param name="visit">Called once per input, from several threads, in any order.</param>
    /// <param name="run">Threads, cancellation and memory; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no input, or one has another length or is not finite.</exception>
    /// <exception cref="InvalidOperationException">One map exceeds the memory budget.</exception>
    public void Visit(IReadOnlyList<double[]> inputs, TemplateVisitor visit, RunContext? run = null)
    {
        run ??= RunContext.Default;
        CheckInputs(inputs, Graph.Inputs);
        long map = (long)Graph.Outputs * Graph.Inputs;
        CheckMemory(map, run);
        int rows = (int)Math.Clamp(Workspace / (8 * map), 1, _sweep.Rows);
        Workers.InParts(inputs.Count, rows, run, () => new Block(_sweep, rows), (block, first, count) =>
        {
            block.Fill(inputs, first, count);
            for (int r = 0; r < count; r++)
                visit(first + r, block.Slopes(r), block.Offsets(r), block.Scores(r));
        });
    }

    /// <summary>Refuses samples that no network of this size takes, before any work is done.</summary>
    internal static void CheckInputs(IReadOnlyList<double[]> inputs, int size)
    {
        if (inputs.Count == 0)
            throw new ArgumentException("'inputs' is empty; expected at least one sample.", nameof(inputs));
        for (int i = 0; i < inputs.Count; i++)
        {
            int bad = Array.FindIndex(inputs[i], x => !double.IsFinite(x));
            if (inputs[i].Length != size || bad >= 0)
                throw new ArgumentException(bad >= 0
                    ? $"'inputs' holds {inputs[i][bad]} in sample {i} at index {bad}; expected finite numbers."
                    : $"'inputs' has {inputs[i].Length} numbers in sample {i}; the network takes {size}.", nameof(inputs));
        }
    }

    internal static void CheckMemory(long slopes, RunContext run)
    {
        if (slopes > Math.Min(Array.MaxLength, run.MemoryBudget / 8))
            throw new InvalidOperationException($"the slopes take {8.0 * slopes / (1 << 30):F1} GiB; the memory budget is {run.MemoryBudget / (double)(1 << 30):F1} GiB. Ask for fewer inputs, or visit them one by one.");
    }

    /// <summary>The buffers of one thread.</summary>
    private sealed class Block(ReverseSweep sweep, int rows)
    {
        private readonly int _inputs = sweep.InputSize, _outputs = sweep.OutputSize;
        private readonly SweepWorker _worker = sweep.Worker();
        private readonly double[] _batch = new double[rows * sweep.InputSize], _cotangents = new double[rows * sweep.OutputSize];
        private readonly double[] _slopes = new double[(long)rows * sweep.OutputSize * sweep.InputSize];
        private readonly double[] _offsets = new double[rows * sweep.OutputSize], _scores = new double[rows * sweep.OutputSize];

        public ReadOnlySpan<double> Slopes(int row) => _slopes.AsSpan(row * _outputs * _inputs, _outputs * _inputs);

        public ReadOnlySpan<double> Offsets(int row) => _offsets.AsSpan(row * _outputs, _outputs);

        public ReadOnlySpan<double> Scores(int row) => _scores.AsSpan(row * _outputs, _outputs);

        public void Fill(IReadOnlyList<double[]> inputs, int first, int count)
        {
            for (int r = 0; r < count; r++)
                inputs[first + r].CopyTo(_batch, r * _inputs);
            _worker.Forward(_batch.AsSpan(0, count * _inputs), count).CopyTo(_scores);
            Span<double> cotangents = _cotangents.AsSpan(0, count * _outputs);
            for (int o = 0; o < _outputs; o++)
            {
                cotangents.Clear();
                for (int r = 0; r < count; r++)
                    cotangents[r * _outputs + o] = 1;
                ReadOnlySpan<double> pulled = _worker.Pull(cotangents);
                for (int r = 0; r < count; r++)
                {
                    ReadOnlySpan<double> row = pulled.Slice(r * _inputs, _inputs);
                    row.CopyTo(_slopes.AsSpan((r * _outputs + o) * _inputs));
                    _offsets[r * _outputs + o] = _scores[r * _outputs + o] - TensorPrimitives.Dot(row, _batch.AsSpan(r * _inputs, _inputs));
                }
            }
        }
    }
}
