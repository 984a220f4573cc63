namespace Crease.Certificates;

/// <summary>The inputs of a box at which some units keep to limits, and the functions of the outputs that are not yet proved to be positive on them.</summary>
internal sealed class UnitDomain
{
    /// <summary>Limits and lines.</summary>
    public required Ranges Ranges { get; init; }

    /// <summary>What restricts the inputs, one entry per unit.</summary>
    public UnitDecision[] Decisions { get; init; } = [];

    /// <summary>Open functions, with the slopes and multipliers that their bounds were reached with.</summary>
    public RelaxedBranch[] Targets { get; init; } = [];

    /// <summary>Places to divide at, best first.</summary>
    public UnitSplit[] Candidates { get; set; } = [];

    /// <summary>The first node whose limits the last decision may improve.</summary>
    public int From { get; init; }

    /// <summary>Whether limits hold only where the function is at most 0.</summary>
    public bool IsPremised { get; init; }

    public bool IsClosed => Ranges.IsEmpty || Targets.Length == 0;

    /// <summary>How far the open functions are from being proved: the sum of their bounds, at most 0.</summary>
    public double Missing => IsClosed ? 0 : Targets.Sum(target => Math.Min(target.Bound, 0));

    /// <summary>The smallest bound of an open function.</summary>
    public double Worst => IsClosed ? 0 : Targets.Min(target => target.Bound);

    /// <summary>Number of units that are not decided.</summary>
    public int OpenUnits(BoundGraph graph) => graph.Bounded.Sum(Ranges.Undecided);

    /// <summary>One side of a place.</summary>
    public UnitDomain Side(BoundGraph graph, UnitSplit split, bool isAbove)
    {
        int before = graph.InputsOf(split.Node)[0];
        var ranges = new Ranges(Ranges);
        double[] lower = [.. ranges.Lower[before]], upper = [.. ranges.Upper[before]];
        if (isAbove)
            lower[split.Unit] = Math.Max(lower[split.Unit], split.At);
        else
            upper[split.Unit] = Math.Min(upper[split.Unit], split.At);
        (ranges.Lower[before], ranges.Upper[before]) = (lower, upper);
        graph.Relax(before, ranges);
        return new UnitDomain
        {
            Ranges = ranges,
            From = before,
            IsPremised = IsPremised,
            Decisions = Narrowed(Decisions),
            Targets = [.. Targets.Select(target => new RelaxedBranch
            {
                Ranges = ranges,
                Row = target.Row,
                Constant = target.Constant,
                Decisions = Narrowed(target.Decisions),
                Slopes = target.Slopes,
                Span = Math.Max(-target.Bound, 1e-6),
            })],
        };

        UnitDecision[] Narrowed(UnitDecision[] decisions)
        {
            int known = Array.FindIndex(decisions, decision => decision.Node == split.Node && decision.Unit == split.Unit);
            UnitDecision old = known >= 0 ? decisions[known] : new UnitDecision(split.Node, split.Unit, double.NegativeInfinity, double.PositiveInfinity);
            UnitDecision narrow = isAbove ? old with { Lower = Math.Max(old.Lower, split.At) } : old with { Upper = Math.Min(old.Upper, split.At) };
            return [.. decisions.Where((_, i) => i != known), narrow];
        }
    }
}

/// <summary>A place to divide a set of inputs at: the pre-activation of a unit, below and above a number.</summary>
internal readonly record struct UnitSplit(int Node, int Unit, double At);
