using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The derivatives of all outputs of a network by all its parameters at given inputs, written out: the plain way to a tangent kernel.</summary>
/// <remarks>
/// Notation: J(x) of shape [outputs, parameters]; the tangent kernel is J(x) J(x')ᵀ. Parameters are in the order of the nodes; see <see cref="Network.Parameters"/>. Smooth last nodes that keep the
/// order of the outputs (softmax) are set aside. At kinks the derivative is that of the piece a code names. Memory: count · outputs · parameters numbers.
/// </remarks>
public sealed class ParameterJacobian
{
    private readonly double[] _rows;

    private ParameterJacobian(int count, int outputs, int parameters, double[] rows) => (Count, Outputs, Parameters, _rows) = (count, outputs, parameters, rows);

    /// <summary>Number of inputs.</summary>
    public int Count { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Number of parameters.</summary>
    public int Parameters { get; }

    /// <summary>Shape [count, outputs, parameters].</summary>
    public ReadOnlySpan<double> Values => _rows;

    /// <summary>The derivatives of one output at one input.</summary>
    /// <param name="input">0-based input.</param>
    /// <param name="output">0-based output.</param>
    /// <returns>Shape [parameters].</returns>
    public ReadOnlySpan<double> Row(int input, int output) => _rows.AsSpan((input * Outputs + output) * Parameters, Parameters);

    /// <summary>Differentiates.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="inputs">Shape [count, inputs], row-major.</param>
    /// <param name="count">Number of inputs, at least 1.</param>
    /// <param name="run">Memory budget and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or the derivatives need more memory than the budget.</exception>
    /// <exception cref="NotSupportedException">A layer has parameters of an unknown kind, or none has any.</exception>
    public static ParameterJacobian Of(Network network, double[] inputs, int count, RunContext? run = null)
    {
        run ??= RunContext.Default;
        var plan = new KernelPlan(network);
        int parameters = plan.Parameters, outputs = plan.Outputs;
        double bytes = 8.0 * count * outputs * parameters;
        if (bytes > Math.Min(run.MemoryBudget, 8.0 * Array.MaxLength))
            throw new ArgumentException($"The derivatives of {count} inputs, {outputs} outputs and {parameters} parameters take {bytes / (1 << 30):F1} GiB; pass fewer inputs, or use the decomposition.", nameof(inputs));
        double[][] values = network.Values(inputs, count);
        var rows = new double[(long)count * outputs * parameters];
        var gradients = new double[network.Nodes.Length][];
        for (int o = 0; o < outputs; o++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            Pull(network, plan, values, gradients, count, o);
            for (int i = 0; i < count; i++)
            {
                Span<double> row = rows.AsSpan((i * outputs + o) * parameters, parameters);
                foreach (Node node in plan.Layers)
                {
                    int own = (int)node.Layer.Parameters, x = node.Layer.InputShapes[0].Size, y = node.Shape.Size;
                    ParameterGradient.Add(node.Layer, values[node.Inputs[0]].AsSpan(i * x, x), gradients[node.Index].AsSpan(i * y, y), row[..own]);
                    row = row[own..];
                }
            }
        }
        return new ParameterJacobian(count, outputs, parameters, rows);
    }

    /// <summary>The kernel by contraction, mean over the outputs.</summary>
    /// <param name="other">Derivatives at the right inputs; null for this one's own.</param>
    public KernelMatrix Traced(ParameterJacobian? other = null) => Contract(other, null);

    /// <summary>The full kernel over inputs and outputs by contraction.</summary>
    /// <returns>Shape [count · outputs, count · outputs].</returns>
    public KernelMatrix Full()
    {
        int size = Count * Outputs;
        var kernel = new double[(long)size * size];
        for (int i = 0; i < kernel.Length; i++)
            kernel[i] = System.Numerics.Tensors.TensorPrimitives.Dot<double>(_rows.AsSpan(i / size * Parameters, Parameters), _rows.AsSpan(i % size * Parameters, Parameters));
        return new KernelMatrix(size, size, kernel);
    }

    /// <summary>The kernel of one output by contraction.</summary>
    /// <param name="output">0-based output.</param>
    /// <param name="other">Derivatives at the right inputs; null for this one's own.</param>
    public KernelMatrix OfOutput(int output, ParameterJacobian? other = null) => Contract(other, output);

    // Every layer's pull, in reverse: the reference code of layers, not the blocked products of a sweep.
    private static void Pull(Network network, KernelPlan plan, double[][] values, double[][] gradients, int count, int output)
    {
        foreach (Node node in network.Nodes)
            gradients[node.Index] = new double[plan.IsNeeded[node.Index] ? count * node.Shape.Size : 0];
        for (int i = 0; i < count; i++)
            gradients[plan.Output][i * plan.Outputs + output] = 1;
        for (int index = plan.Output; index >= 0; index--)
        {
            Node node = network.Nodes[index];
            if (plan.IsNeeded[index] && node.Layer is not InputLayer)
                node.Layer.Pull([.. node.Inputs.Select(at => values[at])], values[index], gradients[index], count, [.. node.Inputs.Select(at => gradients[at])]);
        }
    }

    private KernelMatrix Contract(ParameterJacobian? other, int? output)
    {
        other ??= this;
        if (other.Parameters != Parameters || other.Outputs != Outputs || output is { } asked && (uint)asked >= (uint)Outputs)
            throw new ArgumentException($"'other' has {other.Outputs} outputs and {other.Parameters} parameters, and output {output} is asked for; expected {Outputs} and {Parameters}, and an output below {Outputs}.", nameof(other));
        var kernel = new double[(long)Count * other.Count];
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < other.Count; j++)
            {
                double sum = 0;
                for (int o = output ?? 0; o <= (output ?? Outputs - 1); o++)
                    sum += System.Numerics.Tensors.TensorPrimitives.Dot(Row(i, o), other.Row(j, o));
                kernel[i * other.Count + j] = output is null ? sum / Outputs : sum;
            }
        }
        return new KernelMatrix(Count, other.Count, kernel);
    }
}
