using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The empirical tangent kernel of a network, layer by layer: what its inputs and its region codes say, without the derivatives by each parameter.</summary>
/// <remarks>
/// Notation: Θ(x, x')_oo' = Σ over parameters p of ∂f_o(x)/∂p · ∂f_o'(x')/∂p. A dense layer adds (⟨z, z'⟩ + 1) ⟨B_o, B'_o'⟩ with its input z and the slopes B_o of output o by its pre-activations; B is constant in a
/// region and z affine, so that Θ is bilinear on each pair of regions. Convolutions and normalizations add the inner product of their own derivatives. All trained numbers of the network count
/// (<see cref="Network.Parameters"/>). A final softmax or sigmoid is set aside. At kinks a derivative is that of the piece a code names. Smooth networks are welcome.
/// Source: <c>jacot2018ntk</c>, <c>novak2022fast</c>. Cost: per pair and output Σ widths multiply-adds for dense layers, parameters for the others. Exactness: float64. Results do not depend on threads.
/// </remarks>
public sealed class EmpiricalKernel
{
    private const long FeatureBytes = 1L << 29;

    private readonly KernelPlan _plan;
    private readonly ReverseSweep _sweep;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">A network with one input and some parameters.</param>
    /// <exception cref="ArgumentException">The network has several inputs.</exception>
    /// <exception cref="NotSupportedException">A layer has parameters of an unknown kind, or none has any.</exception>
    public EmpiricalKernel(Network network)
    {
        _plan = new KernelPlan(network);
        _sweep = new ReverseSweep(network, _plan.Output);
    }

    /// <summary>The network.</summary>
    public Network Network => _plan.Network;

    /// <summary>Number of outputs.</summary>
    public int Outputs => _plan.Outputs;

    /// <summary>Number of parameters that count.</summary>
    public int Parameters => _plan.Parameters;

    /// <summary>The outputs whose kernel this is: those of the network, without a final softmax or sigmoid.</summary>
    /// <param name="inputs">Shape [count, inputs].</param>
    /// <param name="count">Number of inputs, at least 1.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <returns>Shape [count, outputs].</returns>
    public double[] Values(double[] inputs, int count, RunContext? run = null) => _sweep.Values(inputs, count, run);

    /// <summary>The kernel, mean over the outputs: (1 / outputs) Σ_o Θ_oo.</summary>
    /// <param name="left">Shape [rows, inputs], row-major.</param>
    /// <param name="right">Shape [columns, inputs], or null for the kernel of <paramref name="left"/> with itself, which costs half.</param>
    /// <param name="run">Threads, memory budget and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">An array is no whole number of inputs, or the kernel needs more memory than the budget.</exception>
    public KernelMatrix Traced(double[] left, double[]? right = null, RunContext? run = null)
    {
        var sum = new KernelSum(Count(left), right is null ? null : Count(right), Budget(run));
        Accumulate(sum, left, right, 0, Outputs, run ?? RunContext.Default);
        return sum.Result(1.0 / Outputs);
    }

    /// <summary>The kernel of one output, Θ_oo.</summary>
    /// <param name="output">0-based output.</param>
    /// <param name="left">Shape [rows, inputs], row-major.</param>
    /// <param name="right">Shape [columns, inputs], or null for the kernel of <paramref name="left"/> with itself.</param>
    /// <param name="run">Threads, memory budget and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no such output, an array is no whole number of inputs, or the kernel needs more memory than the budget.</exception>
    public KernelMatrix OfOutput(int output, double[] left, double[]? right = null, RunContext? run = null)
    {
        if ((uint)output >= (uint)Outputs)
            throw new ArgumentException($"'output' is {output}; the network has outputs 0 to {Outputs - 1}.", nameof(output));
        var sum = new KernelSum(Count(left), right is null ? null : Count(right), Budget(run));
        Accumulate(sum, left, right, output, 1, run ?? RunContext.Default);
        return sum.Result(1);
    }

