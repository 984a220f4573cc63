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
    /// <param name="x">First coordinates of the corners.</param>
    /// <param name="y">Second coordinates of the corners.</param>
    /// <param name="doubt">Per corner, the absolute value below which a sign is in doubt.</param>
    /// <param name="above">Per eight lines a bit mask: some corner is above by more than the doubt.</param>
    /// <param name="below">Likewise below.</param>
    /// <param name="doubtful">Likewise within the doubt.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sides(ref double a, ref double b, ref double c, double knot, int count, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> doubt, Span<byte> above, Span<byte> below, Span<byte> doubtful)
    {
        Vector512<double> shift = Vector512.Create(knot);
        ref double px = ref MemoryMarshal.GetReference(x), py = ref MemoryMarshal.GetReference(y), pd = ref MemoryMarshal.GetReference(doubt);
        int corners = x.Length;
        for (int i = 0; i < count; i += 8)
        {
            Vector512<double> va = Vector512.LoadUnsafe(ref a, (nuint)i), vb = Vector512.LoadUnsafe(ref b, (nuint)i), vc = Vector512.LoadUnsafe(ref c, (nuint)i) - shift;
            ulong up = 0, down = 0, sure = 0xFF, all = count - i < 8 ? (1UL << (count - i)) - 1 : 0xFF;
            for (int v = 0; v < corners; v++)
            {
                Vector512<double> z = Vector512.FusedMultiplyAdd(va, Vector512.Create(Unsafe.Add(ref px, v)), Vector512.FusedMultiplyAdd(vb, Vector512.Create(Unsafe.Add(ref py, v)), vc));
                Vector512<double> limit = Vector512.Create(Unsafe.Add(ref pd, v));
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

    /// <summary>As <see cref="Sides"/> for both halves of a polygon at once, whose points are ordered: low ones, those of both halves, high ones.</summary>
    /// <param name="a">Coefficients of the lines a x + b y + c; readable up to a multiple of 8 entries.</param>
    /// <param name="b">As <paramref name="a"/>.</param>
    /// <param name="c">As <paramref name="a"/>.</param>
    /// <param name="count">Number of lines.</param>
    /// <param name="x">First coordinates of the points.</param>
    /// <param name="y">Second coordinates of the points.</param>
    /// <param name="doubt">Per point, the absolute value below which a sign is in doubt.</param>
    /// <param name="points">Number of low points, of points of both halves, and of high points.</param>
    /// <param name="masks">Six runs of <paramref name="groups"/> masks: above, below and doubtful of the low half, then of the high one.</param>
    /// <param name="groups">Number of masks per run.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SplitSides(ref double a, ref double b, ref double c, int count, ref double x, ref double y, ref double doubt, (int Low, int Both, int High) points, Span<byte> masks, int groups)
    {
        ref byte m = ref MemoryMarshal.GetReference(masks);
        for (int i = 0; i < count; i += 8)
        {
            Vector512<double> va = Vector512.LoadUnsafe(ref a, (nuint)i), vb = Vector512.LoadUnsafe(ref b, (nuint)i), vc = Vector512.LoadUnsafe(ref c, (nuint)i);
            ulong lowUp = 0, lowDown = 0, lowSure = 0xFF, highUp = 0, highDown = 0, highSure = 0xFF;
            int v = 0;
            for (int end = points.Low + points.Both; v < end; v++)
            {
                Vector512<double> z = Vector512.FusedMultiplyAdd(va, Vector512.Create(Unsafe.Add(ref x, v)), Vector512.FusedMultiplyAdd(vb, Vector512.Create(Unsafe.Add(ref y, v)), vc));
                Vector512<double> limit = Vector512.Create(Unsafe.Add(ref doubt, v));
                ulong plus = Vector512.GreaterThan(z, limit).ExtractMostSignificantBits(), minus = Vector512.LessThan(z, -limit).ExtractMostSignificantBits();
                lowUp |= plus;
                lowDown |= minus;
                lowSure &= plus | minus;
                if (v < points.Low)
                    continue;
                highUp |= plus;
                highDown |= minus;
                highSure &= plus | minus;
            }
            for (int end = v + points.High; v < end; v++)
            {
                Vector512<double> z = Vector512.FusedMultiplyAdd(va, Vector512.Create(Unsafe.Add(ref x, v)), Vector512.FusedMultiplyAdd(vb, Vector512.Create(Unsafe.Add(ref y, v)), vc));
                Vector512<double> limit = Vector512.Create(Unsafe.Add(ref doubt, v));
                ulong plus = Vector512.GreaterThan(z, limit).ExtractMostSignificantBits(), minus = Vector512.LessThan(z, -limit).ExtractMostSignificantBits();
                highUp |= plus;
                highDown |= minus;
                highSure &= plus | minus;
            }
            int g = i >> 3;
            Unsafe.Add(ref m, g) = (byte)lowUp;
            Unsafe.Add(ref m, groups + g) = (byte)lowDown;
            Unsafe.Add(ref m, 2 * groups + g) = (byte)~lowSure;
            Unsafe.Add(ref m, 3 * groups + g) = (byte)highUp;
            Unsafe.Add(ref m, 4 * groups + g) = (byte)highDown;
            Unsafe.Add(ref m, 5 * groups + g) = (byte)~highSure;
        }
    }

    /// <summary>A bound on the length of every line's gradient: the largest |a| plus the largest |b|.</summary>
    public static double Gradient(ref double a, ref double b, int count)
    {
        Vector512<double> largestA = default, largestB = default;
        int i = 0;
        for (; i + 8 <= count; i += 8)
        {
            largestA = Vector512.Max(largestA, Vector512.Abs(Vector512.LoadUnsafe(ref a, (nuint)i)));
            largestB = Vector512.Max(largestB, Vector512.Abs(Vector512.LoadUnsafe(ref b, (nuint)i)));
        }
        double p = 0, q = 0;
        if (i > 0)
        {
            for (int k = 0; k < 8; k++)
                (p, q) = (Math.Max(p, largestA[k]), Math.Max(q, largestB[k]));
        }
        for (; i < count; i++)
            (p, q) = (Math.Max(p, Math.Abs(Unsafe.Add(ref a, i))), Math.Max(q, Math.Abs(Unsafe.Add(ref b, i))));
        return p + q;
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
