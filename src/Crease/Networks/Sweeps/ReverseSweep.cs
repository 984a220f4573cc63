using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Networks;

/// <summary>Forward passes of a network and vector-Jacobian products back to its input, prepared once and run often.</summary>
/// <remarks>
/// Only nodes between the input and the chosen output are touched. At kinks the derivative is that of the piece a <see cref="Code"/> names: ReLU'(0) = 0, and
/// the first maximum of a pooling window. A row's numbers do not depend on the other rows of its batch, nor on the number of threads. Cost: a pull takes
/// about the operations of a forward pass; dense and convolutional layers run as blocked matrix products.
/// </remarks>
public sealed class ReverseSweep
{
    private const int MostRows = 64;
    private const long WorkerElements = 1L << 22;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">A network with one input; any layers.</param>
    /// <param name="output">Index of the node whose value is wanted; null for the network's first output.</param>
    /// <exception cref="ArgumentException">The network has several inputs, or there is no such node.</exception>
    public ReverseSweep(Network network, int? output = null)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; a sweep takes a network with one.", nameof(network));
        Network = network;
        Output = output ?? network.Outputs[0];
        if ((uint)Output >= (uint)network.Nodes.Length)
            throw new ArgumentException($"'output' is {Output}; nodes 0 to {network.Nodes.Length - 1} exist.", nameof(output));
        IsNeeded = new bool[network.Nodes.Length];
        IsNeeded[Output] = true;
        for (int n = Output; n >= 0; n--)
        {
            foreach (int input in IsNeeded[n] ? network.Nodes[n].Inputs : [])
                IsNeeded[input] = true;
        }
        Products = new LayerProduct?[network.Nodes.Length];
        Kernels = new ElementKernel?[network.Nodes.Length];
        long elements = 0;
        foreach (Node node in network.Nodes.Where(node => IsNeeded[node.Index]))
        {
            elements += node.Shape.Size;
            Products[node.Index] = LayerProduct.Of(node.Layer);
            Kernels[node.Index] = node.Layer is PiecewiseLinear function ? new ElementKernel(function) : null;
        }
        Rows = (int)Math.Clamp(WorkerElements / elements, 1, MostRows);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Index of the node whose value is the output.</summary>
    public int Output { get; }

    /// <summary>Size of the input.</summary>
    public int InputSize => Network.InputShape.Size;

    /// <summary>Size of the output.</summary>
    public int OutputSize => Network.Nodes[Output].Shape.Size;

    /// <summary>Vectors that a worker takes at once: at most 64, fewer where the network's values would take more than 64 MiB.</summary>
    public int Rows { get; }

    internal bool[] IsNeeded { get; }

    internal LayerProduct?[] Products { get; }

    internal ElementKernel?[] Kernels { get; }

    /// <summary>Makes the buffers of one thread.</summary>
    public SweepWorker Worker() => new(this);

    /// <summary>The output at many inputs.</summary>
    /// <param name="inputs">Shape [count, inputs], row-major.</param>
    /// <param name="count">Number of inputs, at least 1.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <returns>Shape [count, outputs].</returns>
    /// <exception cref="ArgumentException"><paramref name="inputs"/> has another length.</exception>
    public double[] Values(double[] inputs, int count, RunContext? run = null)
    {
        Check(inputs, count, InputSize, nameof(inputs));
        var values = new double[(long)count * OutputSize];
        InParts(count, run, (worker, first, length) =>
            worker.Forward(inputs.AsSpan(first * InputSize, length * InputSize), length).CopyTo(values.AsSpan(first * OutputSize)));
        return values;
    }

    /// <summary>Vector-Jacobian products at many inputs.</summary>
    /// <param name="inputs">Shape [count, inputs], row-major.</param>
    /// <param name="outputGradients">What each output element counts. Shape [count, outputs].</param>
    /// <param name="count">Number of inputs, at least 1.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <returns>Shape [count, inputs]: row i is the gradient of the weighted sum of the outputs at input i.</returns>
    /// <exception cref="ArgumentException">An array has another length.</exception>
    public double[] Gradients(double[] inputs, double[] outputGradients, int count, RunContext? run = null)
    {
        Check(inputs, count, InputSize, nameof(inputs));
        Check(outputGradients, count, OutputSize, nameof(outputGradients));
        var gradients = new double[inputs.Length];
        InParts(count, run, (worker, first, length) =>
        {
            worker.Forward(inputs.AsSpan(first * InputSize, length * InputSize), length);
            worker.Pull(outputGradients.AsSpan(first * OutputSize, length * OutputSize)).CopyTo(gradients.AsSpan(first * InputSize));
        });
        return gradients;
    }

    internal void InParts(int count, RunContext? run, Action<SweepWorker, int, int> body) => Workers.InParts(count, Rows, run ?? RunContext.Default, Worker, body);

    private static void Check(double[] values, int count, int size, string name)
    {
        if (count < 1 || values.Length != (long)count * size)
            throw new ArgumentException($"'{name}' has {values.Length} entries; expected [count, size] = [{count}, {size}] with a count of at least 1.", name);
    }
}
