using System.Numerics.Tensors;

namespace Crease.Models;

/// <summary>Rows of one byte per number, as files of images hold them: an eighth of the memory of numbers, which are made where they are asked for.</summary>
/// <remarks>Rows are joined, and most of them picked, without a copy.</remarks>
internal sealed class ByteRows
{
    /// <summary>Number of different bytes.</summary>
    public const int Values = 256;

    private readonly ReadOnlyMemory<byte>[] _rows;
    private readonly double[] _numbers;
    private readonly Lazy<double[][]> _all;

    private ByteRows(ReadOnlyMemory<byte>[] rows, double[] numbers)
    {
        (_rows, _numbers) = (rows, numbers);
        _all = new Lazy<double[][]>(() => Array.ConvertAll(_rows, Unpacked));
    }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>Numbers in each row; 0 without rows.</summary>
    public int Size => _rows.Length == 0 ? 0 : _rows[0].Length;

    /// <summary>All rows as numbers; made at the first call and kept.</summary>
    public double[][] All => _all.Value;

    /// <summary>Rows at equal distances in the content of a file.</summary>
    /// <param name="bytes">The content; not copied.</param>
    /// <param name="start">Where the first row starts.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="size">Numbers per row.</param>
    /// <param name="step">Bytes from row to row.</param>
    /// <param name="scale">What a byte is divided by: 255 for pixels.</param>
    public static ByteRows Of(byte[] bytes, int start, int count, int size, int step, double scale)
    {
        var rows = new ReadOnlyMemory<byte>[count];
        for (int r = 0; r < count; r++)
            rows[r] = bytes.AsMemory((int)(start + (long)r * step), size);
        return new ByteRows(rows, Numbers(scale));
    }

    /// <summary>Rows that lie apart.</summary>
    /// <param name="rows">Of one length; not copied.</param>
    /// <param name="scale">What a byte is divided by: 255 for pixels.</param>
    public static ByteRows Of(byte[][] rows, double scale) => new(Array.ConvertAll(rows, row => new ReadOnlyMemory<byte>(row)), Numbers(scale));

    /// <summary>The rows of several files after each other.</summary>
    /// <param name="parts">Of one size and one scale; at least one.</param>
    public static ByteRows Joined(IReadOnlyList<ByteRows> parts) => new([.. parts.SelectMany(part => part._rows)], parts[0]._numbers);

    /// <summary>Some rows, in the order given.</summary>
    /// <param name="rows">0-based rows that exist.</param>
    public ByteRows Pick(IReadOnlyList<int> rows)
    {
        ReadOnlyMemory<byte>[] picked = [.. rows.Select(row => _rows[row])];
        // A few rows must not keep the content of a large file.
        return new ByteRows(picked.Length > Count / 2 ? picked : Array.ConvertAll(picked, row => new ReadOnlyMemory<byte>(row.ToArray())), _numbers);
    }

    /// <summary>One row as numbers.</summary>
    /// <param name="index">0-based row.</param>
    public double[] Row(int index) => _all.IsValueCreated ? All[index] : Unpacked(_rows[index]);

    /// <summary>One byte as it is.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="index">0-based place in the row.</param>
    public byte ByteAt(int row, int index) => _rows[row].Span[index];

    /// <summary>Writes one row.</summary>
    /// <param name="index">0-based row.</param>
    /// <param name="target">Shape [size]; overwritten.</param>
    public void CopyTo(int index, Span<double> target) => Unpack(_rows[index].Span, target);

    /// <summary>Smallest and largest number.</summary>
    public DataRange Range()
    {
        (byte low, byte high) = (byte.MaxValue, byte.MinValue);
        foreach (ReadOnlyMemory<byte> row in _rows)
        {
            low = Math.Min(low, TensorPrimitives.Min(row.Span));
            high = Math.Max(high, TensorPrimitives.Max(row.Span));
        }
        return new DataRange(_numbers[low], _numbers[high], IsMeasured: true);
    }

    private static double[] Numbers(double scale) => [.. Enumerable.Range(0, Values).Select(value => value / scale)];

    private double[] Unpacked(ReadOnlyMemory<byte> row)
    {
        var numbers = new double[row.Length];
        Unpack(row.Span, numbers);
        return numbers;
    }

    private void Unpack(ReadOnlySpan<byte> bytes, Span<double> target)
    {
        ReadOnlySpan<double> numbers = _numbers;
        for (int i = 0; i < bytes.Length; i++)
            target[i] = numbers[bytes[i]];
    }
}
