using TorchSharp;

namespace Crease.Lab;

/// <summary>A small network of numbers along a curve: what it trains, and what it makes of inputs.</summary>
internal abstract class CurveModel
{
    /// <summary>The tensors to train, in order.</summary>
    public abstract IReadOnlyList<TensorPlan> Tensors { get; }

    /// <summary>Inputs at places of the curve. Shape [places, inputs].</summary>
    /// <param name="places">Shape [places], radians.</param>
    /// <param name="curve">The function.</param>
    public abstract double[] Inputs(ReadOnlySpan<double> places, Func<double, double> curve);

    /// <summary>Numbers that a place is described by.</summary>
    public abstract int Width { get; }

    /// <summary>Runs the network.</summary>
    /// <param name="weights">The tensors, in order.</param>
    /// <param name="inputs">Shape [places, inputs].</param>
    /// <returns>Outputs, shape [places], and pre-activations of the gates, shape [places, gates].</returns>
    public abstract (torch.Tensor Outputs, torch.Tensor Gates) Run(IReadOnlyList<torch.Tensor> weights, torch.Tensor inputs);
}
