using TorchSharp;

namespace Crease.Lab;

/// <summary>Stochastic gradient descent: g = gradient + λ w; m = μ m + g; w = w - η m, or w - η (g + μ m) with Nesterov.</summary>
/// <remarks>Source: torch.optim.SGD with dampening 0, whose first m is g: what m = 0 before the first step gives.</remarks>
internal sealed class MomentumStep(OptimizerOptions options, FlatParameters parameters)
    : OptimizerStep(parameters, options.Clip, options.Momentum > 0 ? 1 : 0)
{
    public override IReadOnlyList<string> StateNames => options.Momentum > 0 ? ["momentum"] : [];

    private protected override void Move(double rate, long number) => Move(options, Parameters.Values, Parameters.Gradients, options.Momentum > 0 ? State[0] : null, rate);

    /// <summary>Moves any tensor.</summary>
    /// <param name="options">The rule.</param>
    /// <param name="values">w.</param>
    /// <param name="gradient">g; changed by the decay.</param>
    /// <param name="mean">m, of the shape of w; null without momentum.</param>
    /// <param name="rate">η.</param>
    public static void Move(OptimizerOptions options, torch.Tensor values, torch.Tensor gradient, torch.Tensor? mean, double rate)
    {
        using Scalar decay = options.WeightDecay.ToScalar(), momentum = options.Momentum.ToScalar(), step = (-rate).ToScalar();
        if (options.WeightDecay != 0)
            gradient.add_(values, decay);
        if (mean is not null)
        {
            mean.mul_(momentum).PlusInPlace(gradient);
            gradient = options.Nesterov ? gradient.add_(mean, momentum) : mean;
        }
        values.add_(gradient, step);
    }
}