    /// <summary>The full kernel over inputs and outputs.</summary>
    /// <param name="left">Shape [rows, inputs], row-major.</param>
    /// <param name="right">Shape [columns, inputs], or null for <paramref name="left"/>.</param>
    /// <param name="run">Threads, memory budget and cancellation; null for the defaults.</param>
    /// <returns>Shape [rows · outputs, columns · outputs]: row i · outputs + o is output o at input i.</returns>
    /// <exception cref="ArgumentException">An array is no whole number of inputs, or the kernel needs more memory than the budget.</exception>
    public KernelMatrix Full(double[] left, double[]? right = null, RunContext? run = null)
    {
        run ??= RunContext.Default;
        int rows = Count(left), columns = right is null ? rows : Count(right);
        var sum = new KernelSum(checked(rows * Outputs), right is null ? null : checked(columns * Outputs), Budget(run));
        foreach (Node node in _plan.Layers)
        {
            Need(run, 1, rows + (right is null ? 0 : columns), Outputs, [node]);
            KernelFeatures a = Features(left, 0, Outputs, [node], run)[0], b = right is null ? a : Features(right, 0, Outputs, [node], run)[0];
            sum.AddFull(a, b, Outputs, run);
        }
        return sum.Result(1);
    }

    /// <summary>The empirical kernel of the outputs themselves (NNGP): (1 / outputs) Σ_o f_o(x) f_o(x').</summary>
    /// <param name="left">Shape [rows, inputs], row-major.</param>
    /// <param name="right">Shape [columns, inputs], or null for <paramref name="left"/>.</param>
    /// <param name="run">Threads, memory budget and cancellation; null for the defaults.</param>
    public KernelMatrix OfValues(double[] left, double[]? right = null, RunContext? run = null)
    {
        run ??= RunContext.Default;
        int rows = Count(left);
        double[] a = Values(left, rows, run), b = right is null ? a : Values(right, Count(right), run);
        var sum = new KernelSum(rows, right is null ? null : Count(right), Budget(run));
        sum.AddProduct(a, b, Outputs, run);
        return sum.Result(1.0 / Outputs);
    }

    /// <summary>What each layer adds to the trace of the kernel, mean over the outputs.</summary>
    /// <param name="inputs">Shape [rows, inputs], row-major.</param>
    /// <param name="run">Threads, memory budget and cancellation; null for the defaults.</param>
    /// <returns>Node and its part of the trace, in the order of the network.</returns>
    public IReadOnlyList<KernelLayer> LayerTraces(double[] inputs, RunContext? run = null)
    {
        run ??= RunContext.Default;
        int count = Count(inputs);
        var layers = new List<KernelLayer>();
        foreach (Node node in _plan.Layers)
        {
            double trace = 0;
            for (int o = 0; o < Outputs; o++)
            {
                KernelFeatures features = Features(inputs, o, 1, [node], run)[0];
                for (int i = 0; i < count; i++)
                    trace += Squared(features.Slopes, i, features.SlopeTerms) * (features.IsProduct ? Squared(features.Inputs, i, features.InputTerms) + features.Constant : 1);
            }
            layers.Add(new KernelLayer(node.Name, node.Layer.Kind, node.Layer.Parameters, trace / Outputs));
        }
        return layers;
    }

    // Groups of layers and outputs whose rows fit into the budget of features, one after the other; what they add is summed.
    private void Accumulate(KernelSum sum, double[] left, double[]? right, int firstOutput, int outputs, RunContext run)
    {
        int count = Count(left) + (right is null ? 0 : Count(right)), last = firstOutput + outputs;
        long budget = Math.Min(FeatureBytes, run.MemoryBudget / 2);
        var group = new List<Node>();
        for (int at = 0; at < _plan.Layers.Length;)
        {
            group.Clear();
            do
                group.Add(_plan.Layers[at++]);
            while (at < _plan.Layers.Length && Bytes(count, outputs, [.. group, _plan.Layers[at]]) <= budget);
            int each = outputs;
            while (each > 1 && Bytes(count, each, group) > budget)
                each = (each + 1) / 2;
            Need(run, 2, count, each, group);
            for (int output = firstOutput; output < last; output += each)
            {
                KernelFeatures[] a = Features(left, output, Math.Min(each, last - output), group, run);
                KernelFeatures[] b = right is null ? a : Features(right, output, Math.Min(each, last - output), group, run);
                sum.Add(a, b, run);
            }
        }
    }

