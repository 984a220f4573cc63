using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Tightens the limits of all unstable units on a box by optimized slopes, layer after layer, on several threads.</summary>
internal static class RangeAscent
{
    /// <summary>Better limits and lines; those given are left alone.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="sizes">What errors are measured by.</param>
    /// <param name="ascents">Buffers, one per thread.</param>
    /// <param name="larger">Limits to improve.</param>
    /// <param name="steps">Steps of the ascent per limit.</param>
    /// <param name="isOver">When to stop early; what was tightened by then is kept.</param>
    public static Ranges Tighter(BoundGraph graph, ErrorSizes sizes, IReadOnlyList<BoundAscent> ascents, Ranges larger, int steps, Func<bool> isOver)
    {
        var ranges = new Ranges(larger);
        var finder = new RangeFinder(graph, sizes, 2);
        foreach (int node in graph.Bounded)
        {
            List<int> units = finder.Unstable(node, ranges);
            if (units.Count == 0 || isOver())
                continue;
            double[] lower = [.. ranges.Lower[node]], upper = [.. ranges.Upper[node]];
            int pairs = ascents[0].Rows.Capacity / 2, parts = (units.Count + pairs - 1) / pairs, next = -1;
            Workers.Run(Math.Min(ascents.Count, parts), worker =>
            {
                int part;
                while ((part = Interlocked.Increment(ref next)) < parts && !isOver())
                    Raise(ascents[worker], [.. units.Skip(part * pairs).Take(pairs)]);
            });
            for (int unit = 0; unit < lower.Length; unit++)
            {
                if (lower[unit] > upper[unit])
                    (lower[unit], upper[unit]) = (upper[unit], lower[unit]);
            }
            (ranges.Lower[node], ranges.Upper[node]) = (lower, upper);
            finder.Relax(node, ranges);

            void Raise(BoundAscent ascent, int[] own)
            {
                RelaxedBranch[] rows = [.. own.SelectMany(unit => (RelaxedBranch[])[Row(unit, 1), Row(unit, -1)])];
                ascent.Raise(node, rows, steps, double.PositiveInfinity);
                for (int i = 0; i < own.Length; i++)
                {
                    lower[own[i]] = Math.Max(lower[own[i]], rows[2 * i].Bound);
                    upper[own[i]] = Math.Min(upper[own[i]], -rows[2 * i + 1].Bound);
                }
            }

            RelaxedBranch Row(int unit, double sign)
            {
                var row = new double[graph.Sizes[node]];
                row[unit] = sign;
                return new RelaxedBranch { Ranges = ranges, Row = row, IsBoundOnly = true };
            }
        }
        return ranges;
    }
}
