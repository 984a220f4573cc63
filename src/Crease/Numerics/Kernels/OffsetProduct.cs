using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crease.Numerics;

/// <summary>C = c + A B in single precision, where a list says at which offset each row of B begins.</summary>
/// <remarks>
/// Rows of B may overlap: those of a convolution are the padded image itself, shifted. Four rows by up to 64 columns stay in registers. Every entry of C is one chain of fused multiply-adds
/// in the order of the list, so that it depends neither on how rows and columns are grouped nor on the width of the vectors. Cost: 2 · rows · list · columns operations.
/// </remarks>
internal static partial class OffsetProduct
{
    /// <summary>Columns are counted in vectors of this many numbers.</summary>
    public const int Lanes = 16;

    /// <summary>Columns that stay in registers together.</summary>
    public const int PanelColumns = 4 * Lanes;

    // So many rows of a panel of B, 24 KiB, stay in the nearest cache while all rows of A pass by.
    private const int MostTerms = 96;

    /// <summary>The smallest number of columns not below <paramref name="columns"/> that the product can write.</summary>
    public static int Padded(int columns) => (columns + Lanes - 1) & -Lanes;

    /// <summary>Adds a product.</summary>
    /// <param name="a">Shape [rows, terms], with a stride of <paramref name="aStride"/>.</param>
    /// <param name="aStride">From one row of A to the next.</param>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="offsets">Where each row of B begins. Shape [terms].</param>
    /// <param name="b">The numbers of B, all that the offsets and columns reach.</param>
    /// <param name="c">Shape [rows, columns], with a stride of <paramref name="cStride"/>; added to.</param>
    /// <param name="cStride">From one row of C to the next, at least <paramref name="columns"/>.</param>
    /// <param name="columns">A multiple of <see cref="Lanes"/>.</param>
    public static void Add(ReadOnlySpan<float> a, int aStride, int rows, ReadOnlySpan<int> offsets, ReadOnlySpan<float> b, Span<float> c, int cStride, int columns)
    {
        if (Vector512.IsHardwareAccelerated)
            AddWide(a, aStride, rows, offsets, b, c, cStride, columns);
        else
            AddNarrow(a, aStride, rows, offsets, b, c, cStride, columns);
    }

    /// <summary>The same by vectors of 16 numbers.</summary>
    internal static void AddWide(ReadOnlySpan<float> a, int aStride, int rows, ReadOnlySpan<int> offsets, ReadOnlySpan<float> b, Span<float> c, int cStride, int columns)
    {
        for (int column = 0; column < columns; column += PanelColumns)
        {
            int vectors = Math.Min(PanelColumns, columns - column) / Lanes;
            for (int first = 0; first < offsets.Length; first += MostTerms)
            {
                ReadOnlySpan<int> terms = offsets.Slice(first, Math.Min(MostTerms, offsets.Length - first));
                ref float panelB = ref Unsafe.Add(ref MemoryMarshal.GetReference(b), column);
                ref int at = ref MemoryMarshal.GetReference(terms);
                int row = 0;
                for (; row + 2 <= rows; row += 4)
                {
                    // Rows beyond the last repeat it: they compute and store the same numbers again.
                    int r1 = row + 1, r2 = Math.Min(row + 2, rows - 1), r3 = Math.Min(row + 3, rows - 1);
                    ref float from = ref Unsafe.Add(ref MemoryMarshal.GetReference(a), first);
                    ref float to = ref Unsafe.Add(ref MemoryMarshal.GetReference(c), column);
                    Rows(ref from, new FourRows(row * aStride, r1 * aStride, r2 * aStride, r3 * aStride), ref at, terms.Length, ref panelB, ref to, new FourRows(row * cStride, r1 * cStride, r2 * cStride, r3 * cStride), vectors);
                }
                if (row < rows)
                    Row(ref Unsafe.Add(ref MemoryMarshal.GetReference(a), first + row * aStride), ref at, terms.Length, ref panelB, ref Unsafe.Add(ref MemoryMarshal.GetReference(c), column + row * cStride), vectors);
            }
        }
    }