    private KernelFeatures[] Features(double[] inputs, int firstOutput, int outputs, IReadOnlyList<Node> layers, RunContext run)
    {
        int count = Count(inputs), size = _sweep.InputSize;
        KernelFeatures[] features = [.. layers.Select(node => new KernelFeatures(node, count, outputs))];
        bool[] isWanted = Wanted(layers);
        Workers.InParts(count, PartRows(layers), run, () => new FeatureWorker(_sweep, layers, PartRows(layers)), (worker, first, length) =>
        {
            worker.Sweep.Forward(inputs.AsSpan(first * size, length * size), length);
            for (int l = 0; l < layers.Count; l++)
            {
                double[] x = worker.Sweep.Values(layers[l].Inputs[0]);
                features[l].SetInputs(x, first, length);
                worker.Patches[l]?.Gather(x, length);
            }
            for (int o = 0; o < outputs; o++)
            {
                worker.Sweep.PullTo(worker.OneHot(firstOutput + o, length), isWanted);
                for (int l = 0; l < layers.Count; l++)
                    features[l].SetSlopes(worker.Sweep.Values(layers[l].Inputs[0]), worker.Sweep.Gradients(layers[l].Index), first, length, o, worker.Patches[l]);
            }
        });
        return features;
    }

    // Gradients end at the first layer that is asked for.
    private bool[] Wanted(IReadOnlyList<Node> layers)
    {
        var wanted = new bool[Network.Nodes.Length];
        foreach (Node node in Network.Nodes)
            wanted[node.Index] = _plan.IsNeeded[node.Index] && (layers.Any(layer => layer.Index == node.Index) || node.Inputs.Any(input => wanted[input]));
        return wanted;
    }

    // Patches of a part stay below a few mebibytes.
    private int PartRows(IReadOnlyList<Node> layers)
    {
        long patches = layers.Sum(node => node.Layer is Convolution layer ? PatchProduct.Size(layer) : 0);
        return patches == 0 ? _sweep.Rows : (int)Math.Clamp((1L << 20) / patches, 1, _sweep.Rows);
    }

    private int Count(double[] inputs)
    {
        int size = _sweep.InputSize;
        if (inputs.Length == 0 || inputs.Length % size != 0)
            throw new ArgumentException($"'inputs' has {inputs.Length} entries; expected [count, inputs] = [count, {size}] with a count of at least 1.", nameof(inputs));
        return inputs.Length / size;
    }

    private static long Budget(RunContext? run) => (run ?? RunContext.Default).MemoryBudget / 2;

    private static double Bytes(int count, int outputs, IReadOnlyList<Node> layers) =>
        8.0 * count * layers.Sum(node => (double)outputs * KernelFeatures.Width(node.Layer) + KernelFeatures.InputWidth(node.Layer));

    private static void Need(RunContext run, int share, int count, int outputs, IReadOnlyList<Node> layers)
    {
        double bytes = Bytes(count, outputs, layers), most = layers.Max(node => Bytes(count, outputs, [node]));
        if (bytes > run.MemoryBudget / share || most > 8.0 * Array.MaxLength)
            throw new ArgumentException($"node '{layers[0].Name}' takes {bytes / (1 << 30):F1} GiB for {count} inputs; {run.MemoryBudget / share / (double)(1 << 30):F1} GiB are allowed: pass fewer inputs.");
    }

    private static double Squared(double[] values, int row, int terms) => System.Numerics.Tensors.TensorPrimitives.SumOfSquares<double>(values.AsSpan(row * terms, terms));

    private sealed class FeatureWorker(ReverseSweep sweep, IReadOnlyList<Node> layers, int rows)
    {
        private readonly double[] _oneHot = new double[rows * sweep.OutputSize];

        public SweepWorker Sweep { get; } = sweep.Worker();

        public PatchProduct?[] Patches { get; } = [.. layers.Select(node => node.Layer is Convolution layer ? new PatchProduct(layer, rows) : null)];

        public ReadOnlySpan<double> OneHot(int output, int length)
        {
            int size = _oneHot.Length / rows;
            Array.Clear(_oneHot);
            for (int i = 0; i < length; i++)
                _oneHot[i * size + output] = 1;
            return _oneHot.AsSpan(0, length * size);
        }
    }
}
