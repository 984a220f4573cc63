using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Branch and bound that decides unstable units: each is taken above and below its kink, with multipliers for these constraints.</summary>
/// <remarks>
/// Source: <c>wang2021beta</c>, with candidates filtered by the bounds of their two branches (<c>depalma2021improved</c>). Rounds have a fixed size and results
/// are used in order, so that no verdict depends on the number of threads. Where all units are decided a linear program has the last word
/// (<see cref="LeafProgram"/>): it is complete for hinges on boxes, up to outputs within rounding errors of their limit.
/// </remarks>
internal sealed class UnitBranching(BoundGraph graph, PropertyCase property, ReverseSweep sweep, PointProof proof, IReadOnlyList<BoundAscent> ascents)
{
    /// <summary>Most branches that are split together.</summary>
    public const int RoundSize = 32;

    // A round is divided by its own size, and not by the number of threads, which then may not change what is found.
    private const int Parts = 4;

    private const int Filtered = 3, LastSteps = 200;

    public long Domains { get; private set; }

    /// <summary>Decides one set of outputs.</summary>
    /// <param name="root">Limits on the box.</param>
    /// <param name="constraint">The constraint that is to be refuted everywhere.</param>
    /// <param name="options">Limits.</param>
    /// <param name="deadline">When to stop.</param>
    public (Verdict Verdict, double[]? Counterexample, string Reason) Decide(Ranges root, OutputConstraint constraint, VerificationOptions options, Deadline deadline)
    {
        var first = new RelaxedBranch { Ranges = root, Row = constraint.Row, Constant = constraint.ConstantBelow };
        Work(ascents[0], [first], options.RootSteps);
        bool isComplete = true;
        var stack = new Stack<RelaxedBranch>();
        Domains++;
        if (!(first.Bound > 0))
        {
            if (Candidate(first) is { } point)
                return (Verdict.Violated, point, "");
            stack.Push(first);
        }
        while (stack.Count > 0)
        {
            if (deadline.IsOver)
                return (Verdict.Unknown, null, "the time limit was reached; raise --time-limit");
            if (Domains >= options.MostDomains)
                return (Verdict.Unknown, null, $"{Domains} branches were looked at; raise the limit");
            var round = new List<RelaxedBranch>();
            while (round.Count < Parts * RoundSize && stack.TryPop(out RelaxedBranch? branch))
                round.Add(branch);
            // Without candidates there is nothing left to decide, and the ascent was the last word.
            isComplete &= round.RemoveAll(branch => branch.Candidates.Length == 0) == 0;
            RelaxedBranch[][] parts = [.. round.Chunk(Math.Max(1, (round.Count + Parts - 1) / Parts))];
            var results = new RelaxedBranch[parts.Length][];
            var points = new double[parts.Length][];
            int next = -1;
            Workers.Run(Math.Clamp(parts.Length, 1, ascents.Count), worker =>
            {
                int part;
                while ((part = Interlocked.Increment(ref next)) < parts.Length)
                {
                    RelaxedBranch[] halves = Split(ascents[worker], parts[part], deadline);
                    Work(ascents[worker], halves, options.BranchSteps);
                    results[part] = [.. halves.Where(half => !(half.Bound > 0))];
                    foreach (RelaxedBranch half in results[part])
                        points[part] ??= Candidate(half)!;
                }
            });
            foreach (double[] point in points.Where(point => point is not null))
                return (Verdict.Violated, point, "");
            foreach (RelaxedBranch[] halves in results)
            {
                Domains += halves.Length;
                foreach (RelaxedBranch half in halves.OrderByDescending(half => half.Bound))
                    stack.Push(half);
            }
        }
        return isComplete ? (Verdict.Verified, null, "") : (Verdict.Unknown, null, "all units are decided on some branch whose bound stays at 0: an output is within rounding errors of its limit, or units other than hinges are undecided");
    }

