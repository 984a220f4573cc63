namespace Crease.Certificates;

/// <summary>Limits on the whole set of inputs, improved node after node, and the network that is left without units that they keep at 0.</summary>
/// <param name="graph">The network.</param>
/// <param name="ranges">Limits to start from.</param>
/// <param name="sizes">What errors are measured by.</param>
/// <param name="threads">Number of threads, at least 1.</param>
/// <param name="isOver">When to stop early.</param>
internal sealed class RootLimits(BoundGraph graph, Ranges ranges, ErrorSizes sizes, int threads, Func<bool> isOver)
{
    // Rows of one batch.
    private const int Capacity = 64;

    // Leaves per limit and multiply-adds per node of each round of branching; a limit gets none where it would get fewer than the least.
    private static readonly (int Splits, double Work)[] _rounds = [(64, 4e10), (512, 3e11), (4096, 2e12)];
    private const int LeastSplits = 8;

    // A round ends at a layer that it settles less than this share of, if the layer has more undecided units than that: later layers are hopeless by then.
    private const double LeastSettled = 0.1;
    private const int FewUnits = 100;

    public BoundGraph Graph { get; private set; } = graph;

    public Ranges Ranges { get; private set; } = ranges;

    public ErrorSizes Sizes { get; private set; } = sizes;

    /// <summary>Slopes that the limits were reached with.</summary>
    public RowSlopes Slopes { get; private set; } = new(graph);

    /// <summary>Buffers, one per thread.</summary>
    public BoundAscent[] Ascents { get; private set; } = [];

    /// <summary>Leaves of all trees so far.</summary>
    public long Leaves { get; private set; }

    /// <summary>Most rounds of <see cref="Branch"/>.</summary>
    public static int Rounds => _rounds.Length;

    /// <summary>Undecided units of all nodes.</summary>
    public int Undecided => Graph.Bounded.Sum(Ranges.Undecided);

    /// <summary>Limits by ascent, of a node and all later ones.</summary>
    public void Ascend(int first, int steps)
    {
        Shrink();
        Ranges = new RangeAscent(Graph) { Steps = steps, Into = Slopes }.Tighter(Ascents, Ranges, [], first, isOver);
        Shrink();
    }

    /// <summary>Limits by branch and bound, node after node; those of later nodes by ascent in between.</summary>
    /// <param name="round">0-based number of the round, each more thorough than the last one.</param>
    /// <param name="steps">Steps of the ascents.</param>
    /// <param name="mostLeaves">Most leaves of this and all earlier rounds.</param>
    /// <returns>Whether it came through to the last node.</returns>
    public bool Branch(int round, int steps, long mostLeaves)
    {
        foreach (int node in Graph.Bounded.Where(node => Enumerable.Range(0, node).Any(n => Graph.IsNeeded[n] && Graph.Piecewise[n] is { IsHinge: true })))
        {
            int before = Ranges.Undecided(node);
            if (before == 0 || isOver())
                continue;
            var branching = new LimitBranching(Graph, Slopes);
            int splits = (int)Math.Min(_rounds[round].Splits, branching.MostSplits(node, Ranges, _rounds[round].Work, mostLeaves - Leaves));
            if (splits < LeastSplits)
                continue;
            Ranges = branching.Tighter(Ascents, Ranges, node, splits, isOver);
            Leaves += branching.Leaves;
            int after = Ranges.Undecided(node);
            Ascend(node + 1, steps);
            if (before > FewUnits && after > (1 - LeastSettled) * before && round + 1 < Rounds)
                return false;
        }
        return true;
    }

    // Without units that are always 0.
    private void Shrink()
    {
        LiveNetwork live = LiveNetwork.Of(Graph, Ranges);
        if (live.Graph == Graph && Ascents.Length > 0)
            return;
        (Slopes, Ranges, Sizes, Graph) = (Slopes.In(live), live.Select(Ranges), live.Select(Sizes), live.Graph);
        Ascents = [.. Enumerable.Range(0, Math.Max(1, threads)).Select(_ => new BoundAscent(Graph, Sizes, Capacity))];
    }
}
