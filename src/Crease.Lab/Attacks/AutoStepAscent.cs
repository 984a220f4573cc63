using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>One run of APGD: gradient ascent with momentum that halves its step size, and goes back to its best point, where it stops rising.</summary>
/// <remarks>Source: Croce and Hein 2020, <c>croce2020reliable</c>, algorithm 1. In L1: Croce and Hein 2021, <c>croce2021mind</c>, algorithm 1.</remarks>
internal static class AutoStepAscent
{
    private const double Momentum = 0.75, Rising = 0.75;

    // L1: share of the numbers that a step moves at first; factor by which that share and the step size fall; smallest step as a share of the first.
    private const double FirstShare = 0.2, SparseFactor = 1.5, LeastStep = 0.1, Sparser = 0.95;

    /// <summary>The conversation of one run from a random point.</summary>
    public static IEnumerable<Ask> Search(RowSearch row, AttackOptions options, IAttackLoss loss, int steps, RandomSource random)
    {
        if (!options.Distance.IsSparse)
        {
            Begin(row, options, random, options.Epsilon);
            foreach (Ask ask in Dense(row, options, loss, steps))
                yield return ask;
            yield break;
        }
        int part = Math.Max(1, 3 * steps / 10);
        (double Radius, int Steps)[] balls = [(3, part), (2, part), (1, Math.Max(1, steps - 2 * part))];
        Begin(row, options, random, 3 * options.Epsilon);
        foreach ((double radius, int count) in balls)
        {
            options.Distance.ProjectInside(row.Input, radius * options.Epsilon, options.Box, row.Point);
            foreach (Ask ask in Sparse(row, options, loss, count, radius * options.Epsilon, isFirst: radius == 3))
                yield return ask;
            if (row.HasFooled)
                yield break;
        }
    }

    private static IEnumerable<Ask> Dense(RowSearch row, AttackOptions options, IAttackLoss loss, int steps)
    {
        double[] best = [.. row.Point], bestGradient = new double[best.Length], before = [.. row.Point], here = new double[best.Length];
        yield return Ask.Logits;
        if (row.HasFooled)
            yield break;
        double bestLoss = row.Loss(loss), last = bestLoss, lastBest = bestLoss, length = 2 * options.Epsilon;
        row.Offer(bestLoss);
        yield return Ask.Gradient;
        row.Gradient.CopyTo(bestGradient, 0);
        int window = CheckpointSchedule.First(steps), since = 0, rises = 0;
        bool wasReduced = true;
        for (int step = 0; step < steps; step++)
        {
            row.Point.CopyTo(here, 0);
            Move(row, options, length, here, before, step == 0 ? 1 : Momentum);
            here.CopyTo(before, 0);
            yield return Ask.Logits;
            if (row.HasFooled)
                yield break;
            double value = row.Loss(loss);
            row.Offer(value);
            yield return Ask.Gradient;
            rises += value > last ? 1 : 0;
            last = value;
            if (value > bestLoss)
            {
                bestLoss = value;
                row.Point.CopyTo(best, 0);
                row.Gradient.CopyTo(bestGradient, 0);
            }
            if (++since < window)
                continue;
            bool isReduced = rises <= Rising * window || (!wasReduced && lastBest >= bestLoss);
            if (isReduced)
            {
                length /= 2;
                best.CopyTo(row.Point, 0);
                bestGradient.CopyTo(row.Gradient, 0);
            }
            (wasReduced, lastBest, since, rises) = (isReduced, bestLoss, 0, 0);
            window = CheckpointSchedule.Next(window, steps);
        }
    }

    private static IEnumerable<Ask> Sparse(RowSearch row, AttackOptions options, IAttackLoss loss, int steps, double radius, bool isFirst)
    {
        double[] best = [.. row.Point], bestGradient = new double[best.Length];
        yield return Ask.Logits;
        if (row.HasFooled)
            yield break;
        bool isInside = radius <= options.Epsilon;
        double bestLoss = row.Loss(loss), length = radius;
        yield return Ask.Gradient;
        row.Gradient.CopyTo(bestGradient, 0);
        int window = CheckpointSchedule.Sparse(steps), since = 0, changed = isFirst ? best.Length : Changed(best, row.Input);
        double share = isFirst ? FirstShare : changed / (double)best.Length / SparseFactor;
        for (int step = 0; step < steps; step++)
        {
            SparseStep(row.Gradient, share, length, row.Point);
            options.Distance.ProjectInside(row.Input, radius, options.Box, row.Point);
            yield return Ask.Logits;
            if (row.HasFooled)
                yield break;
            double value = row.Loss(loss);
            if (isInside)
                row.Offer(value);
            yield return Ask.Gradient;
            if (value > bestLoss)
            {
                bestLoss = value;
                row.Point.CopyTo(best, 0);
                row.Gradient.CopyTo(bestGradient, 0);
            }
            if (++since < window)
                continue;
            since = 0;
            int now = Changed(best, row.Input);
            bool isSparser = now < Sparser * changed;
            (share, changed) = (now / (double)best.Length / SparseFactor, now);
            length = isSparser ? radius : Math.Max(length / SparseFactor, LeastStep * radius);
            if (!isSparser)
                continue;
            best.CopyTo(row.Point, 0);
            bestGradient.CopyTo(row.Gradient, 0);
        }
        // The next, smaller ball begins where this one was best.
        best.CopyTo(row.Point, 0);
    }

    // Onto the sphere of the norm: the corner directions of L∞, Gaussian ones else.
    private static void Begin(RowSearch row, AttackOptions options, RandomSource random, double radius)
    {
        bool isUniform = options.Distance.Name == Attacks.Linf.Name;
        for (int i = 0; i < row.Point.Length; i++)
            row.Point[i] = isUniform ? 2 * random.Uniform() - 1 : random.Normal();
        double norm = options.Distance.Norm(row.Point);
        for (int i = 0; i < row.Point.Length; i++)
            row.Point[i] = row.Input[i] + (norm > 0 ? radius * (row.Point[i] / norm) : 0);
        options.Distance.ProjectInside(row.Input, radius, options.Box, row.Point);
    }

    private static void Move(RowSearch row, AttackOptions options, double length, double[] here, double[] before, double momentum)
    {
        options.Distance.Step(row.Gradient, length, row.Point);
        options.Distance.ProjectInside(row.Input, options.Epsilon, options.Box, row.Point);
        for (int i = 0; i < here.Length; i++)
            row.Point[i] = here[i] + momentum * (row.Point[i] - here[i]) + (1 - momentum) * (here[i] - before[i]);
        options.Distance.ProjectInside(row.Input, options.Epsilon, options.Box, row.Point);
    }

    // Equal steps of the numbers with the largest derivatives.
    private static void SparseStep(double[] gradient, double share, double length, double[] point)
    {
        double[] sizes = [.. gradient.Select(Math.Abs)];
        Array.Sort(sizes);
        double least = Math.Max(sizes[(int)Math.Clamp((1 - share) * sizes.Length, 0, sizes.Length - 1)], double.Epsilon);
        int moved = gradient.Count(slope => Math.Abs(slope) >= least);
        for (int i = 0; i < point.Length; i++)
            point[i] += Math.Abs(gradient[i]) >= least ? Math.Sign(gradient[i]) * length / moved : 0;
    }

    private static int Changed(double[] point, double[] input)
    {
        Span<double> difference = new double[point.Length];
        TensorPrimitives.Subtract(point, input, difference);
        return point.Length - difference.Count(0.0);
    }
}
