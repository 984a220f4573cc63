using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>On which sides of many lines a small polygon lies.</summary>
internal static class SignKernel
{
    /// <summary>For eight lines at a time: is some corner clearly above, clearly below, or in doubt?</summary>
    /// <param name="a">Coefficients of the lines a x + b y + c - knot; readable up to a multiple of 8 entries.</param>
    /// <param name="b">As <paramref name="a"/>.</param>
    /// <param name="c">As <paramref name="a"/>.</param>
    /// <param name="knot">Subtracted from every line's constant.</param>
    /// <param name="count">Number of lines.</param>
    /// <param name="polygon">The corners, with the absolute values below which signs are in doubt.</param>
    /// <param name="above">Per eight lines a bit mask: some corner is above by more than the doubt.</param>
    /// <param name="below">Likewise below.</param>
    /// <param name="doubtful">Likewise within the doubt.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sides(ref double a, ref double b, ref double c, double knot, int count, ReadOnlySpan<CellCorner> polygon, Span<byte> above, Span<byte> below, Span<byte> doubtful)
    {
        Vector512<double> shift = Vector512.Create(knot);
        ref CellCorner first = ref MemoryMarshal.GetReference(polygon);
        int corners = polygon.Length;
        for (int i = 0; i < count; i += 8)
        {
            Vector512<double> va = Vector512.LoadUnsafe(ref a, (nuint)i), vb = Vector512.LoadUnsafe(ref b, (nuint)i), vc = Vector512.LoadUnsafe(ref c, (nuint)i) - shift;
            ulong up = 0, down = 0, sure = 0xFF, all = count - i < 8 ? (1UL << (count - i)) - 1 : 0xFF;
            for (int v = 0; v < corners; v++)
            {
                ref CellCorner corner = ref Unsafe.Add(ref first, v);
                Vector512<double> z = Vector512.FusedMultiplyAdd(va, Vector512.Create(corner.X), Vector512.FusedMultiplyAdd(vb, Vector512.Create(corner.Y), vc));
                Vector512<double> limit = Vector512.Create(corner.Doubt);
                ulong plus = Vector512.GreaterThan(z, limit).ExtractMostSignificantBits(), minus = Vector512.LessThan(z, -limit).ExtractMostSignificantBits();
                up |= plus;
                down |= minus;
                sure &= plus | minus;
            }
            above[i >> 3] = (byte)(up & all);
            below[i >> 3] = (byte)(down & all);
            doubtful[i >> 3] = (byte)(~sure & all);
        }
    }

    /// <summary>A bound on the length of every line's gradient: the largest |a| plus the largest |b|.</summary>
    /// <param name="a">Coefficients of the lines; readable up to a multiple of 8 entries.</param>
    /// <param name="b">As <paramref name="a"/>.</param>
    /// <param name="count">Number of lines.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Gradient(ref double a, ref double b, int count)
    {
        Vector512<double> largestA = default, largestB = default;
        for (int i = 0; i < count; i += 8)
        {
            Vector512<double> own = Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)(count - i))).AsDouble();
            largestA = Vector512.Max(largestA, Vector512.Abs(Vector512.LoadUnsafe(ref a, (nuint)i)) & own);
            largestB = Vector512.Max(largestB, Vector512.Abs(Vector512.LoadUnsafe(ref b, (nuint)i)) & own);
        }
        return Largest(largestA) + Largest(largestB);
    }

    private static double Largest(Vector512<double> values)
    {
        Vector256<double> four = Vector256.Max(values.GetLower(), values.GetUpper());
        Vector128<double> two = Vector128.Max(four.GetLower(), four.GetUpper());
        return Math.Max(two[0], two[1]);
    }

    /// <summary>The line that passes closest to a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Nearest(ref double a, ref double b, ref double c, int count, double x, double y)
    {
        Vector512<double> vx = Vector512.Create(x), vy = Vector512.Create(y), best = Vector512.Create(double.PositiveInfinity), at = default;
        Vector512<double> index = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), step = Vector512.Create(8.0), last = Vector512.Create(count - 0.5);
        for (int i = 0; i < count; i += 8)
        {
            Vector512<double> va = Vector512.LoadUnsafe(ref a, (nuint)i), vb = Vector512.LoadUnsafe(ref b, (nuint)i);
            Vector512<double> z = Vector512.FusedMultiplyAdd(va, vx, Vector512.FusedMultiplyAdd(vb, vy, Vector512.LoadUnsafe(ref c, (nuint)i)));
            Vector512<double> distance = z * z / Vector512.FusedMultiplyAdd(va, va, vb * vb);
            Vector512<double> closer = Vector512.LessThan(distance, best) & Vector512.LessThan(index, last);
            best = Vector512.ConditionalSelect(closer, distance, best);
            at = Vector512.ConditionalSelect(closer, index, at);
            index += step;
        }
        int nearest = 0;
        double least = double.PositiveInfinity;
        for (int k = 0; k < 8; k++)
        {
            if (best[k] < least || (best[k] == least && (int)at[k] < nearest))
                (least, nearest) = (best[k], (int)at[k]);
        }
        return nearest;
    }
}
