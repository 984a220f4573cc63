using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>Bounds on what is left of a network over one cell: two planes per item, evaluated at the cell's corners.</summary>
/// <remarks>
/// A lower and an upper plane for every item come from those of earlier items; an undecided max(0, h) with h in [l, u] lies above 0 and h and below
/// u (h - l) / (u - l) (<c>zhang2018crown</c>). The output is bounded once more backwards, from the output to the slice coordinates, which is
/// tighter. All margins cover rounding, so a decision is a proof up to the rounding bound of the item.
/// </remarks>
internal sealed class ReducedBounds(int layers)
{
    // A relaxed plane is at most twice as large as what it was made of, once per layer.
    private readonly double _relaxation = Math.ScaleB(4, layers);

    // Lower and upper plane of max(0, h), then the same two swapped: 16 numbers per item.
    private double[] _planes = [];
    private double[] _backward = [];
    private double[] _corners = [];
    private int _count;
    private double _shift;

    public double Flops { get; private set; }

    /// <summary>Per undecided item the smallest and largest possible value over the cell.</summary>
    public double[] Low { get; private set; } = [];

    public double[] High { get; private set; } = [];

    /// <summary>Bounds all items of a network and decides those that cannot change sign.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="tolerances">Per item of the whole network its rounding bound.</param>
    /// <param name="decisions">Per item of <paramref name="network"/>: those known stay, others become 1 or -1 where proved.</param>
    public void Decide(ReducedNetwork network, Polyhedron cell, double[] tolerances, Span<sbyte> decisions)
    {
        Prepare(network, cell);
        int items = network.Items.Length;
        ref double planes = ref MemoryMarshal.GetArrayDataReference(_planes);
        for (int i = 0; i < items; i++)
        {
            if (decisions[i] < 0)
            {
                Vector512<double>.Zero.StoreUnsafe(ref planes, (nuint)(16 * i));
                Vector512<double>.Zero.StoreUnsafe(ref planes, (nuint)(16 * i + 8));
                continue;
            }
            Vector512<double> both = Planes(network.Row(i), ref planes);
            Vector512<double> relaxed = both;
            if (decisions[i] == 0)
            {
                (double low, double high) = Range(both, Margin(tolerances[network.Items[i]]));
                (Low[i], High[i]) = (low, high);
                decisions[i] = (sbyte)(low > 0 ? 1 : high < 0 ? -1 : 0);
                relaxed = decisions[i] > 0 ? both : decisions[i] < 0 ? Vector512<double>.Zero : Relaxed(both, low, high);
            }
            relaxed.StoreUnsafe(ref planes, (nuint)(16 * i));
            Vector512.Create(relaxed.GetUpper(), relaxed.GetLower()).StoreUnsafe(ref planes, (nuint)(16 * i + 8));
        }
    }

    /// <summary>The sign that an output row has all over the cell, or 0; call after <see cref="Decide"/>.</summary>
    public int OutputSign(ReducedNetwork network, int row, double tolerance, ReadOnlySpan<sbyte> decisions)
    {
        double margin = Margin(tolerance);
        (double low, double high) = Range(Planes(network.Row(row), ref MemoryMarshal.GetArrayDataReference(_planes)), margin);
        if (low > 0)
            return 1;
        if (high < 0)
            return -1;
        // Only the side that can still be proved is worth a backward pass.
        if (low + high > 0)
            return Backward(network, row, decisions, 1) - margin > 0 ? 1 : 0;
        return Backward(network, row, decisions, -1) - margin > 0 ? -1 : 0;
    }

    private void Prepare(ReducedNetwork network, Polyhedron cell)
    {
        int items = network.Items.Length;
        if (Low.Length < items)
        {
            (Low, High) = (new double[2 * items], new double[2 * items]);
            _planes = new double[32 * items];
        }
        if (_planes.Length == 0)
            _planes = new double[16];
        if (_corners.Length < 3 * cell.Corners.Length)
            _corners = new double[6 * cell.Corners.Length];
        _count = cell.Corners.Length;
        for (int c = 0; c < _count; c++)
            (_corners[3 * c], _corners[3 * c + 1], _corners[3 * c + 2]) = (cell.Corners[c].X, cell.Corners[c].Y, cell.Corners[c].Z);
        _shift = cell.Shift;
    }

    private double Margin(double tolerance) => _relaxation * tolerance;

    private Vector512<double> Planes(ReadOnlySpan<double> row, ref double planes)
    {
        Vector256<double> affine = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(row));
        Vector512<double> first = Vector512.Create(affine, affine), second = Vector512<double>.Zero;
        Flops += 32 * row.Length;
        for (int j = 4; j < row.Length; j++)
        {
            double factor = row[j];
            nuint at = (nuint)(16 * (j - 4));
            if (factor > 0)
                first = Vector512.FusedMultiplyAdd(Vector512.Create(factor), Vector512.LoadUnsafe(ref planes, at), first);
            else
                second = Vector512.FusedMultiplyAdd(Vector512.Create(factor), Vector512.LoadUnsafe(ref planes, at + 8), second);
        }
        return first + second;
    }

    private static Vector512<double> Relaxed(Vector512<double> both, double low, double high)
    {
        Vector256<double> lower = high > -low ? both.GetLower() : Vector256<double>.Zero;
        double slope = high > low ? high / (high - low) : 0;
        Vector256<double> upper = slope * (both.GetUpper() - Vector256.Create(0, 0, 0, low));
        return Vector512.Create(lower, upper);
    }

    private (double Low, double High) Range(Vector512<double> both, double margin)
    {
        Vector256<double> lower = both.GetLower(), upper = both.GetUpper();
        double low = Least(lower[0], lower[1], lower[2]) + lower[3], high = -Least(-upper[0], -upper[1], -upper[2]) + upper[3];
        return (low - margin - _shift * Size(lower), high + margin + _shift * Size(upper));
    }

    private static double Size(Vector256<double> plane) => Math.Abs(plane[0]) + Math.Abs(plane[1]) + Math.Abs(plane[2]);

    private double Least(double a, double b, double c)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < 3 * _count; i += 3)
            least = Math.Min(least, a * _corners[i] + b * _corners[i + 1] + c * _corners[i + 2]);
        return least;
    }

    // The least value over the cell of sign · output, from one plane below it.
    private double Backward(ReducedNetwork network, int row, ReadOnlySpan<sbyte> decisions, int sign)
    {
        ReadOnlySpan<double> from = network.Row(row);
        if (_backward.Length < from.Length)
            _backward = new double[2 * from.Length];
        Span<double> left = _backward.AsSpan(0, from.Length);
        for (int i = 0; i < from.Length; i++)
            left[i] = sign * from[i];
        for (int j = from.Length - 5; j >= 0; j--)
        {
            double factor = left[4 + j];
            if (factor == 0 || decisions[j] < 0)
                continue;
            double slope = 1;
            if (decisions[j] == 0)
            {
                double low = Low[j], high = High[j];
                if (factor > 0)
                {
                    slope = high > -low ? 1 : 0;
                }
                else
                {
                    slope = high > low ? high / (high - low) : 0;
                    left[3] -= factor * slope * low;
                }
            }
            if (slope == 0)
                continue;
            ReadOnlySpan<double> source = network.Row(j);
            Flops += 2 * source.Length;
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(source, factor * slope, left[..source.Length], left[..source.Length]);
        }
        return Least(left[0], left[1], left[2]) + left[3] - _shift * (Math.Abs(left[0]) + Math.Abs(left[1]) + Math.Abs(left[2]));
    }
}
