namespace Crease.Lab;

/// <summary>DeepFool: steps to the nearest boundary of the linearized network until the class changes.</summary>
/// <remarks>
/// Source: Moosavi-Dezfooli et al. 2016, <c>moosavi2016deepfool</c>, algorithm 2; steps keep to the box. A minimal-norm method: ε only judges what it found.
/// Cost per step: one gradient per class. Steps default to 50.
/// </remarks>
internal sealed class DeepFool : ISearch
{
    private const int DefaultSteps = 50;

    private const double Overshoot = 1.02;

    public string Name => "deepfool";

    public IReadOnlyList<string> Sources => ["moosavi2016deepfool"];

    public AttackOptions Settled(AttackOptions options) =>
        options with { Steps = options.Steps ?? DefaultSteps, StepSize = null, RelativeStep = 1, RandomStart = false, Restarts = 1, Loss = Attacks.Margin };

    public IEnumerable<Ask> Search(RowSearch row, AttackOptions options)
    {
        int[] targets = TargetOrder.Of(row, options, row.Logits.Length);
        double[] normal = new double[row.Point.Length], move = new double[normal.Length], total = new double[normal.Length], at = [.. row.Input];
        for (int step = 0; step < options.StepCount; step++)
        {
            double least = double.PositiveInfinity, residual = 0;
            foreach (int target in targets)
            {
                row.SlopesOf(target, row.Label);
                yield return Ask.Gradient;
                double margin = row.Logits[target] - row.Logits[row.Label], size = options.Distance.DualNorm(row.Gradient);
                if (size == 0 || Math.Abs(margin) / size >= least)
                    continue;
                (least, residual) = (Math.Abs(margin) / size, margin);
                row.Gradient.CopyTo(normal, 0);
            }
            if (double.IsPositiveInfinity(least))
                yield break;
            options.Distance.MoveToHyperplane(normal, residual, options.Box, at, move);
            for (int i = 0; i < at.Length; i++)
            {
                total[i] += move[i];
                row.Point[i] = row.Input[i] + Overshoot * total[i];
            }
            options.Box?.Clip(row.Point);
            row.Point.CopyTo(at, 0);
            yield return Ask.Logits;
            if (row.IsAdversarial)
                yield break;
        }
    }
}
