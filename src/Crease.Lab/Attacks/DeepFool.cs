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
        var boundary = new NearestBoundary(row.Point.Length);
        double[] move = new double[row.Point.Length], total = new double[move.Length], at = [.. row.Input];
        for (int step = 0; step < options.StepCount; step++)
        {
            foreach (Ask ask in boundary.Find(row, options, targets))
                yield return ask;
            if (boundary.IsAbsent)
                yield break;
            options.Distance.MoveToHyperplane(boundary.Normal, boundary.Residual, options.Box, at, move);
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
