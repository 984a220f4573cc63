using System.Numerics.Tensors;

namespace Crease.Lab;

/// <summary>MI-FGSM: gradient steps along the running sum of normalized gradients, from the input.</summary>
/// <remarks>Source: Dong et al. 2018, <c>dong2018boosting</c>, algorithm 1, decay 1. Steps default to 10 of ε / 10; other norms take their steepest step along the sum.</remarks>
internal sealed class MomentumGradient : ISearch
{
    private const int DefaultSteps = 10;

    public string Name => "mifgsm";

    public IReadOnlyList<string> Sources => ["dong2018boosting"];

    public AttackOptions Settled(AttackOptions options)
    {
        int steps = options.Steps ?? DefaultSteps;
        return options with { Steps = steps, RelativeStep = options.RelativeStep ?? 1.0 / Math.Max(steps, 1), RandomStart = false, Restarts = 1 };
    }

    public IEnumerable<Ask> Search(RowSearch row, AttackOptions options)
    {
        var sum = new double[row.Point.Length];
        for (int step = 0; step < options.StepCount; step++)
        {
            row.Loss(options.Loss);
            yield return Ask.Gradient;
            double norm = TensorPrimitives.SumOfMagnitudes(row.Gradient);
            for (int i = 0; norm > 0 && i < sum.Length; i++)
                sum[i] += row.Gradient[i] / norm;
            options.Distance.Step(sum, options.StepLength, row.Point);
            options.Distance.ProjectInside(row.Input, options.Epsilon, options.Box, row.Point);
            yield return Ask.Logits;
            if (row.HasFooled)
                yield break;
            row.Offer(row.Loss(options.Loss));
        }
    }
}
