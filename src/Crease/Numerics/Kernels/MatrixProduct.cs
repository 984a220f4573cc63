using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crease.Numerics;

/// <summary>C += A B in float64, with the columns of A that matter named by a list.</summary>
/// <remarks>
/// Four rows by up to 32 columns stay in registers, or by 8 on machines with 16 registers of 4 doubles. Every entry of C is one chain of fused multiply-adds in the order of the list, so that it does not
/// depend on how rows and columns are grouped. Cost: 2 · rows · list · columns operations, at near the rate of the machine from about 8 rows on.
/// </remarks>
internal static partial class MatrixProduct
{
    /// <summary>Columns are counted in vectors of this many doubles.</summary>
    public const int Lanes = 8;

    private const int MostVectors = 4;

    /// <summary>The smallest number of columns not below <paramref name="columns"/> that the product can write.</summary>
    public static int Padded(int columns) => (columns + Lanes - 1) & -Lanes;

    /// <summary>Adds a product.</summary>
    /// <param name="a">Shape [rows, any], from <paramref name="aAt"/> with a stride of <paramref name="aStride"/>.</param>
    /// <param name="aAt">Where A starts.</param>
    /// <param name="aStride">From one row of A to the next.</param>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="terms">Which columns of A, and rows of B, are summed.</param>
    /// <param name="b">Shape [any, columns].</param>
    /// <param name="bStride">From one row of B to the next, at least <paramref name="columns"/>.</param>
    /// <param name="c">Shape [rows, columns]; added to.</param>
    /// <param name="cAt">Where C starts.</param>
    /// <param name="cStride">From one row of C to the next, at least <paramref name="columns"/>.</param>
    /// <param name="columns">A multiple of <see cref="Lanes"/>.</param>
    public static void Add(double[] a, int aAt, int aStride, int rows, ReadOnlySpan<int> terms, double[] b, int bStride, double[] c, int cAt, int cStride, int columns) =>
        Add(a, aAt, aStride, rows, terms, b, 0, bStride, c, cAt, cStride, columns);

