using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Tightens the limits of a node's undecided units by branch and bound over the units before it, with one tree per limit.</summary>
/// <remarks>
/// A relaxation's error grows by a factor per layer, so that limits close to the exact ones of the first layers are worth more than any number of branches at the
/// output. Limits of one node are independent of each other. Within a tree the limits of earlier units stay those of the root; a leaf is one row, so that
/// many leaves of many trees are bounded by one product. Source: the refinement of limits by integer programs of <c>tjeng2019evaluating</c>, here by <c>wang2021beta</c>.
/// Parts have a fixed size, so that no limit depends on the number of threads.
/// </remarks>
internal sealed class LimitBranching(BoundGraph graph, RowSlopes slopes)
{
    private const int UnitsOfPart = 8, Steps = 4, RootSteps = 4;

    // A limit far from 0 beside the other one hardly changes how much the lines miss: its tree is left out.
    private const double LeastShare = 0.15;

    // Leaves that are kept at a time take at most so much memory per thread.
    private const double MostBytes = 1L << 28, BytesOfDecisions = 2000;

    private long _leaves;

    /// <summary>Leaves that were bounded so far.</summary>
    public long Leaves => Interlocked.Read(ref _leaves);

    /// <summary>The most leaves of a tree that may be divided within limits on all trees of a node together.</summary>
    /// <param name="node">The node.</param>
    /// <param name="ranges">Limits to improve.</param>
    /// <param name="work">About the most multiply-adds.</param>
    /// <param name="leaves">The most leaves.</param>
    public double MostSplits(int node, Ranges ranges, double work, double leaves)
    {
        int[] nodes = [.. Enumerable.Range(0, node + 1).Where(n => graph.IsNeeded[n])];
        double row = nodes.Sum(n => graph.Affine[n] is not { } step ? 0.0 : (double)graph.Sizes[n] * graph.InputsOf(n).ToArray().Sum(input => Math.Min(step.Terms, graph.Sizes[input])));
        double bytes = BytesOfDecisions + 8.0 * nodes.Sum(n => graph.Piecewise[n] is null ? 0 : graph.Sizes[n]);
        // Two trees per unit, two leaves per split, a pull and a forward pass per step.
        double limits = 2.0 * graph.Unstable(node, ranges).Count, memory = MostBytes / (2 * UnitsOfPart * bytes);
        return Math.Min(memory, Math.Min(leaves, work / (2 * (Steps + 1) * row)) / (2 * limits));
    }

    /// <summary>Better limits of one node, and lines behind it; those given are left alone.</summary>
    /// <param name="ascents">Buffers, one per thread.</param>
    /// <param name="larger">Limits to improve.</param>
    /// <param name="node">The node.</param>
    /// <param name="splits">Most leaves of a tree that are divided.</param>
    /// <param name="isOver">When to stop early; what was tightened by then is kept.</param>
    public Ranges Tighter(IReadOnlyList<BoundAscent> ascents, Ranges larger, int node, int splits, Func<bool> isOver)
    {
        List<int> units = graph.Unstable(node, larger);
        if (units.Count == 0 || larger.IsEmpty || isOver())
            return larger;
        var ranges = new Ranges(larger);
        double[] lower = [.. larger.Lower[node]], upper = [.. larger.Upper[node]];
        int parts = (units.Count + UnitsOfPart - 1) / UnitsOfPart, next = -1;
        Workers.Run(Math.Min(ascents.Count, parts), worker =>
        {
            int part;
            while ((part = Interlocked.Increment(ref next)) < parts && !isOver())
            {
                LimitTree[] trees = [.. units.Skip(part * UnitsOfPart).Take(UnitsOfPart).SelectMany(unit => Trees(unit, larger.Lower[node][unit], larger.Upper[node][unit], splits))];
                Grow(ascents[worker], larger, node, trees, isOver);
                foreach (LimitTree tree in trees)
                {
                    if (tree.IsUpper)
                        upper[tree.Unit] = Math.Min(upper[tree.Unit], -tree.Bound);
                    else
                        lower[tree.Unit] = Math.Max(lower[tree.Unit], tree.Bound);
                }
            }
        });
        ranges.Take(node, lower, upper);
        graph.Relax(node, ranges);
        return ranges;
    }

