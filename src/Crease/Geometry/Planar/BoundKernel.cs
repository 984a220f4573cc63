using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>Lower and upper planes of many rows over a small polygon, given planes of what they depend on.</summary>
/// <remarks>
/// A quantity lies between the planes middle - radius and middle + radius. For a row Σ w_j p_j + (affine part) the middle is the same sum
/// of middles, and the radius Σ |w_j| radius_j. Source: linear relaxations, <c>zhang2018crown</c>.
/// </remarks>
internal static class BoundKernel
{
    /// <summary>Planes of rows, and the least of the lower and the largest of the upper one at the corners.</summary>
    /// <param name="affine">Affine parts of the rows.</param>
    /// <param name="rows">Number of rows; whole vectors of 8 are read and written.</param>
    /// <param name="columns">One column per source.</param>
    /// <param name="at">Where the first row is in the first column.</param>
    /// <param name="stride">From one column to the next.</param>
    /// <param name="planes">Per source six numbers: middle (a, b, c) and radius (a, b, c).</param>
    /// <param name="sources">Number of sources.</param>
    /// <param name="polygon">The corners.</param>
    /// <param name="bounds">Eight runs of <paramref name="run"/> rows: middle (3), radius (3), least, largest.</param>
    /// <param name="run">Length of a run, at least the rows rounded up to 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Planes(in Rows affine, int rows, double[] columns, int at, int stride, double[] planes, int sources, ReadOnlySpan<CellCorner> polygon, double[] bounds, int run)
    {
        ref double f = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(affine.Values), affine.At);
        ref double w = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(columns), at);
        ref double p = ref MemoryMarshal.GetArrayDataReference(planes);
        ref double o = ref MemoryMarshal.GetArrayDataReference(bounds);
        nuint r = (nuint)run, s = (nuint)stride, f1 = (nuint)affine.Stride;
        for (nuint row = 0; row < (nuint)rows; row += 8)
        {
            Vector512<double> ma = Vector512.LoadUnsafe(ref f, row), mb = Vector512.LoadUnsafe(ref f, f1 + row), mc = Vector512.LoadUnsafe(ref f, 2 * f1 + row);
            Vector512<double> ra = default, rb = default, rc = default;
            nuint column = row, plane = 0;
            for (int j = 0; j < sources; j++, column += s, plane += 6)
            {
                Vector512<double> v = Vector512.LoadUnsafe(ref w, column), size = Vector512.Abs(v);
                ma = Vector512.FusedMultiplyAdd(v, Vector512.Create(Unsafe.Add(ref p, plane)), ma);
                mb = Vector512.FusedMultiplyAdd(v, Vector512.Create(Unsafe.Add(ref p, plane + 1)), mb);
                mc = Vector512.FusedMultiplyAdd(v, Vector512.Create(Unsafe.Add(ref p, plane + 2)), mc);
                ra = Vector512.FusedMultiplyAdd(size, Vector512.Create(Unsafe.Add(ref p, plane + 3)), ra);
                rb = Vector512.FusedMultiplyAdd(size, Vector512.Create(Unsafe.Add(ref p, plane + 4)), rb);
                rc = Vector512.FusedMultiplyAdd(size, Vector512.Create(Unsafe.Add(ref p, plane + 5)), rc);
            }
            Vector512<double> least = Vector512.Create(double.PositiveInfinity), largest = Vector512.Create(double.NegativeInfinity);
            foreach (ref readonly CellCorner corner in polygon)
            {
                Vector512<double> vx = Vector512.Create(corner.X), vy = Vector512.Create(corner.Y);
                Vector512<double> middle = Vector512.FusedMultiplyAdd(ma, vx, Vector512.FusedMultiplyAdd(mb, vy, mc));
                Vector512<double> radius = Vector512.FusedMultiplyAdd(ra, vx, Vector512.FusedMultiplyAdd(rb, vy, rc));
                least = Vector512.Min(least, middle - radius);
                largest = Vector512.Max(largest, middle + radius);
            }
            ma.StoreUnsafe(ref o, row);
            mb.StoreUnsafe(ref o, r + row);
            mc.StoreUnsafe(ref o, 2 * r + row);
            ra.StoreUnsafe(ref o, 3 * r + row);
            rb.StoreUnsafe(ref o, 4 * r + row);
            rc.StoreUnsafe(ref o, 5 * r + row);
            least.StoreUnsafe(ref o, 6 * r + row);
            largest.StoreUnsafe(ref o, 7 * r + row);
        }
    }

    /// <summary>Planes of max(0, z) for z between two planes and between two numbers of different signs.</summary>
    /// <param name="middle">Middle plane of z.</param>
    /// <param name="radius">Radius plane of z.</param>
    /// <param name="least">Below z everywhere.</param>
    /// <param name="largest">Above z everywhere.</param>
    /// <param name="planes">Six numbers, overwritten.</param>
    public static void Relu((double A, double B, double C) middle, (double A, double B, double C) radius, double least, double largest, Span<double> planes)
    {
        // Above by the chord of the upper plane, below by the upper plane's better tangent: z itself or 0.
        double chord = least < 0 && largest > least ? Math.Max(largest, 0) / (largest - least) : 1, tangent = largest > -least ? 1 : 0, shift = least < 0 ? -least : 0;
        double ua = chord * (middle.A + radius.A), ub = chord * (middle.B + radius.B), uc = chord * (middle.C + radius.C + shift);
        double la = tangent * (middle.A - radius.A), lb = tangent * (middle.B - radius.B), lc = tangent * (middle.C - radius.C);
        (planes[0], planes[1], planes[2]) = (0.5 * (ua + la), 0.5 * (ub + lb), 0.5 * (uc + lc));
        (planes[3], planes[4], planes[5]) = (0.5 * (ua - la), 0.5 * (ub - lb), 0.5 * (uc - lc));
    }
}
