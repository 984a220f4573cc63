using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Tightens the limits of all unstable units on a set of inputs by optimized slopes and multipliers, layer after layer, on several threads.</summary>
/// <remarks>Source: <c>xu2021fast</c>, with the multipliers of decided units (<c>wang2021beta</c>) on the way to every limit and not only to the last one.</remarks>
internal sealed class RangeAscent(BoundGraph graph)
{
    /// <summary>Steps of the ascent per limit.</summary>
    public int Steps { get; init; }

    /// <summary>Slopes to start from; null for those of the lines.</summary>
    public RowSlopes? From { get; init; }

    /// <summary>Where the slopes that were found are kept; null for nowhere.</summary>
    public RowSlopes? Into { get; init; }

    /// <summary>Better limits and lines; those given are left alone.</summary>
    /// <param name="ascents">Buffers, one per thread.</param>
    /// <param name="larger">Limits to improve.</param>
    /// <param name="decisions">Units that the set is restricted by.</param>
    /// <param name="first">The first node whose limits are improved.</param>
    /// <param name="isOver">When to stop early; what was tightened by then is kept.</param>
    /// <param name="premise">A function of the outputs that is at most 0 on the set; null for none.</param>
    public Ranges Tighter(IReadOnlyList<BoundAscent> ascents, Ranges larger, UnitDecision[] decisions, int first, Func<bool> isOver, RelaxedBranch? premise = null)
    {
        var ranges = new Ranges(larger) { IsEmpty = larger.IsEmpty };
        foreach (int node in graph.Bounded)
        {
            List<int> units = node < first ? [] : graph.Unstable(node, ranges);
            if (units.Count == 0 || ranges.IsEmpty || isOver())
                continue;
            Into?.Prepare(node);
            double[] lower = [.. ranges.Lower[node]], upper = [.. ranges.Upper[node]];
            int pairs = ascents[0].Rows.Capacity / 2, parts = (units.Count + pairs - 1) / pairs, next = -1;
            Workers.Run(Math.Min(ascents.Count, parts), worker =>
            {
                int part;
                while ((part = Interlocked.Increment(ref next)) < parts && !isOver())
                    Raise(ascents[worker], [.. units.Skip(part * pairs).Take(pairs)]);
            });
            ranges.Take(node, lower, upper);
            graph.Relax(node, ranges);

            void Raise(BoundAscent ascent, int[] own)
            {
                RelaxedBranch[] rows = [.. own.SelectMany(unit => (RelaxedBranch[])[Row(unit, false), Row(unit, true)])];
                ascent.Raise(node, rows, Steps, double.PositiveInfinity);
                for (int i = 0; i < own.Length; i++)
                {
                    lower[own[i]] = Math.Max(lower[own[i]], rows[2 * i].Bound);
                    upper[own[i]] = Math.Min(upper[own[i]], -rows[2 * i + 1].Bound);
                    Into?.Keep(node, own[i], false, rows[2 * i].Slopes);
                    Into?.Keep(node, own[i], true, rows[2 * i + 1].Slopes);
                }
            }

            RelaxedBranch Row(int unit, bool isUpper)
            {
                var row = new double[graph.Sizes[node]];
                row[unit] = isUpper ? -1 : 1;
                return new RelaxedBranch { Ranges = ranges, Row = row, Decisions = [.. decisions], Premise = premise, Span = ranges.Upper[node][unit] - ranges.Lower[node][unit], IsBoundOnly = Into is null, Slopes = From?.Of(node, unit, isUpper) };
            }
        }
        return ranges;
    }
}
