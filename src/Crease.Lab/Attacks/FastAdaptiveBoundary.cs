using Crease.Numerics;

namespace Crease.Lab;

/// <summary>FAB: walks along the linearized decision boundary towards the input and keeps the nearest adversarial point.</summary>
/// <remarks>
/// Source: Croce and Hein 2020, <c>croce2020minimally</c>, algorithm 1; constants of the released code. A minimal-norm method: ε only judges what it found. Cost per step:
/// one gradient for each class that is aimed at, and one or two forward passes. Steps default to 100.
/// </remarks>
/// <param name="name">The word on the command line.</param>
/// <param name="isTargeted">Aims at up to nine classes one after the other (FAB-T), and not at the nearest of all in each step.</param>
internal sealed class FastAdaptiveBoundary(string name, bool isTargeted) : ISearch
{
    private const int DefaultSteps = 100;

    // Overshoot, largest pull towards the input, and how far an adversarial point is drawn back.
    private const double Overshoot = 1.05, MostPull = 0.1, Backward = 0.9;

    public string Name => name;

    public IReadOnlyList<string> Sources => ["croce2020minimally"];

    public AttackOptions Settled(AttackOptions options) => options with
    {
        Steps = options.Steps ?? DefaultSteps,
        StepSize = null,
        RelativeStep = 1,
        RandomStart = options.RandomStart || options.Restarts > 1,
        Loss = Attacks.Margin,
    };

    public IEnumerable<Ask> Search(RowSearch row, AttackOptions options)
    {
        int[] order = TargetOrder.Of(row, options, isTargeted ? TargetOrder.Most : row.Logits.Length);
        foreach (int[] targets in isTargeted ? order.Select(target => (int[])[target]) : [order])
        {
            for (int restart = 0; restart < options.Restarts; restart++)
            {
                if (row.IsBehind())
                    continue;
                foreach (Ask ask in Walk(row, options, targets, restart))
                    yield return ask;
                yield return Ask.Pause;
            }
        }
    }

    private static IEnumerable<Ask> Walk(RowSearch row, AttackOptions options, int[] targets, int restart)
    {
        Begin(row, options, restart, targets[0]);
        yield return Ask.Logits;
        var boundary = new NearestBoundary(row.Point.Length);
        double[] move = new double[row.Point.Length], inputMove = new double[move.Length];
        for (int step = 0; step < options.StepCount; step++)
        {
            foreach (Ask ask in boundary.Find(row, options, targets))
                yield return ask;
            if (boundary.IsAbsent)
                yield break;
            Advance(row, options, boundary, move, inputMove);
            yield return Ask.Logits;
            if (!row.IsAdversarial)
                continue;
            for (int i = 0; i < row.Point.Length; i++)
                row.Point[i] = row.Input[i] + Backward * (row.Point[i] - row.Input[i]);
            yield return Ask.Logits;
        }
    }

    // The first run begins at the input, others in the ball of half the distance that is known to suffice.
    private static void Begin(RowSearch row, AttackOptions options, int restart, int target)
    {
        row.Input.CopyTo(row.Point, 0);
        if (restart == 0)
            return;
        RandomSource random = row.Random(target * AttackOptions.MostRestarts + restart);
        options.Distance.Start(row.Input, Math.Min(row.Nearest, options.Epsilon) / 2, random, row.Point);
        options.Box?.Clip(row.Point);
    }

    private static void Advance(RowSearch row, AttackOptions options, NearestBoundary boundary, double[] move, double[] inputMove)
    {
        double[] point = row.Point, input = row.Input;
        options.Distance.MoveToHyperplane(boundary.Normal, boundary.Residual, options.Box, point, move);
        double atInput = boundary.Residual;
        for (int i = 0; i < point.Length; i++)
            atInput += boundary.Normal[i] * (input[i] - point[i]);
        options.Distance.MoveToHyperplane(boundary.Normal, atInput, options.Box, input, inputMove);
        double here = Math.Max(options.Distance.Norm(move), 1e-8), there = Math.Max(options.Distance.Norm(inputMove), 1e-8), pull = Math.Min(here / (here + there), MostPull);
        for (int i = 0; i < point.Length; i++)
            point[i] = (1 - pull) * (point[i] + Overshoot * move[i]) + pull * (input[i] + Overshoot * inputMove[i]);
        options.Box?.Clip(point);
    }
}
