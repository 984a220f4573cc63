using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crease.Numerics;

/// <summary>Distances of two rows. The same rows give the same bits on every machine.</summary>
internal static class RowDistance
{
    /// <summary>The distance of two rows of equal length.</summary>
    public static double Of(Metric metric, ReadOnlySpan<double> a, ReadOnlySpan<double> b) => metric switch
    {
        Metric.Euclidean => Math.Sqrt(Squared(a, b)),
        Metric.Manhattan => Manhattan(a, b),
        Metric.Chebyshev => Chebyshev(a, b),
        Metric.Angular => Angle(a, b),
        Metric.PeriodicUnitCube => Periodic(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, $"'metric' is {(int)metric}; pass a member of {nameof(Metric)}."),
    };

    /// <summary>Σ (a - b)², summed in eight lanes whatever the width of the machine.</summary>
    public static double Squared(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
        Vector512<double> sum = Vector512<double>.Zero;
        int i = 0;
        for (; i + 8 <= a.Length; i += 8)
        {
            Vector512<double> gap = Vector512.LoadUnsafe(ref x, (nuint)i) - Vector512.LoadUnsafe(ref y, (nuint)i);
            sum = Vector512.FusedMultiplyAdd(gap, gap, sum);
        }
        double rest = 0;
        for (; i < a.Length; i++)
            rest = Math.FusedMultiplyAdd(a[i] - b[i], a[i] - b[i], rest);
        for (int lane = 0; lane < 8; lane++)
            rest += sum.GetElement(lane);
        return rest;
    }

    private static double Manhattan(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return sum;
    }

    private static double Chebyshev(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double largest = 0;
        for (int i = 0; i < a.Length; i++)
            largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        return largest;
    }

    // Kahan's form: as good for tiny angles as for large ones.
    private static double Angle(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double first = Norm(a), second = Norm(b), difference = 0, sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double u = a[i] / first, v = b[i] / second;
            difference += (u - v) * (u - v);
            sum += (u + v) * (u + v);
        }
        return 2 * Math.Atan2(Math.Sqrt(difference), Math.Sqrt(sum));
    }

    private static double Periodic(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double gap = Math.Abs(a[i] - b[i]);
            gap -= Math.Floor(gap);
            gap = Math.Min(gap, 1 - gap);
            sum += gap * gap;
        }
        return Math.Sqrt(sum);
    }

    private static double Norm(ReadOnlySpan<double> a)
    {
        double sum = 0;
        foreach (double value in a)
            sum += value * value;
        return Math.Sqrt(sum);
    }
}
