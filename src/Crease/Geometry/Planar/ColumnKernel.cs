using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>to = from + Σ column(u) ⊗ (a_u, b_u, c_u), the inner loop of folding.</summary>
internal static class ColumnKernel
{
    /// <summary>Adds rank-one terms to three runs of rows.</summary>
    /// <param name="from">Three runs of rows; whole vectors of 8 are read, so the array has room behind the last row.</param>
    /// <param name="to">Overwritten likewise; may be <paramref name="from"/> at the same place.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">One column of rows after the other.</param>
    /// <param name="columnAt">Where column 0 starts.</param>
    /// <param name="columnStride">From one column to the next.</param>
    /// <param name="sources">Which columns, and their factors.</param>
    // 32 rows at a time keep 12 accumulators in registers: enough independent chains to hide the latency of a multiply-add.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(in Rows from, in Rows to, int rows, double[] columns, int columnAt, int columnStride, Sources sources)
    {
        ref double f = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(from.Values), from.At);
        ref double y = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(to.Values), to.At);
        ref double w = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(columns), columnAt);
        ref int units = ref MemoryMarshal.GetArrayDataReference(sources.Units);
        ref double pa = ref MemoryMarshal.GetArrayDataReference(sources.A);
        ref double pb = ref MemoryMarshal.GetArrayDataReference(sources.B);
        ref double pc = ref MemoryMarshal.GetArrayDataReference(sources.C);
        int count = sources.Count;
        nuint row = 0, end = (nuint)((rows + 7) & ~7), step = (nuint)columnStride, f1 = (nuint)from.Stride, f2 = 2 * f1, s1 = (nuint)to.Stride, s2 = 2 * s1;
        for (; row + 32 <= end; row += 32)
        {
            Vector512<double> a0 = Load(ref f, row), a1 = Load(ref f, row + 8), a2 = Load(ref f, row + 16), a3 = Load(ref f, row + 24);
            Vector512<double> b0 = Load(ref f, f1 + row), b1 = Load(ref f, f1 + row + 8), b2 = Load(ref f, f1 + row + 16), b3 = Load(ref f, f1 + row + 24);
            Vector512<double> c0 = Load(ref f, f2 + row), c1 = Load(ref f, f2 + row + 8), c2 = Load(ref f, f2 + row + 16), c3 = Load(ref f, f2 + row + 24);
            for (int i = 0; i < count; i++)
            {
                nuint column = (nuint)Unsafe.Add(ref units, i) * step + row;
                Vector512<double> w0 = Load(ref w, column), w1 = Load(ref w, column + 8), w2 = Load(ref w, column + 16), w3 = Load(ref w, column + 24);
                Vector512<double> p = Vector512.Create(Unsafe.Add(ref pa, i));
                a0 = Vector512.FusedMultiplyAdd(w0, p, a0);
                a1 = Vector512.FusedMultiplyAdd(w1, p, a1);
                a2 = Vector512.FusedMultiplyAdd(w2, p, a2);
                a3 = Vector512.FusedMultiplyAdd(w3, p, a3);
                p = Vector512.Create(Unsafe.Add(ref pb, i));
                b0 = Vector512.FusedMultiplyAdd(w0, p, b0);
                b1 = Vector512.FusedMultiplyAdd(w1, p, b1);
                b2 = Vector512.FusedMultiplyAdd(w2, p, b2);
                b3 = Vector512.FusedMultiplyAdd(w3, p, b3);
                p = Vector512.Create(Unsafe.Add(ref pc, i));
                c0 = Vector512.FusedMultiplyAdd(w0, p, c0);
                c1 = Vector512.FusedMultiplyAdd(w1, p, c1);
                c2 = Vector512.FusedMultiplyAdd(w2, p, c2);
                c3 = Vector512.FusedMultiplyAdd(w3, p, c3);
            }
            Store(a0, ref y, row);
            Store(a1, ref y, row + 8);
            Store(a2, ref y, row + 16);
            Store(a3, ref y, row + 24);
            Store(b0, ref y, s1 + row);
            Store(b1, ref y, s1 + row + 8);
            Store(b2, ref y, s1 + row + 16);
            Store(b3, ref y, s1 + row + 24);
            Store(c0, ref y, s2 + row);
            Store(c1, ref y, s2 + row + 8);
            Store(c2, ref y, s2 + row + 16);
            Store(c3, ref y, s2 + row + 24);
        }
        for (; row + 16 <= end; row += 16)
        {
            Vector512<double> a0 = Load(ref f, row), a1 = Load(ref f, row + 8), b0 = Load(ref f, f1 + row), b1 = Load(ref f, f1 + row + 8), c0 = Load(ref f, f2 + row), c1 = Load(ref f, f2 + row + 8);
            for (int i = 0; i < count; i++)
            {
                nuint column = (nuint)Unsafe.Add(ref units, i) * step + row;
                Vector512<double> w0 = Load(ref w, column), w1 = Load(ref w, column + 8), p = Vector512.Create(Unsafe.Add(ref pa, i));
                a0 = Vector512.FusedMultiplyAdd(w0, p, a0);
                a1 = Vector512.FusedMultiplyAdd(w1, p, a1);
                p = Vector512.Create(Unsafe.Add(ref pb, i));
                b0 = Vector512.FusedMultiplyAdd(w0, p, b0);
                b1 = Vector512.FusedMultiplyAdd(w1, p, b1);
                p = Vector512.Create(Unsafe.Add(ref pc, i));
                c0 = Vector512.FusedMultiplyAdd(w0, p, c0);
                c1 = Vector512.FusedMultiplyAdd(w1, p, c1);
            }
            Store(a0, ref y, row);
            Store(a1, ref y, row + 8);
            Store(b0, ref y, s1 + row);
            Store(b1, ref y, s1 + row + 8);
            Store(c0, ref y, s2 + row);
            Store(c1, ref y, s2 + row + 8);
        }
        for (; row < end; row += 8)
        {
            Vector512<double> a = Load(ref f, row), b = Load(ref f, f1 + row), c = Load(ref f, f2 + row);
            for (int i = 0; i < count; i++)
            {
                Vector512<double> v = Load(ref w, (nuint)Unsafe.Add(ref units, i) * step + row);
                a = Vector512.FusedMultiplyAdd(v, Vector512.Create(Unsafe.Add(ref pa, i)), a);
                b = Vector512.FusedMultiplyAdd(v, Vector512.Create(Unsafe.Add(ref pb, i)), b);
                c = Vector512.FusedMultiplyAdd(v, Vector512.Create(Unsafe.Add(ref pc, i)), c);
            }
            Store(a, ref y, row);
            Store(b, ref y, s1 + row);
            Store(c, ref y, s2 + row);
        }
    }

    private static Vector512<double> Load(ref double start, nuint offset) => Vector512.LoadUnsafe(ref start, offset);

    private static void Store(Vector512<double> value, ref double start, nuint offset) => value.StoreUnsafe(ref start, offset);
}

/// <summary>Three runs of rows in an array: where the first starts, and from one to the next.</summary>
internal readonly record struct Rows(double[] Values, int At, int Stride);
