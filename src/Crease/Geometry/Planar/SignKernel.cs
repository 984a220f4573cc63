using System.Runtime.CompilerServices;
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
        for (int i = 0; i < count; i += 8)
        {
            Vector512<double> va = Vector512.LoadUnsafe(ref a, (nuint)i), vb = Vector512.LoadUnsafe(ref b, (nuint)i), vc = Vector512.LoadUnsafe(ref c, (nuint)i) - shift;
            ulong up = 0, down = 0, all = 0xFF;
            ulong sure = 0xFF;
            for (int v = 0; v < x.Length; v++)
            {
                Vector512<double> z = Vector512.FusedMultiplyAdd(va, Vector512.Create(x[v]), Vector512.FusedMultiplyAdd(vb, Vector512.Create(y[v]), vc));
                Vector512<double> limit = Vector512.Create(doubt[v]);
                ulong plus = Vector512.GreaterThan(z, limit).ExtractMostSignificantBits(), minus = Vector512.LessThan(z, -limit).ExtractMostSignificantBits();
                up |= plus;
                down |= minus;
                sure &= plus | minus;
            }
            if (count - i < 8)
                all = (1UL << (count - i)) - 1;
            above[i >> 3] = (byte)(up & all);
            below[i >> 3] = (byte)(down & all);
            doubtful[i >> 3] = (byte)(~sure & all);
        }
    }

    /// <summary>The line that passes closest to a point.</summary>
    public static int Nearest(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, double x, double y)
    {
        int nearest = 0;
        double best = double.PositiveInfinity;
        for (int i = 0; i < a.Length; i++)
        {
            double z = a[i] * x + b[i] * y + c[i], distance = z * z / (a[i] * a[i] + b[i] * b[i]);
            if (distance < best)
                (best, nearest) = (distance, i);
        }
        return nearest;
    }
}
