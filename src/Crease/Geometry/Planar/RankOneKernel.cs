using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>to = from + Σ column(u) ⊗ (a_u, b_u, c_u), the inner loop of folding.</summary>
internal static class RankOneKernel
{
    // 32 rows at a time keep 12 accumulators in registers: enough independent chains to hide the latency of a multiply-add.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double[] from, double[] to, int stride, double[] columns, in Sources sources)
    {
        ref double f = ref MemoryMarshal.GetArrayDataReference(from);
        ref double y = ref MemoryMarshal.GetArrayDataReference(to);
        ref double w = ref MemoryMarshal.GetArrayDataReference(columns);
        ref int units = ref MemoryMarshal.GetReference(sources.Units);
        ref double pa = ref MemoryMarshal.GetReference(sources.A);
        ref double pb = ref MemoryMarshal.GetReference(sources.B);
        ref double pc = ref MemoryMarshal.GetReference(sources.C);
        int count = sources.Units.Length;
        nuint row = 0, end = (nuint)stride, s1 = end, s2 = 2 * end;
        for (; row + 32 <= end; row += 32)
        {
            Vector512<double> a0 = Load(ref f, row), a1 = Load(ref f, row + 8), a2 = Load(ref f, row + 16), a3 = Load(ref f, row + 24);
            Vector512<double> b0 = Load(ref f, s1 + row), b1 = Load(ref f, s1 + row + 8), b2 = Load(ref f, s1 + row + 16), b3 = Load(ref f, s1 + row + 24);
            Vector512<double> c0 = Load(ref f, s2 + row), c1 = Load(ref f, s2 + row + 8), c2 = Load(ref f, s2 + row + 16), c3 = Load(ref f, s2 + row + 24);
            for (int i = 0; i < count; i++)
            {
                nuint column = (nuint)Unsafe.Add(ref units, i) * end + row;
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
        for (; row < end; row += 8)
        {
            Vector512<double> a = Load(ref f, row), b = Load(ref f, s1 + row), c = Load(ref f, s2 + row);
            for (int i = 0; i < count; i++)
            {
                Vector512<double> v = Load(ref w, (nuint)Unsafe.Add(ref units, i) * end + row);
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