    private static IEnumerable<LimitTree> Trees(int unit, double lower, double upper, int splits)
    {
        bool isLow = !(upper < LeastShare * (upper - lower)), isHigh = !(-lower < LeastShare * (upper - lower));
        if (isLow)
            yield return new LimitTree(unit, false, splits);
        if (isHigh)
            yield return new LimitTree(unit, true, splits);
    }

    private void Grow(BoundAscent ascent, Ranges ranges, int node, LimitTree[] trees, Func<bool> isOver)
    {
        int pairs = ascent.Rows.Capacity / 2;
        LimitLeaf[] roots = Bounded(ascent, node, [.. trees.Select(tree => Row(ranges, node, tree, new LimitLeaf(double.NegativeInfinity, [], slopes.Of(node, tree.Unit, tree.IsUpper), null)))], RootSteps);
        for (int t = 0; t < trees.Length; t++)
            trees[t].Add(roots[t]);
        var taken = new List<(LimitTree Tree, LimitLeaf Leaf)>();
        while (!isOver())
        {
            // One limit beyond 0 settles the unit, and the other one does not matter any more.
            HashSet<int> settled = [.. trees.Where(tree => tree.Bound >= 0).Select(tree => tree.Unit)];
            LimitTree[] open = [.. trees.Where(tree => tree.IsOpen && !settled.Contains(tree.Unit))];
            if (open.Length == 0)
                return;
            taken.Clear();
            int share = Math.Max(1, pairs / open.Length);
            foreach (LimitTree tree in open)
            {
                for (int i = 0; i < share && tree.IsOpen && taken.Count < pairs; i++)
                    taken.Add((tree, tree.Take()));
            }
            LimitLeaf[] sides = Bounded(ascent, node, [.. taken.SelectMany(each => (RelaxedBranch[])[Side(ranges, node, each.Tree, each.Leaf, false), Side(ranges, node, each.Tree, each.Leaf, true)])], Steps);
            Interlocked.Add(ref _leaves, sides.Length);
            for (int i = 0; i < sides.Length; i++)
                taken[i / 2].Tree.Add(sides[i]);
            foreach (LimitTree tree in open)
                tree.Check();
        }
    }

    private static LimitLeaf[] Bounded(BoundAscent ascent, int node, RelaxedBranch[] rows, int steps)
    {
        ascent.Raise(node, rows, steps, double.PositiveInfinity);
        ascent.Choose(node, rows);
        return [.. rows.Select(row => new LimitLeaf(row.Bound, row.Decisions, row.Slopes, row.Candidates.Length == 0 ? null : row.Candidates[0]))];
    }

    private RelaxedBranch Side(Ranges ranges, int node, LimitTree tree, LimitLeaf leaf, bool isAbove)
    {
        (int hinge, int unit) = leaf.Place!.Value;
        UnitDecision decision = isAbove ? new UnitDecision(hinge, unit, 0, double.PositiveInfinity) : new UnitDecision(hinge, unit, double.NegativeInfinity, 0);
        return Row(ranges, node, tree, leaf with { Decisions = [.. leaf.Decisions, decision] });
    }

    private RelaxedBranch Row(Ranges ranges, int node, LimitTree tree, LimitLeaf leaf)
    {
        var row = new double[graph.Sizes[node]];
        row[tree.Unit] = tree.IsUpper ? -1 : 1;
        return new RelaxedBranch
        {
            Ranges = leaf.Decisions.Length == 0 ? ranges : Decided(ranges, leaf.Decisions),
            Row = row,
            Bound = leaf.Bound,
            Decisions = leaf.Decisions,
            Slopes = leaf.Slopes?.ToArray(),
            Span = ranges.Upper[node][tree.Unit] - ranges.Lower[node][tree.Unit],
        };
    }

    private Ranges Decided(Ranges larger, UnitDecision[] decisions)
    {
        var ranges = new Ranges(larger);
        foreach (IGrouping<int, UnitDecision> own in decisions.GroupBy(decision => graph.InputsOf(decision.Node)[0]))
        {
            (ranges.Lower[own.Key], ranges.Upper[own.Key]) = ([.. larger.Lower[own.Key]], [.. larger.Upper[own.Key]]);
            foreach (UnitDecision decision in own)
                (double.IsFinite(decision.Lower) ? ranges.Lower : ranges.Upper)[own.Key][decision.Unit] = 0;
            graph.Relax(own.Key, ranges);
        }
        return ranges;
    }
}
