using TorchSharp;

namespace Crease.Lab;

/// <summary>Adam and AdamW: w moves by η m̂ / (√v̂ + ε), with m and v running means of the gradient and of its square.</summary>
/// <remarks>
/// Notation: m = β₁ m + (1 - β₁) g, v = β₂ v + (1 - β₂) g²; m̂ and v̂ are divided by 1 - β₁ᵗ and 1 - β₂ᵗ at step t. Adam adds λ w to g; AdamW first
/// takes η λ w from w. Source: Kingma and Ba (<c>kingma2015adam</c>), Loshchilov and Hutter (<c>loshchilov2019decoupled</c>); the order of operations is
/// that of torch.optim, single tensor.
/// </remarks>
internal sealed class AdamStep(OptimizerOptions options, FlatParameters parameters) : OptimizerStep(parameters, options.Clip, states: 2)
{
    public override IReadOnlyList<string> StateNames => ["mean", "square"];

    private protected override void Move(double rate, long number) => Move(options, Parameters.Values, Parameters.Gradients, State[0], State[1], rate, number);

    /// <summary>Moves any tensor.</summary>
    /// <param name="options">The rule.</param>
    /// <param name="values">w.</param>
    /// <param name="gradient">g; changed where Adam adds the decay to it.</param>
    /// <param name="mean">m, of the shape of w.</param>
    /// <param name="square">v, of the shape of w.</param>
    /// <param name="rate">η.</param>
    /// <param name="number">t, from 1.</param>
    public static void Move(OptimizerOptions options, torch.Tensor values, torch.Tensor gradient, torch.Tensor mean, torch.Tensor square, double rate, long number)
    {
        double correction1 = 1 - Math.Pow(options.Beta1, number), correction2 = 1 - Math.Pow(options.Beta2, number);
        using Scalar decay = options.WeightDecay.ToScalar(), kept = (1 - rate * options.WeightDecay).ToScalar(), epsilon = options.Epsilon.ToScalar();
        using Scalar beta1 = options.Beta1.ToScalar(), new1 = (1 - options.Beta1).ToScalar(), beta2 = options.Beta2.ToScalar(), new2 = (1 - options.Beta2).ToScalar();
        using Scalar root = Math.Sqrt(correction2).ToScalar(), step = (-rate / correction1).ToScalar();
        if (options.WeightDecay != 0 && options.Kind == OptimizerKind.AdamW)
            values.mul_(kept);
        else if (options.WeightDecay != 0)
            gradient.add_(values, decay);
        mean.mul_(beta1).add_(gradient, new1);
        square.mul_(beta2).addcmul_(gradient, gradient, new2);
        values.addcdiv_(mean, square.sqrt().div_(root).PlusInPlace(epsilon), step);
    }
}
