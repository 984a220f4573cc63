using System.Numerics.Tensors;

namespace Crease.Numerics;

/// <summary>Squared Euclidean distances in blocks, as ‖x‖² + ‖y‖² - 2 x·y of centered rows by matrix products.</summary>
/// <remarks>
/// Each unordered pair of blocks is computed once. A value differs from the exact one by at most <see cref="ErrorOf"/>: the product of n terms adds at most n units in the last place of
/// the sum of magnitudes, which is at most 2 (‖x‖² + ‖y‖²), and centering and norms add the same order again. Cost: points² · columns FLOPs; memory points · columns numbers and a few blocks per thread.
/// </remarks>
internal sealed class DistanceBlocks
{
    /// <summary>Points of a block.</summary>
    public const int Size = 256;

    // Rows, terms and columns of one product: its panel of B, 32 KiB, stays in the nearest cache, and A and C in the next.
    private const int Rows = 128, Terms = 128, Panel = 32;

    private readonly double[][] _blocks;
    private readonly double[] _norms;
    private readonly int _columns, _stride;
    private readonly double _largest, _unit;
    private readonly int[][] _terms;

    /// <summary>Centers and packs rows.</summary>
    /// <param name="rows">One array per point, all of the same length.</param>
    /// <param name="run">Threads and cancellation.</param>
    public DistanceBlocks(IReadOnlyList<double[]> rows, RunContext run)
    {
        Count = rows.Count;
        (int[] varying, double[] centers) = Varying(rows);
        _columns = varying.Length;
        _stride = MatrixProduct.Padded(Math.Max(1, _columns));
        _blocks = new double[(Count + Size - 1) / Size][];
        _norms = new double[_blocks.Length * Size];
        // Places beyond the last point are infinitely far away.
        Array.Fill(_norms, double.PositiveInfinity, Count, _norms.Length - Count);
        Workers.InParts(_blocks.Length, 1, run, () => 0, (_, block, _) =>
        {
            double[] packed = new double[Size * _stride];
            for (int i = block * Size; i < Math.Min(Count, (block + 1) * Size); i++)
            {
                double norm = 0;
                Span<double> to = packed.AsSpan((i - block * Size) * _stride, _columns);
                double[] row = rows[i];
                for (int c = 0; c < to.Length; c++)
                {
                    to[c] = row[varying[c]] - centers[c];
                    norm = Math.FusedMultiplyAdd(to[c], to[c], norm);
                }
                _norms[i] = norm;
            }
            _blocks[block] = packed;
        });
        for (int i = 0; i < Count; i++)
            _largest = Math.Max(_largest, _norms[i]);
        _unit = (4.0 * _columns + 32) * Math.Pow(2, -52);
        _terms = [.. Enumerable.Range(0, (_columns + Terms - 1) / Terms).Select(part => Enumerable.Range(part * Terms, Math.Min(Terms, _columns - part * Terms)).ToArray())];
    }

    /// <summary>Number of points.</summary>
    public int Count { get; }

    /// <summary>Number of blocks.</summary>
    public int Blocks => _blocks.Length;

    /// <summary>Columns in which points differ.</summary>
    public int Columns => _columns;

    /// <summary>Bound on the error of all squared distances from a point.</summary>
    public double ErrorOf(int point) => _unit * (_norms[point] + _largest);

    /// <summary>Visits all unordered pairs of blocks, on several threads.</summary>
    /// <param name="run">Threads, cancellation and progress.</param>
    /// <param name="visit">Given first row, number of rows, first column, and squared distances of shape [rows, <see cref="Size"/>] with a stride of <see cref="Size"/>; rows come before columns, or lie in the same block.</param>
    public void ForPairs(RunContext run, Action<int, int, int, double[]> visit)
    {
        long done = 0, all = (long)Blocks * (Blocks + 1) / 2;
        // The longest strips first, so that no thread is left with one at the end.
        Workers.InParts(Blocks, 1, run, () => new Worker(_stride), (worker, part, _) =>
        {
            int block = Blocks - 1 - part;
            Transpose(block, worker);
            for (int other = 0; other <= block; other++)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                int points = Math.Min(Size, Count - other * Size);
                for (int first = 0; first < points; first += Rows)
                {
                    int rows = Math.Min(Rows, points - first);
                    Multiply(worker, other, first, rows, block);
                    visit(other * Size + first, rows, block * Size, worker.C);
                }
                long sofar = Interlocked.Increment(ref done);
                run.Progress?.Report(new Progress((double)sofar / all, 0));
            }
        });
    }

    private static (int[] Varying, double[] Centers) Varying(IReadOnlyList<double[]> rows)
    {
        int columns = rows[0].Length;
        double[] low = [.. rows[0]], high = [.. rows[0]], sum = new double[columns];
        foreach (double[] row in rows)
        {
            for (int c = 0; c < columns; c++)
            {
                low[c] = Math.Min(low[c], row[c]);
                high[c] = Math.Max(high[c], row[c]);
                sum[c] += row[c];
            }
        }
        int[] varying = [.. Enumerable.Range(0, columns).Where(c => low[c] < high[c])];
        return (varying, [.. varying.Select(c => sum[c] / rows.Count)]);
    }

    private void Transpose(int block, Worker worker)
    {
        double[] from = _blocks[block];
        for (int panel = 0; panel < Size / Panel; panel++)
        {
            double[] to = worker.B[panel];
            for (int j = 0; j < Panel; j++)
            {
                int at = (panel * Panel + j) * _stride;
                for (int c = 0; c < _columns; c++)
                    to[c * Panel + j] = -2 * from[at + c];
            }
        }
    }

    private void Multiply(Worker worker, int other, int first, int rows, int block)
    {
        double[] c = worker.C, a = _blocks[other];
        ReadOnlySpan<double> norms = _norms.AsSpan(block * Size, Size);
        for (int i = 0; i < rows; i++)
            TensorPrimitives.Add(norms, _norms[other * Size + first + i], c.AsSpan(i * Size, Size));
        foreach (int[] terms in _terms)
        {
            for (int panel = 0; panel < Size / Panel; panel++)
                MatrixProduct.Add(a, first * _stride, _stride, rows, terms, worker.B[panel], Panel, c, panel * Panel, Size, Panel);
        }
    }

    private sealed class Worker(int stride)
    {
        public double[][] B { get; } = [.. Enumerable.Range(0, Size / Panel).Select(_ => new double[Panel * stride])];

        public double[] C { get; } = new double[Rows * Size];
    }
}
