using Crease.Numerics;

namespace Crease.Measures;

/// <summary>A kernel that layers add to, tile by tile; where left and right are the same, only one triangle is computed.</summary>
internal sealed class KernelSum
{
    private readonly int _rows, _columns;
    private readonly bool _isSymmetric;
    private readonly double[] _values;

    public KernelSum(int rows, int? columns, long budget)
    {
        (_rows, _columns, _isSymmetric) = (rows, columns ?? rows, columns is null);
        double bytes = 8.0 * _rows * _columns;
        if (bytes > Math.Min(budget, 8.0 * Array.MaxLength))
            throw new ArgumentException($"A kernel of {_rows} x {_columns} inputs takes {bytes / (1 << 30):F1} GiB; pass fewer inputs.");
        _values = new double[(long)_rows * _columns];
    }

    /// <summary>Adds what layers say about their outputs, summed over these.</summary>
    public void Add(KernelFeatures[] left, KernelFeatures[] right, RunContext run) => Tiles(run, (worker, tile) =>
    {
        for (int l = 0; l < left.Length; l++)
        {
            worker.Clear();
            worker.Gram.Add(left[l].Slopes, tile.Row, tile.Rows, right[l].Slopes, tile.Column, tile.Columns, left[l].SlopeTerms, worker.Slopes);
            if (left[l].IsProduct)
                worker.Gram.Add(left[l].Inputs, tile.Row, tile.Rows, right[l].Inputs, tile.Column, tile.Columns, left[l].InputTerms, worker.Inputs);
            for (int i = tile.Row; i < tile.Row + tile.Rows; i++)
            {
                int at = (i - tile.Row) * GramProduct.Columns;
                Span<double> kernel = _values.AsSpan(i * _columns + tile.Column, tile.Columns);
                for (int j = 0; j < tile.Columns; j++)
                    kernel[j] += worker.Slopes[at + j] * (left[l].IsProduct ? worker.Inputs[at + j] + left[l].Constant : 1);
            }
        }
    });

    /// <summary>Adds plain inner products of rows.</summary>
    public void AddProduct(double[] left, double[] right, int terms, RunContext run) => Tiles(run, (worker, tile) =>
    {
        worker.Clear();
        worker.Gram.Add(left, tile.Row, tile.Rows, right, tile.Column, tile.Columns, terms, worker.Slopes);
        for (int i = tile.Row; i < tile.Row + tile.Rows; i++)
        {
            for (int j = 0; j < tile.Columns; j++)
                _values[i * _columns + tile.Column + j] += worker.Slopes[(i - tile.Row) * GramProduct.Columns + j];
        }
    });

    /// <summary>Adds what one layer says about all pairs of outputs; rows and columns are pairs of input and output.</summary>
    public void AddFull(KernelFeatures left, KernelFeatures right, int outputs, RunContext run)
    {
        double[]? inputs = null;
        int inputColumns = _columns / outputs;
        if (left.IsProduct)
        {
            var product = new KernelSum(_rows / outputs, _isSymmetric ? null : inputColumns, long.MaxValue);
            product.AddProduct(left.Inputs, right.Inputs, left.InputTerms, run);
            product.Mirror();
            inputs = product._values;
        }
        Tiles(run, (worker, tile) =>
        {
            worker.Clear();
            worker.Gram.Add(left.Slopes, tile.Row, tile.Rows, right.Slopes, tile.Column, tile.Columns, left.SlopeWidth, worker.Slopes);
            for (int i = tile.Row; i < tile.Row + tile.Rows; i++)
            {
                for (int j = tile.Column; j < tile.Column + tile.Columns; j++)
                    _values[i * _columns + j] += worker.Slopes[(i - tile.Row) * GramProduct.Columns + j - tile.Column] * (inputs is null ? 1 : inputs[i / outputs * inputColumns + j / outputs] + left.Constant);
            }
        });
    }

    /// <summary>The sum times a factor.</summary>
    public KernelMatrix Result(double factor)
    {
        Mirror();
        for (int i = 0; i < _values.Length && factor != 1; i++)
            _values[i] *= factor;
        return new KernelMatrix(_rows, _columns, _values);
    }

    /// <summary>What is computed: all entries, or those of one triangle with the tiles on the diagonal whole.</summary>
    public static IEnumerable<KernelTile> TilesOf(int rows, int columns, bool isSymmetric)
    {
        for (int column = 0; column < columns; column += GramProduct.Columns)
        {
            for (int row = isSymmetric ? column : 0; row < rows; row += GramProduct.Rows)
                yield return new KernelTile(row, Math.Min(GramProduct.Rows, rows - row), column, Math.Min(GramProduct.Columns, columns - column));
        }
    }

    private void Tiles(RunContext run, Action<TileWorker, KernelTile> body)
    {
        KernelTile[] tiles = [.. TilesOf(_rows, _columns, _isSymmetric)];
        Workers.InParts(tiles.Length, 1, run, () => new TileWorker(), (worker, at, _) => body(worker, tiles[at]));
    }

    private void Mirror()
    {
        for (int i = 0; i < _rows && _isSymmetric; i++)
        {
            for (int j = i + 1; j < _columns; j++)
                _values[i * _columns + j] = _values[j * _columns + i];
        }
    }

    private sealed class TileWorker
    {
        public GramProduct Gram { get; } = new();

        public double[] Slopes { get; } = new double[GramProduct.Rows * GramProduct.Columns];

        public double[] Inputs { get; } = new double[GramProduct.Rows * GramProduct.Columns];

        public void Clear()
        {
            Array.Clear(Slopes);
            Array.Clear(Inputs);
        }
    }
}
