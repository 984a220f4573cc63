using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crease.Numerics;

internal static partial class OffsetProduct
{
    // Twice the lanes of a narrow vector.
    private const int NarrowTerms = 256;

    /// <summary>The same by vectors of 8 numbers, eight accumulators: what machines with 16 registers hold. Each entry of C is the same chain.</summary>
    internal static void AddNarrow(ReadOnlySpan<float> a, int aStride, int rows, ReadOnlySpan<int> offsets, ReadOnlySpan<float> b, Span<float> c, int cStride, int columns)
    {
        for (int column = 0; column < columns; column += Lanes)
        {
            for (int first = 0; first < offsets.Length; first += NarrowTerms)
            {
                ReadOnlySpan<int> terms = offsets.Slice(first, Math.Min(NarrowTerms, offsets.Length - first));
                for (int row = 0; row < rows; row += 4)
                {
                    int r1 = Math.Min(row + 1, rows - 1), r2 = Math.Min(row + 2, rows - 1), r3 = Math.Min(row + 3, rows - 1);
                    Narrow(ref Unsafe.Add(ref MemoryMarshal.GetReference(a), first), new FourRows(row * aStride, r1 * aStride, r2 * aStride, r3 * aStride), ref MemoryMarshal.GetReference(terms), terms.Length,
                        ref Unsafe.Add(ref MemoryMarshal.GetReference(b), column), ref Unsafe.Add(ref MemoryMarshal.GetReference(c), column), new FourRows(row * cStride, r1 * cStride, r2 * cStride, r3 * cStride));
                }
            }
        }
    }

    // Inlined into a large caller its accumulators would not stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Narrow(ref float a, FourRows from, ref int offsets, int count, ref float b, ref float c, FourRows to)
    {
        ref float x0 = ref Unsafe.Add(ref a, from.R0), x1 = ref Unsafe.Add(ref a, from.R1), x2 = ref Unsafe.Add(ref a, from.R2), x3 = ref Unsafe.Add(ref a, from.R3);
        ref float y0 = ref Unsafe.Add(ref c, to.R0), y1 = ref Unsafe.Add(ref c, to.R1), y2 = ref Unsafe.Add(ref c, to.R2), y3 = ref Unsafe.Add(ref c, to.R3);
        Vector256<float> c00 = Vector256.LoadUnsafe(ref y0), c01 = Vector256.LoadUnsafe(ref y0, 8), c10 = Vector256.LoadUnsafe(ref y1), c11 = Vector256.LoadUnsafe(ref y1, 8);
        Vector256<float> c20 = Vector256.LoadUnsafe(ref y2), c21 = Vector256.LoadUnsafe(ref y2, 8), c30 = Vector256.LoadUnsafe(ref y3), c31 = Vector256.LoadUnsafe(ref y3, 8);
        for (nint k = 0; k < count; k++)
        {
            ref float row = ref Unsafe.Add(ref b, Unsafe.Add(ref offsets, k));
            Vector256<float> b0 = Vector256.LoadUnsafe(ref row), b1 = Vector256.LoadUnsafe(ref row, 8), x = Vector256.Create(Unsafe.Add(ref x0, k));
            c00 = Vector256.FusedMultiplyAdd(b0, x, c00);
            c01 = Vector256.FusedMultiplyAdd(b1, x, c01);
            x = Vector256.Create(Unsafe.Add(ref x1, k));
            c10 = Vector256.FusedMultiplyAdd(b0, x, c10);
            c11 = Vector256.FusedMultiplyAdd(b1, x, c11);
            x = Vector256.Create(Unsafe.Add(ref x2, k));
            c20 = Vector256.FusedMultiplyAdd(b0, x, c20);
            c21 = Vector256.FusedMultiplyAdd(b1, x, c21);
            x = Vector256.Create(Unsafe.Add(ref x3, k));
            c30 = Vector256.FusedMultiplyAdd(b0, x, c30);
            c31 = Vector256.FusedMultiplyAdd(b1, x, c31);
        }
        c00.StoreUnsafe(ref y0);
        c01.StoreUnsafe(ref y0, 8);
        c10.StoreUnsafe(ref y1);
        c11.StoreUnsafe(ref y1, 8);
        c20.StoreUnsafe(ref y2);
        c21.StoreUnsafe(ref y2, 8);
        c30.StoreUnsafe(ref y3);
        c31.StoreUnsafe(ref y3, 8);
    }
}