    private static void Rows(ref float a, FourRows from, ref int offsets, int count, ref float b, ref float c, FourRows to, int vectors)
    {
        switch (vectors)
        {
            case 4:
                Four512(ref a, from, ref offsets, count, ref b, ref c, to);
                break;
            case 3:
                Two512(ref a, from, ref offsets, count, ref b, ref c, to);
                One512(ref a, from, ref offsets, count, ref Unsafe.Add(ref b, 2 * Lanes), ref Unsafe.Add(ref c, 2 * Lanes), to);
                break;
            case 2:
                Two512(ref a, from, ref offsets, count, ref b, ref c, to);
                break;
            default:
                One512(ref a, from, ref offsets, count, ref b, ref c, to);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four512(ref float a, FourRows from, ref int offsets, int count, ref float b, ref float c, FourRows to)
    {
        ref float x0 = ref Unsafe.Add(ref a, from.R0), x1 = ref Unsafe.Add(ref a, from.R1), x2 = ref Unsafe.Add(ref a, from.R2), x3 = ref Unsafe.Add(ref a, from.R3);
        ref float y0 = ref Unsafe.Add(ref c, to.R0), y1 = ref Unsafe.Add(ref c, to.R1), y2 = ref Unsafe.Add(ref c, to.R2), y3 = ref Unsafe.Add(ref c, to.R3);
        Vector512<float> c00 = Load(ref y0, 0), c01 = Load(ref y0, 16), c02 = Load(ref y0, 32), c03 = Load(ref y0, 48);
        Vector512<float> c10 = Load(ref y1, 0), c11 = Load(ref y1, 16), c12 = Load(ref y1, 32), c13 = Load(ref y1, 48);
        Vector512<float> c20 = Load(ref y2, 0), c21 = Load(ref y2, 16), c22 = Load(ref y2, 32), c23 = Load(ref y2, 48);
        Vector512<float> c30 = Load(ref y3, 0), c31 = Load(ref y3, 16), c32 = Load(ref y3, 32), c33 = Load(ref y3, 48);
        for (nint k = 0; k < count; k++)
        {
            ref float row = ref Unsafe.Add(ref b, Unsafe.Add(ref offsets, k));
            Vector512<float> b0 = Load(ref row, 0), b1 = Load(ref row, 16), b2 = Load(ref row, 32), b3 = Load(ref row, 48), x = Vector512.Create(Unsafe.Add(ref x0, k));
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
        Store(ref y0, c00, c01, c02, c03);
        Store(ref y1, c10, c11, c12, c13);
        Store(ref y2, c20, c21, c22, c23);
        Store(ref y3, c30, c31, c32, c33);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Two512(ref float a, FourRows from, ref int offsets, int count, ref float b, ref float c, FourRows to)
    {
        ref float x0 = ref Unsafe.Add(ref a, from.R0), x1 = ref Unsafe.Add(ref a, from.R1), x2 = ref Unsafe.Add(ref a, from.R2), x3 = ref Unsafe.Add(ref a, from.R3);
        Vector512<float> c00 = Load(ref c, to.R0), c01 = Load(ref c, to.R0 + 16), c10 = Load(ref c, to.R1), c11 = Load(ref c, to.R1 + 16);
        Vector512<float> c20 = Load(ref c, to.R2), c21 = Load(ref c, to.R2 + 16), c30 = Load(ref c, to.R3), c31 = Load(ref c, to.R3 + 16);
        for (nint k = 0; k < count; k++)
        {
            ref float row = ref Unsafe.Add(ref b, Unsafe.Add(ref offsets, k));
            Vector512<float> b0 = Load(ref row, 0), b1 = Load(ref row, 16), x = Vector512.Create(Unsafe.Add(ref x0, k));
            c00 = Vector512.FusedMultiplyAdd(b0, x, c00);
            c01 = Vector512.FusedMultiplyAdd(b1, x, c01);
            x = Vector512.Create(Unsafe.Add(ref x1, k));
            c10 = Vector512.FusedMultiplyAdd(b0, x, c10);
            c11 = Vector512.FusedMultiplyAdd(b1, x, c11);
            x = Vector512.Create(Unsafe.Add(ref x2, k));
            c20 = Vector512.FusedMultiplyAdd(b0, x, c20);
            c21 = Vector512.FusedMultiplyAdd(b1, x, c21);
            x = Vector512.Create(Unsafe.Add(ref x3, k));
            c30 = Vector512.FusedMultiplyAdd(b0, x, c30);
            c31 = Vector512.FusedMultiplyAdd(b1, x, c31);
        }
        Store(ref c, to.R0, c00, c01);
        Store(ref c, to.R1, c10, c11);
        Store(ref c, to.R2, c20, c21);
        Store(ref c, to.R3, c30, c31);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void One512(ref float a, FourRows from, ref int offsets, int count, ref float b, ref float c, FourRows to)
    {
        ref float x0 = ref Unsafe.Add(ref a, from.R0), x1 = ref Unsafe.Add(ref a, from.R1), x2 = ref Unsafe.Add(ref a, from.R2), x3 = ref Unsafe.Add(ref a, from.R3);
        Vector512<float> c0 = Load(ref c, to.R0), c1 = Load(ref c, to.R1), c2 = Load(ref c, to.R2), c3 = Load(ref c, to.R3);
        for (nint k = 0; k < count; k++)
        {
            Vector512<float> row = Load(ref Unsafe.Add(ref b, Unsafe.Add(ref offsets, k)), 0);
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

    // A single row, as of an image with one channel: four chains hide the latency of each other.
    private static void Row(ref float a, ref int offsets, int count, ref float b, ref float c, int vectors)
    {
        if (vectors == 4)
        {
            Vector512<float> c0 = Load(ref c, 0), c1 = Load(ref c, 16), c2 = Load(ref c, 32), c3 = Load(ref c, 48);
            for (nint k = 0; k < count; k++)
            {
                ref float row = ref Unsafe.Add(ref b, Unsafe.Add(ref offsets, k));
                Vector512<float> x = Vector512.Create(Unsafe.Add(ref a, k));
                c0 = Vector512.FusedMultiplyAdd(Load(ref row, 0), x, c0);
                c1 = Vector512.FusedMultiplyAdd(Load(ref row, 16), x, c1);
                c2 = Vector512.FusedMultiplyAdd(Load(ref row, 32), x, c2);
                c3 = Vector512.FusedMultiplyAdd(Load(ref row, 48), x, c3);
            }
            Store(ref c, c0, c1, c2, c3);
            return;
        }
        for (int v = 0; v < vectors; v++)
        {
            Vector512<float> sum = Load(ref c, v * Lanes);
            for (nint k = 0; k < count; k++)
                sum = Vector512.FusedMultiplyAdd(Load(ref Unsafe.Add(ref b, Unsafe.Add(ref offsets, k)), v * Lanes), Vector512.Create(Unsafe.Add(ref a, k)), sum);
            sum.StoreUnsafe(ref c, (nuint)(v * Lanes));
        }
    }

    private static Vector512<float> Load(ref float start, nint offset) => Vector512.LoadUnsafe(ref start, (nuint)offset);

    private static void Store(ref float start, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        v0.StoreUnsafe(ref start);
        v1.StoreUnsafe(ref start, 16);
        v2.StoreUnsafe(ref start, 32);
        v3.StoreUnsafe(ref start, 48);
    }

    private static void Store(ref float start, nint at, Vector512<float> v0, Vector512<float> v1)
    {
        v0.StoreUnsafe(ref start, (nuint)at);
        v1.StoreUnsafe(ref start, (nuint)at + 16);
    }
}
