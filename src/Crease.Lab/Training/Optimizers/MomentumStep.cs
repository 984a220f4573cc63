using TorchSharp;

namespace Crease.Lab;

/// <summary>Stochastic gradient descent: g = gradient + λ w; m = μ m + g; w = w - η m, or w - η (g + μ m) with Nesterov.</summary>
/// <remarks>Source: torch.optim.SGD with dampening 0, whose first m is g: what m = 0 before the first step gives.</remarks>
internal sealed class MomentumStep(OptimizerOptions options, FlatParameters parameters)
    : OptimizerStep(parameters, options.Clip, options.Momentum > 0 ? 1 : 0)
{
    public override IReadOnlyList<string> StateNames => options.Momentum > 0 ? ["momentum"] : [];

    private protected override void Move(double rate, long number)
    {
        using Scalar decay = options.WeightDecay.ToScalar(), momentum = options.Momentum.ToScalar(), step = (-rate).ToScalar();
        torch.Tensor gradient = Parameters.Gradients;
        if (options.WeightDecay != 0)
            gradient.add_(Parameters.Values, decay);
        if (options.Momentum > 0)
        {
            State[0].mul_(momentum).PlusInPlace(gradient);
            gradient = options.Nesterov ? gradient.add_(State[0], momentum) : State[0];
        }
        Parameters.Values.add_(gradient, step);
    }
}
