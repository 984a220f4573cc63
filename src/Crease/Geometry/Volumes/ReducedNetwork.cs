using System.Numerics.Tensors;

namespace Crease.Geometry;

/// <summary>A network as seen from one cell: only the items that may still fold in it, everything else multiplied out.</summary>
/// <remarks>
/// Row i is the pre-activation of item i: four coefficients (a, b, c, d) of the slice coordinates and 1, then one for max(0, ·) of each
/// undecided item of earlier layers. Output rows come last. Rows of the lowest undecided layer are affine.
/// Source: locally reduced networks; cost per cell O(undecided²) instead of O(width²).
/// </remarks>
internal sealed class ReducedNetwork
{
    private readonly int[] _starts;
    private readonly double[] _numbers;

    public ReducedNetwork(int[] items, int[] firsts, int[] starts, double[] numbers) =>
        (Items, Firsts, _starts, _numbers) = (items, firsts, starts, numbers);

    /// <summary>The undecided items, ascending.</summary>
    public int[] Items { get; }

    /// <summary>Per row (items, then outputs) the number of items of earlier layers.</summary>
    public int[] Firsts { get; }

    public int Rows => Firsts.Length;

    /// <summary>Number of items in the lowest undecided layer: those whose rows are affine.</summary>
    public int Lowest
    {
        get
        {
            int count = 0;
            while (count < Items.Length && Firsts[count] == 0)
                count++;
            return count;
        }
    }

    public ReadOnlySpan<double> Row(int row) => _numbers.AsSpan(_starts[row], 4 + Firsts[row]);

    /// <summary>The plane of an item of the lowest layer, or of an output once no item is left.</summary>
    public VolumePlane Plane(int row, int id, double tolerance)
    {
        ReadOnlySpan<double> numbers = Row(row);
        return new VolumePlane(id, numbers[0], numbers[1], numbers[2], numbers[3], tolerance);
    }

    /// <summary>The network with further items decided.</summary>
    /// <param name="decisions">Per item 1 for on, -1 for off, 0 for undecided.</param>
    /// <param name="scratch">The worker's room.</param>
    public ReducedNetwork Decide(ReadOnlySpan<sbyte> decisions, ReducedScratch scratch)
    {
        int items = Items.Length, kept = 0;
        int[] before = scratch.Integers(items + 1);
        for (int i = 0; i < items; i++)
        {
            before[i] = kept;
            kept += decisions[i] == 0 ? 1 : 0;
        }
        before[items] = kept;
        if (kept == items)
            return this;
        int rows = kept + Rows - items, total = 0;
        int[] names = new int[kept], firsts = new int[rows], starts = new int[rows];
        for (int i = 0, at = 0; i < Rows; i++)
        {
            if (i < items && decisions[i] != 0)
                continue;
            if (i < items)
                names[at] = Items[i];
            (firsts[at], starts[at]) = (before[Firsts[i]], total);
            total += 4 + firsts[at++];
        }
        var numbers = new double[total];
        scratch.Folded.Clear();
        int used = 0, row = 0;
        for (int i = 0; i < Rows; i++)
        {
            sbyte decision = i < items ? decisions[i] : (sbyte)0;
            if (decision < 0)
                continue;
            int width = 4 + before[Firsts[i]];
            Span<double> to = decision == 0 ? numbers.AsSpan(starts[row++], width) : scratch.Take(ref used, width);
            Reduce(Row(i), decisions, to, scratch);
            if (decision > 0)
                scratch.Folded.Add((i, used - width, width));
        }
        return new ReducedNetwork(names, firsts, starts, numbers);
    }

    private static void Reduce(ReadOnlySpan<double> from, ReadOnlySpan<sbyte> decisions, Span<double> to, ReducedScratch scratch)
    {
        from[..4].CopyTo(to);
        ReadOnlySpan<double> columns = from[4..];
        for (int j = 0, at = 4; j < columns.Length; j++)
        {
            if (decisions[j] == 0)
                to[at++] = columns[j];
        }
        foreach ((int item, int start, int width) in scratch.Folded)
        {
            if (item >= columns.Length)
                break;
            double factor = columns[item];
            if (factor == 0)
                continue;
            scratch.Flops += 2 * width;
            Span<double> target = to[..width];
            TensorPrimitives.MultiplyAdd(scratch.Numbers(start, width), factor, target, target);
        }
    }
}

/// <summary>One worker's room for reducing networks.</summary>
internal sealed class ReducedScratch
{
    private double[] _numbers = new double[1024];
    private int[] _integers = [];

    /// <summary>Items that were switched on, with the place of their reduced rows.</summary>
    public List<(int Item, int Start, int Width)> Folded { get; } = [];

    public double Flops { get; set; }

    public int[] Integers(int count)
    {
        if (_integers.Length < count)
            _integers = new int[2 * count];
        return _integers;
    }

    public Span<double> Take(ref int used, int count)
    {
        if (used + count > _numbers.Length)
            Array.Resize(ref _numbers, 2 * (used + count));
        used += count;
        return _numbers.AsSpan(used - count, count);
    }

    public ReadOnlySpan<double> Numbers(int start, int count) => _numbers.AsSpan(start, count);
}
