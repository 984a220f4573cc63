using Crease.Numerics;

namespace Crease.Measures;

/// <summary>A kernel that layers add to, panel by panel; where left and right are the same, only one triangle is computed.</summary>
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
    public void Add(KernelFeatures[] left, KernelFeatures[] right, RunContext run) => Panels(run, (worker, column, columns, from) =>
    {
        for (int l = 0; l < left.Length; l++)
        {
            worker.Clear();
            worker.Gram.Add(left[l].Slopes, from, _rows - from, right[l].Slopes, column, columns, left[l].SlopeTerms, worker.Slopes);
            if (left[l].IsProduct)
                worker.Gram.Add(left[l].Inputs, from, _rows - from, right[l].Inputs, column, columns, left[l].InputTerms, worker.Inputs);
            for (int i = from; i < _rows; i++)
            {
                int at = (i - from) * GramProduct.Panel;
                Span<double> kernel = _values.AsSpan(i * _columns + column, columns);
                for (int j = 0; j < columns; j++)
                    kernel[j] += worker.Slopes[at + j] * (left[l].IsProduct ? worker.Inputs[at + j] + left[l].Constant : 1);
            }
        }
    });

    /// <summary>Adds plain inner products of rows.</summary>
    public void AddProduct(double[] left, double[] right, int terms, RunContext run) => Panels(run, (worker, column, columns, from) =>
    {
        worker.Clear();
        worker.Gram.Add(left, from, _rows - from, right, column, columns, terms, worker.Slopes);
        for (int i = from; i < _rows; i++)
        {
            for (int j = 0; j < columns; j++)
                _values[i * _columns + column + j] += worker.Slopes[(i - from) * GramProduct.Panel + j];
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
        Panels(run, (worker, column, columns, from) =>
        {
            worker.Clear();
            worker.Gram.Add(left.Slopes, from, _rows - from, right.Slopes, column, columns, left.SlopeWidth, worker.Slopes);
            for (int i = from; i < _rows; i++)
            {
                for (int j = column; j < column + columns; j++)
                    _values[i * _columns + j] += worker.Slopes[(i - from) * GramProduct.Panel + j - column] * (inputs is null ? 1 : inputs[i / outputs * inputColumns + j / outputs] + left.Constant);
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

    // Panels are of one triangle where that is enough, the longest first.
    private void Panels(RunContext run, Action<PanelWorker, int, int, int> body) =>
        Workers.InParts(_columns, GramProduct.Panel, run, () => new PanelWorker(_rows), (worker, column, columns) => body(worker, column, columns, _isSymmetric ? column : 0));

    private void Mirror()
    {
        for (int i = 0; i < _rows && _isSymmetric; i++)
        {
            for (int j = i + 1; j < _columns; j++)
                _values[i * _columns + j] = _values[j * _columns + i];
        }
    }

    private sealed class PanelWorker(int rows)
    {
        public GramProduct Gram { get; } = new();

        public double[] Slopes { get; } = new double[rows * GramProduct.Panel];

        public double[] Inputs { get; } = new double[rows * GramProduct.Panel];

        public void Clear()
        {
            Array.Clear(Slopes);
            Array.Clear(Inputs);
        }
    }
}