    private void Work(BoundAscent ascent, RelaxedBranch[] branches, int steps)
    {
        for (int start = 0; start < branches.Length; start += ascent.Rows.Capacity)
        {
            Span<RelaxedBranch> part = branches.AsSpan(start, Math.Min(ascent.Rows.Capacity, branches.Length - start));
            ascent.Raise(graph.Output, part, steps, 0);
            ascent.Rank(graph.Output, part, Filtered);
            foreach (RelaxedBranch last in part)
            {
                if (!(last.Bound > 0) && last.Candidates.Length == 0 && !LeafProgram.Settle(ascent, last))
                    ascent.Raise(graph.Output, [last], LastSteps, 0);
            }
        }
    }

    private double[]? Candidate(RelaxedBranch branch)
    {
        if (branch.Corner is not { } corner)
            return null;
        double[] outputs = sweep.Network.Evaluate(corner);
        return property.Unsafe.Any(set => set.All(constraint => constraint.At(outputs) <= 0)) ? proof.Counterexample(property, corner) : null;
    }

    // Every candidate is tried with one bound of each side; the one whose worse side is best is taken.
    private RelaxedBranch[] Split(BoundAscent ascent, RelaxedBranch[] branches, Deadline deadline)
    {
        var trials = new List<(int Parent, RelaxedBranch Below, RelaxedBranch Above)>();
        for (int i = 0; i < branches.Length; i++)
        {
            foreach ((int node, int unit) in branches[i].Candidates)
                trials.Add((i, Side(branches[i], node, unit, false), Side(branches[i], node, unit, true)));
        }
        RelaxedBranch[] all = [.. trials.SelectMany(trial => (RelaxedBranch[])[trial.Below, trial.Above])];
        for (int start = 0; start < all.Length && !deadline.IsOver; start += ascent.Rows.Capacity)
            ascent.Raise(graph.Output, all.AsSpan(start, Math.Min(ascent.Rows.Capacity, all.Length - start)), 0, 0);
        var halves = new List<RelaxedBranch>();
        foreach (IGrouping<int, (int Parent, RelaxedBranch Below, RelaxedBranch Above)> group in trials.GroupBy(trial => trial.Parent))
        {
            (_, RelaxedBranch below, RelaxedBranch above) = group.MaxBy(trial => Math.Min(trial.Below.Bound, 0) + Math.Min(trial.Above.Bound, 0));
            halves.Add(below);
            halves.Add(above);
        }
        foreach (RelaxedBranch half in halves)
            half.Bound = half.Bound > 0 ? half.Bound : double.NegativeInfinity;
        return [.. halves.Where(half => !half.Ranges.IsEmpty && !(half.Bound > 0))];
    }

    private RelaxedBranch Side(RelaxedBranch parent, int node, int unit, bool isAbove)
    {
        int before = graph.InputsOf(node)[0];
        var ranges = new Ranges(parent.Ranges);
        double[] lower = [.. ranges.Lower[before]], upper = [.. ranges.Upper[before]];
        if (isAbove)
            lower[unit] = Math.Max(lower[unit], 0);
        else
            upper[unit] = Math.Min(upper[unit], 0);
        (ranges.Lower[before], ranges.Upper[before]) = (lower, upper);
        for (int n = before + 1; n <= graph.Output; n++)
        {
            if (graph.Piecewise[n] is not { } step || graph.InputsOf(n)[0] != before || !graph.IsNeeded[n])
                continue;
            ranges.Lines[n] = step.NewLines();
            step.Relax(lower, upper, ranges.Lines[n]);
        }
        return new RelaxedBranch
        {
            Ranges = ranges,
            Row = parent.Row,
            Constant = parent.Constant,
            Decisions = [.. parent.Decisions, new UnitDecision(node, unit, isAbove, 0)],
            Slopes = parent.Slopes is null ? null : [.. parent.Slopes],
        };
    }
}
