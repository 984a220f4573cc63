using System.Numerics.Tensors;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The first-order Taylor polynomial of a network in its parameters, f(w₀) + J (w - w₀), and its training step by step.</summary>
/// <remarks>Source: <c>lee2019wide</c>, section 2.2. Memory: rows · outputs · parameters numbers. For small networks: it keeps every derivative.</remarks>
public sealed class LinearizedNetwork
{
    private readonly ParameterJacobian _jacobian;
    private readonly double[] _initial;

    /// <summary>Linearizes a network at its parameters.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="inputs">Shape [count, inputs], row-major.</param>
    /// <param name="count">Number of inputs, at least 1.</param>
    /// <param name="run">Memory budget and threads; null for the defaults.</param>
    public LinearizedNetwork(Network network, double[] inputs, int count, RunContext? run = null)
    {
        _jacobian = ParameterJacobian.Of(network, inputs, count, run);
        _initial = new EmpiricalKernel(network).Values(inputs, count, run);
    }

    /// <summary>Number of parameters.</summary>
    public int Parameters => _jacobian.Parameters;

    /// <summary>The outputs after a change of the parameters.</summary>
    /// <param name="change">w - w₀. Shape [parameters].</param>
    /// <returns>Shape [count, outputs].</returns>
    /// <exception cref="ArgumentException">The change has another length.</exception>
    public double[] Values(ReadOnlySpan<double> change)
    {
        if (change.Length != Parameters)
            throw new ArgumentException($"'change' has {change.Length} entries; expected [parameters] = [{Parameters}].", nameof(change));
        var values = (double[])_initial.Clone();
        for (int i = 0; i < values.Length; i++)
            values[i] += TensorPrimitives.Dot(_jacobian.Values.Slice(i * Parameters, Parameters), change);
        return values;
    }

    /// <summary>Gradient descent on ½ ‖f - y‖², step by step.</summary>
    /// <param name="targets">y. Shape [count, outputs].</param>
    /// <param name="rate">η, positive.</param>
    /// <param name="steps">Number of steps, at least 0.</param>
    /// <returns>w - w₀ after the last step. Shape [parameters].</returns>
    /// <exception cref="ArgumentException">The targets have another length.</exception>
    public double[] Descend(double[] targets, double rate, int steps)
    {
        if (targets.Length != _initial.Length)
            throw new ArgumentException($"'targets' has {targets.Length} entries; expected [count, outputs] = [{_jacobian.Count}, {_jacobian.Outputs}].", nameof(targets));
        var change = new double[Parameters];
        for (int step = 0; step < steps; step++)
        {
            double[] values = Values(change);
            for (int i = 0; i < values.Length; i++)
                TensorPrimitives.MultiplyAdd(_jacobian.Values.Slice(i * Parameters, Parameters), rate * (targets[i] - values[i]), change, change);
        }
        return change;
    }
}
