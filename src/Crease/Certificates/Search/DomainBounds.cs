namespace Crease.Certificates;

/// <summary>Bounds of one set of inputs after another, and where to divide them: one thread's buffers.</summary>
internal sealed class DomainBounds
{
    // Steps for the functions when a place is tried: these are few rows, and without steps a new decision has no multiplier.
    private const int Filtered = 2, LastSteps = 200, QuickSteps = 4, RootRounds = 3;

    // The tree below a part is taken to grow exponentially with what its bound misses: else a place that closes one side and leaves the other as it was would look
    // as good as one that halves what is missing. Undecided units count a little, so that where no place raises a bound the one that decides most units is taken.
    private const double Growth = 12, UnitShare = 0.2;

    private readonly BoundGraph _graph;
    private readonly Ranges _whole;
    private readonly BoundAscent _ascent;
    private readonly BoundAscent[] _alone;
    private readonly RangeAscent _quick, _ranges, _root;
    private readonly SlopeRange _slopeRange;
    private readonly VerificationOptions _options;
    private readonly Func<bool> _isOver;
    private readonly bool _isTightening;

    public DomainBounds(BoundGraph graph, Ranges whole, RowSlopes slopes, BoundAscent ascent, bool isTightening, VerificationOptions options, Func<bool> isOver)
    {
        (_graph, _whole, _ascent, _alone, _isTightening, _options, _isOver) = (graph, whole, ascent, [ascent], isTightening, options, isOver);
        _quick = new RangeAscent(graph) { From = slopes };
        _ranges = new RangeAscent(graph) { From = slopes, Steps = options.BranchRangeSteps };
        _root = new RangeAscent(graph) { From = slopes, Steps = options.RangeSteps };
        _slopeRange = new SlopeRange(graph);
    }

    /// <summary>Bounds of a set that was just restricted.</summary>
    public UnitDomain Quick(UnitDomain domain) => Bounded(domain, _quick, QuickSteps);

    /// <summary>Bounds by ascent, and where to divide next.</summary>
    public UnitDomain Full(UnitDomain domain) => Ranked(Bounded(domain, _ranges, _options.BranchSteps));

    /// <summary>The whole box, whose limits are as good as they get.</summary>
    public UnitDomain Root(UnitDomain domain) => Ranked(Raised(domain, domain.Ranges, _options.RootSteps));

    /// <summary>One function by itself: its counterexamples are all that matters, and on them it is at most 0, which tightens the limits of all units.</summary>
    /// <remarks>Source: <c>kotha2023provably</c>.</remarks>
    public UnitDomain Alone(UnitDomain domain, RelaxedBranch target)
    {
        var alone = new UnitDomain { Ranges = domain.Ranges, Decisions = domain.Decisions, Targets = [target], IsPremised = true };
        for (int round = 0; round < RootRounds && _isTightening && !alone.IsClosed && !_isOver(); round++)
        {
            RelaxedBranch last = alone.Targets[0];
            var premise = new RelaxedBranch { Ranges = alone.Ranges, Row = last.Row, Constant = last.Constant, Span = Math.Max(-last.Bound, 1e-3) };
            alone = Raised(alone, _root.Tighter(_alone, alone.Ranges, alone.Decisions, 0, _isOver, premise), _options.RootSteps);
        }
        return Ranked(alone);
    }

    /// <summary>The parts of a set at its best place: every candidate is tried, and the one whose parts miss least is taken.</summary>
    public UnitDomain[] Parts(UnitDomain domain)
    {
        UnitDomain[] best = [];
        double least = double.PositiveInfinity, missing = domain.Missing - 1e-9, open = domain.OpenUnits(_graph);
        foreach (UnitSplit split in domain.Candidates)
        {
            UnitDomain[] parts = [Quick(domain.Side(_graph, split, false)), Quick(domain.Side(_graph, split, true))];
            double left = parts.Sum(part => part.IsClosed ? 0 : Math.Exp(Growth * (part.Missing / missing + UnitShare * part.OpenUnits(_graph) / open - 1 - UnitShare)));
            if (best.Length == 0 || left < least)
                (best, least) = (parts, left);
            if (least == 0 || _isOver())
                break;
        }
        return [.. best.Where(part => !part.IsClosed)];
    }

    /// <summary>Settles the functions of a set all of whose units are decided, if it can be; those that are left are open.</summary>
    public UnitDomain Settled(UnitDomain domain)
    {
        foreach (RelaxedBranch last in domain.Targets)
        {
            last.Decisions = [.. last.Decisions, .. domain.IsPremised ? Settling(last) : []];
            if (!LeafProgram.Settle(_ascent, last))
                _ascent.Raise(_graph.Output, [last], LastSteps, 0);
        }
        return new UnitDomain { Ranges = domain.Ranges, Decisions = domain.Decisions, Targets = [.. domain.Targets.Where(target => !(target.Bound > 0))] };
    }

    // Units that are settled on the set but not on the box: their sides hold for every counterexample, and make the program exact.
    private IEnumerable<UnitDecision> Settling(RelaxedBranch last)
    {
        for (int n = 0; n < _graph.Output; n++)
        {
            if (_graph.Piecewise[n] is not { IsHinge: true })
                continue;
            int before = _graph.InputsOf(n)[0];
            for (int unit = 0; unit < _graph.Sizes[n]; unit++)
            {
                bool isOpen = _whole.Lower[before][unit] < 0 && _whole.Upper[before][unit] > 0;
                if (isOpen && !last.Decisions.Any(decision => decision.Node == n && decision.Unit == unit))
                    yield return last.Ranges.Lower[before][unit] >= 0 ? new UnitDecision(n, unit, 0, double.PositiveInfinity) : new UnitDecision(n, unit, double.NegativeInfinity, 0);
            }
        }
    }

    private UnitDomain Bounded(UnitDomain domain, RangeAscent ranges, int steps) =>
        Raised(domain, _isTightening ? ranges.Tighter(_alone, domain.Ranges, domain.Decisions, domain.From, _isOver) : domain.Ranges, steps);

    private UnitDomain Raised(UnitDomain domain, Ranges ranges, int steps)
    {
        RelaxedBranch[] targets = ranges.IsEmpty ? [] : [.. domain.Targets.Select(target => new RelaxedBranch
        {
            Ranges = ranges,
            Row = target.Row,
            Constant = target.Constant,
            Decisions = [.. target.Decisions],
            Span = target.Span,
            Slopes = target.Slopes is null ? null : [.. target.Slopes],
        })];
        for (int start = 0; start < targets.Length; start += _ascent.Rows.Capacity)
            _ascent.Raise(_graph.Output, targets.AsSpan(start, Math.Min(_ascent.Rows.Capacity, targets.Length - start)), steps, 0);
        return new UnitDomain { Ranges = ranges, Decisions = domain.Decisions, From = domain.From, IsPremised = domain.IsPremised, Targets = [.. targets.Where(target => !(target.Bound > 0))] };
    }

    private UnitDomain Ranked(UnitDomain domain)
    {
        if (domain.IsClosed)
            return domain;
        RelaxedBranch worst = domain.Targets.MinBy(target => target.Bound)!;
        _ascent.Raise(_graph.Output, [worst], 0, 0);
        _ascent.Rank(_graph.Output, [worst], Filtered);
        var candidates = worst.Candidates.Select(unit => new UnitSplit(unit.Node, unit.Unit, 0)).ToList();
        if (_isTightening && candidates.Count > 0)
            candidates.AddRange(_slopeRange.Loosest(worst.Row, worst.Ranges, Filtered));
        domain.Candidates = [.. candidates.Distinct()];
        return domain;
    }
}
