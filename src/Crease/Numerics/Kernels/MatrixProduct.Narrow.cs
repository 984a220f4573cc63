using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crease.Numerics;

internal static partial class MatrixProduct
{
    // So many rows of a panel of B, 16 KiB, stay in the nearest cache while all rows of A pass by.
    private const int NarrowTerms = 256;

    // Eight accumulators of four doubles, two of B and one of A: what 16 registers hold. Each entry of C is the same chain as with wide vectors.
    private static void AddNarrow(ref double a, int aStride, int rows, ref int terms, int count, ref double b, int bStride, ref double c, int cStride, int columns)
    {
        for (int column = 0; column < columns; column += Lanes)
        {
            for (int first = 0; first < count; first += NarrowTerms)
            {
                int length = Math.Min(NarrowTerms, count - first);
                for (int row = 0; row < rows; row += 4)
                {
                    int r1 = Math.Min(row + 1, rows - 1), r2 = Math.Min(row + 2, rows - 1), r3 = Math.Min(row + 3, rows - 1);
                    var from = new FourRows((nint)row * aStride, (nint)r1 * aStride, (nint)r2 * aStride, (nint)r3 * aStride);
                    var to = new FourRows((nint)row * cStride, (nint)r1 * cStride, (nint)r2 * cStride, (nint)r3 * cStride);
                    Narrow(ref a, from, ref Unsafe.Add(ref terms, first), length, ref Unsafe.Add(ref b, column), bStride, ref Unsafe.Add(ref c, column), to);
                }
            }
        }
    }

    // Inlined into a large caller its accumulators would not stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Narrow(ref double a, FourRows from, ref int terms, int count, ref double b, int bStride, ref double c, FourRows to)
    {
        ref double x0 = ref Unsafe.Add(ref a, from.R0), x1 = ref Unsafe.Add(ref a, from.R1), x2 = ref Unsafe.Add(ref a, from.R2), x3 = ref Unsafe.Add(ref a, from.R3);
        ref double y0 = ref Unsafe.Add(ref c, to.R0), y1 = ref Unsafe.Add(ref c, to.R1), y2 = ref Unsafe.Add(ref c, to.R2), y3 = ref Unsafe.Add(ref c, to.R3);
        Vector256<double> c00 = Vector256.LoadUnsafe(ref y0), c01 = Vector256.LoadUnsafe(ref y0, 4), c10 = Vector256.LoadUnsafe(ref y1), c11 = Vector256.LoadUnsafe(ref y1, 4);
        Vector256<double> c20 = Vector256.LoadUnsafe(ref y2), c21 = Vector256.LoadUnsafe(ref y2, 4), c30 = Vector256.LoadUnsafe(ref y3), c31 = Vector256.LoadUnsafe(ref y3, 4);
        for (int i = 0; i < count; i++)
        {
            nint k = Unsafe.Add(ref terms, i);
            ref double row = ref Unsafe.Add(ref b, k * bStride);
            Vector256<double> b0 = Vector256.LoadUnsafe(ref row), b1 = Vector256.LoadUnsafe(ref row, 4), x = Vector256.Create(Unsafe.Add(ref x0, k));
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
        c01.StoreUnsafe(ref y0, 4);
        c10.StoreUnsafe(ref y1);
        c11.StoreUnsafe(ref y1, 4);
        c20.StoreUnsafe(ref y2);
        c21.StoreUnsafe(ref y2, 4);
        c30.StoreUnsafe(ref y3);
        c31.StoreUnsafe(ref y3, 4);
    }
}
