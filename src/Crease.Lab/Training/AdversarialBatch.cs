using Crease.Models;
using TorchSharp;

namespace Crease.Lab;

/// <summary>Moves batches so that their loss rises, by <see cref="AdversarialOptions"/>.</summary>
/// <param name="network">The network in training; running statistics stay as they are while its inputs move.</param>
/// <param name="options">Radius and steps.</param>
/// <param name="range">Range of the training inputs.</param>
internal sealed class AdversarialBatch(TorchNetwork network, AdversarialOptions options, DataRange range) : IDisposable
{
    private const double Reach = 2.5;

    private readonly Scalar _up = options.Epsilon.ToScalar(), _down = (-options.Epsilon).ToScalar(), _step = (Reach * options.Epsilon / options.Steps).ToScalar(), _low = range.Low.ToScalar(), _high = range.High.ToScalar();

    /// <summary>The moved batch.</summary>
    /// <param name="inputs">Shape [batch, ...]; left as they are.</param>
    /// <param name="answers">What the loss compares with.</param>
    /// <param name="loss">Loss of outputs and answers.</param>
    public torch.Tensor Of(torch.Tensor inputs, torch.Tensor answers, Func<torch.Tensor, torch.Tensor, torch.Tensor> loss)
    {
        torch.Tensor least = inputs.clone().PlusInPlace(_down).clamp_(_low, _high), most = inputs.clone().PlusInPlace(_up).clamp_(_low, _high), at = inputs;
        for (int step = 0; step < options.Steps; step++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor moving = at.detach().clone().requires_grad_(true);
            torch.Tensor gradient = torch.autograd.grad([loss(network.Value(moving, isTraining: false), answers)], [moving])[0];
            using var _ = torch.no_grad();
            at = torch.minimum(torch.maximum(gradient.sign().mul_(_step).PlusInPlace(at), least), most).MoveToOuterDisposeScope();
        }
        return at.detach();
    }

    public void Dispose()
    {
        foreach (Scalar scalar in new[] { _up, _down, _step, _low, _high })
            scalar.Dispose();
    }
}