    /// <summary>Adds a product.</summary>
    /// <param name="a">Shape [rows, any], from <paramref name="aAt"/> with a stride of <paramref name="aStride"/>.</param>
    /// <param name="aAt">Where A starts.</param>
    /// <param name="aStride">From one row of A to the next.</param>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="terms">Which columns of A, and rows of B, are summed.</param>
    /// <param name="b">Shape [any, columns].</param>
    /// <param name="bAt">Where B starts.</param>
    /// <param name="bStride">From one row of B to the next, at least <paramref name="columns"/>.</param>
    /// <param name="c">Shape [rows, columns]; added to.</param>
    /// <param name="cAt">Where C starts.</param>
    /// <param name="cStride">From one row of C to the next, at least <paramref name="columns"/>.</param>
    /// <param name="columns">A multiple of <see cref="Lanes"/>.</param>
    public static void Add(double[] a, int aAt, int aStride, int rows, ReadOnlySpan<int> terms, double[] b, int bAt, int bStride, double[] c, int cAt, int cStride, int columns)
    {
        ref double a0 = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(a), aAt);
        ref double b0 = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(b), bAt);
        ref double c0 = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(c), cAt);
        ref int t = ref MemoryMarshal.GetReference(terms);
        if (!Vector512.IsHardwareAccelerated)
        {
            AddNarrow(ref a0, aStride, rows, ref t, terms.Length, ref b0, bStride, ref c0, cStride, columns);
            return;
        }
        int vectors = columns / Lanes, panels = (vectors + MostVectors - 1) / MostVectors;
        for (int panel = 0, at = 0; panel < panels; panel++)
        {
            // Panels of nearly equal width: a last one of a single vector could not hide the latency of its chain.
            int width = (vectors - at + panels - panel - 1) / (panels - panel);
            for (int row = 0; row < rows; row += 4)
            {
                // Rows beyond the last repeat it: they compute and store the same numbers again.
                int r1 = Math.Min(row + 1, rows - 1), r2 = Math.Min(row + 2, rows - 1), r3 = Math.Min(row + 3, rows - 1);
                var from = new FourRows(row * aStride, r1 * aStride, r2 * aStride, r3 * aStride);
                var to = new FourRows(row * cStride, r1 * cStride, r2 * cStride, r3 * cStride);
                ref double panelB = ref Unsafe.Add(ref b0, at * Lanes);
                ref double panelC = ref Unsafe.Add(ref c0, at * Lanes);
                switch (width)
                {
                    case 4:
                        Wide(ref a0, from, ref t, terms.Length, ref panelB, bStride, ref panelC, to);
                        break;
                    case 3:
                        Three(ref a0, from, ref t, terms.Length, ref panelB, bStride, ref panelC, to);
                        break;
                    default:
                        for (int v = 0; v < width; v++)
                            One(ref a0, from, ref t, terms.Length, ref Unsafe.Add(ref panelB, v * Lanes), bStride, ref Unsafe.Add(ref panelC, v * Lanes), to);
                        break;
                }
            }
            at += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(ref double a, FourRows from, ref int terms, int count, ref double b, int bStride, ref double c, FourRows to)
    {
        ref double x0 = ref Unsafe.Add(ref a, from.R0), x1 = ref Unsafe.Add(ref a, from.R1), x2 = ref Unsafe.Add(ref a, from.R2), x3 = ref Unsafe.Add(ref a, from.R3);
        ref double y0 = ref Unsafe.Add(ref c, to.R0), y1 = ref Unsafe.Add(ref c, to.R1), y2 = ref Unsafe.Add(ref c, to.R2), y3 = ref Unsafe.Add(ref c, to.R3);
        Vector512<double> c00 = Load(ref y0, 0), c01 = Load(ref y0, 8), c02 = Load(ref y0, 16), c03 = Load(ref y0, 24);
        Vector512<double> c10 = Load(ref y1, 0), c11 = Load(ref y1, 8), c12 = Load(ref y1, 16), c13 = Load(ref y1, 24);
        Vector512<double> c20 = Load(ref y2, 0), c21 = Load(ref y2, 8), c22 = Load(ref y2, 16), c23 = Load(ref y2, 24);
        Vector512<double> c30 = Load(ref y3, 0), c31 = Load(ref y3, 8), c32 = Load(ref y3, 16), c33 = Load(ref y3, 24);
        for (int i = 0; i < count; i++)
        {
            nint k = Unsafe.Add(ref terms, i);
            ref double row = ref Unsafe.Add(ref b, k * bStride);
            Vector512<double> b0 = Load(ref row, 0), b1 = Load(ref row, 8), b2 = Load(ref row, 16), b3 = Load(ref row, 24), x = Vector512.Create(Unsafe.Add(ref x0, k));
            c00 = Vector512.FusedMultiplyAdd(b0, x, c00);
            c01 = Vector512.FusedMultiplyAdd(b1, x, c01);
            c02 = Vector512.FusedMultiplyAdd(b2, x, c02);
            c03 = Vector512.FusedMultiplyAdd(b3, x, c03);
            x = Vector512.Create(Unsafe.Add(ref x1, k));
            c10 = Vector512.FusedMultiplyAdd(b0, x, c10);
            c11 = Vector512.FusedMultiplyAdd(b1, x, c11);
            c12 = Vector512.FusedMultiplyAdd(b2, x, c12);
            c13 = Vector512.FusedMultiplyAdd(b3, x, c13);
            x = Vector512.Create(Unsafe.Add(ref x2, k));
            c20 = Vector512.FusedMultiplyAdd(b0, x, c20);
            c21 = Vector512.FusedMultiplyAdd(b1, x, c21);
            c22 = Vector512.FusedMultiplyAdd(b2, x, c22);
            c23 = Vector512.FusedMultiplyAdd(b3, x, c23);
            x = Vector512.Create(Unsafe.Add(ref x3, k));
            c30 = Vector512.FusedMultiplyAdd(b0, x, c30);
            c31 = Vector512.FusedMultiplyAdd(b1, x, c31);
            c32 = Vector512.FusedMultiplyAdd(b2, x, c32);
            c33 = Vector512.FusedMultiplyAdd(b3, x, c33);
        }
        Store(ref y0, c00, c01, c02);
        c03.StoreUnsafe(ref y0, 24);
        Store(ref y1, c10, c11, c12);
        c13.StoreUnsafe(ref y1, 24);
        Store(ref y2, c20, c21, c22);
        c23.StoreUnsafe(ref y2, 24);
        Store(ref y3, c30, c31, c32);
        c33.StoreUnsafe(ref y3, 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three(ref double a, FourRows from, ref int terms, int count, ref double b, int bStride, ref double c, FourRows to)
    {
        ref double x0 = ref Unsafe.Add(ref a, from.R0), x1 = ref Unsafe.Add(ref a, from.R1), x2 = ref Unsafe.Add(ref a, from.R2), x3 = ref Unsafe.Add(ref a, from.R3);
        ref double y0 = ref Unsafe.Add(ref c, to.R0), y1 = ref Unsafe.Add(ref c, to.R1), y2 = ref Unsafe.Add(ref c, to.R2), y3 = ref Unsafe.Add(ref c, to.R3);
        Vector512<double> c00 = Load(ref y0, 0), c01 = Load(ref y0, 8), c02 = Load(ref y0, 16);
        Vector512<double> c10 = Load(ref y1, 0), c11 = Load(ref y1, 8), c12 = Load(ref y1, 16);
        Vector512<double> c20 = Load(ref y2, 0), c21 = Load(ref y2, 8), c22 = Load(ref y2, 16);
        Vector512<double> c30 = Load(ref y3, 0), c31 = Load(ref y3, 8), c32 = Load(ref y3, 16);
        for (int i = 0; i < count; i++)
        {
            nint k = Unsafe.Add(ref terms, i);
            ref double row = ref Unsafe.Add(ref b, k * bStride);
            Vector512<double> b0 = Load(ref row, 0), b1 = Load(ref row, 8), b2 = Load(ref row, 16), x = Vector512.Create(Unsafe.Add(ref x0, k));
            c00 = Vector512.FusedMultiplyAdd(b0, x, c00);
            c01 = Vector512.FusedMultiplyAdd(b1, x, c01);
            c02 = Vector512.FusedMultiplyAdd(b2, x, c02);
            x = Vector512.Create(Unsafe.Add(ref x1, k));
            c10 = Vector512.FusedMultiplyAdd(b0, x, c10);
            c11 = Vector512.FusedMultiplyAdd(b1, x, c11);
            c12 = Vector512.FusedMultiplyAdd(b2, x, c12);
            x = Vector512.Create(Unsafe.Add(ref x2, k));
            c20 = Vector512.FusedMultiplyAdd(b0, x, c20);
            c21 = Vector512.FusedMultiplyAdd(b1, x, c21);
            c22 = Vector512.FusedMultiplyAdd(b2, x, c22);
            x = Vector512.Create(Unsafe.Add(ref x3, k));
            c30 = Vector512.FusedMultiplyAdd(b0, x, c30);
            c31 = Vector512.FusedMultiplyAdd(b1, x, c31);
            c32 = Vector512.FusedMultiplyAdd(b2, x, c32);
        }
        Store(ref y0, c00, c01, c02);
        Store(ref y1, c10, c11, c12);
        Store(ref y2, c20, c21, c22);
        Store(ref y3, c30, c31, c32);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(ref double a, FourRows from, ref int terms, int count, ref double b, int bStride, ref double c, FourRows to)
    {
        ref double x0 = ref Unsafe.Add(ref a, from.R0), x1 = ref Unsafe.Add(ref a, from.R1), x2 = ref Unsafe.Add(ref a, from.R2), x3 = ref Unsafe.Add(ref a, from.R3);
        Vector512<double> c0 = Load(ref c, to.R0), c1 = Load(ref c, to.R1), c2 = Load(ref c, to.R2), c3 = Load(ref c, to.R3);
        for (int i = 0; i < count; i++)
        {
            nint k = Unsafe.Add(ref terms, i);
            Vector512<double> row = Load(ref Unsafe.Add(ref b, k * bStride), 0);
            c0 = Vector512.FusedMultiplyAdd(row, Vector512.Create(Unsafe.Add(ref x0, k)), c0);
            c1 = Vector512.FusedMultiplyAdd(row, Vector512.Create(Unsafe.Add(ref x1, k)), c1);
            c2 = Vector512.FusedMultiplyAdd(row, Vector512.Create(Unsafe.Add(ref x2, k)), c2);
            c3 = Vector512.FusedMultiplyAdd(row, Vector512.Create(Unsafe.Add(ref x3, k)), c3);
        }
        c0.StoreUnsafe(ref c, (nuint)to.R0);
        c1.StoreUnsafe(ref c, (nuint)to.R1);
        c2.StoreUnsafe(ref c, (nuint)to.R2);
        c3.StoreUnsafe(ref c, (nuint)to.R3);
    }

    private static Vector512<double> Load(ref double start, nint offset) => Vector512.LoadUnsafe(ref start, (nuint)offset);

    private static void Store(ref double start, Vector512<double> v0, Vector512<double> v1, Vector512<double> v2)
    {
        v0.StoreUnsafe(ref start);
        v1.StoreUnsafe(ref start, 8);
        v2.StoreUnsafe(ref start, 16);
    }
}
