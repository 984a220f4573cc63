using System.Numerics;

namespace Crease.Certificates;

internal sealed partial class Backsubstitution
{
    // Of the two products one is zero, so each new entry is rounded once, and once more where a multiplier is added.
    private static (double Constant, double Total, double Rounded) PullElements(ReadOnlySpan<double> row, ReadOnlySpan<double> low, Lines lines, ReadOnlySpan<double> multipliers, Span<double> pulled, double[] magnitudes)
    {
        ReadOnlySpan<double> lowOffset = lines.LowOffset, high = lines.HighSlope, highOffset = lines.HighOffset;
        Vector<double> constants = Vector<double>.Zero, totals = Vector<double>.Zero, sizes = Vector<double>.Zero, zero = Vector<double>.Zero;
        int lanes = Vector<double>.Count, at = 0;
        for (; at + lanes <= row.Length; at += lanes)
        {
            Vector<double> slope = new(row[at..]), positive = Vector.Max(slope, zero), negative = Vector.Min(slope, zero);
            Vector<double> first = positive * new Vector<double>(low[at..]) + negative * new Vector<double>(high[at..]), entry = first;
            Vector<double> magnitude = new(magnitudes, at);
            if (!multipliers.IsEmpty)
            {
                entry += new Vector<double>(multipliers[at..]);
                sizes += Vector.Abs(entry) * magnitude;
            }
            entry.CopyTo(pulled[at..]);
            Vector<double> up = positive * new Vector<double>(lowOffset[at..]), down = negative * new Vector<double>(highOffset[at..]);
            constants += up + down;
            totals += Vector.Abs(up) + Vector.Abs(down);
            sizes += Vector.Abs(first) * magnitude;
        }
        double constant = Vector.Sum(constants), total = Vector.Sum(totals), size = Vector.Sum(sizes);
        for (; at < row.Length; at++)
        {
            double positive = Math.Max(row[at], 0), negative = Math.Min(row[at], 0), entry = positive * low[at] + negative * high[at];
            size += Math.Abs(entry) * magnitudes[at];
            if (!multipliers.IsEmpty)
            {
                entry += multipliers[at];
                size += Math.Abs(entry) * magnitudes[at];
            }
            pulled[at] = entry;
            double up = positive * lowOffset[at], down = negative * highOffset[at];
            constant += up + down;
            total += Math.Abs(up) + Math.Abs(down);
        }
        return (constant, total, size);
    }

    private static (double Constant, double Total, double Rounded) PullMaximum(PoolingStep step, ReadOnlySpan<double> row, Lines lines, Span<double> pulled, double[] magnitudes)
    {
        double constant = 0, total = 0, rounded = 0;
        for (int unit = 0; unit < row.Length; unit++)
        {
            double slope = row[unit], entry = slope * (slope >= 0 ? lines.LowSlope[unit] : lines.HighSlope[unit]);
            double part = slope >= 0 ? slope * lines.LowOffset[unit] : slope * lines.HighOffset[unit];
            pulled[lines.Winner[unit]] += entry;
            constant += part;
            total += Math.Abs(part);
            rounded += Math.Abs(entry) * magnitudes[lines.Winner[unit]];
        }
        return (constant, total, rounded * step.Overlap);
    }
}
