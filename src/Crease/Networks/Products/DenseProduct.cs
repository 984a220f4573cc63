using System.Numerics.Tensors;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Networks;

/// <summary>A dense layer as one product with its transposed matrix; inputs that are zero may be left out.</summary>
internal sealed class DenseProduct : LayerProduct
{
    private readonly double[] _transposed, _bias;
    private readonly int _inputs, _outputs, _padded, _repeats;
    private readonly Lazy<double[]> _rows;

    public DenseProduct(Dense dense)
    {
        (_inputs, _outputs, _padded, _repeats) = (dense.Inputs, dense.Outputs, MatrixProduct.Padded(dense.Outputs), dense.OutputShape.Size / dense.Outputs);
        _transposed = new double[(long)_inputs * _padded];
        ReadOnlySpan<double> weights = dense.Weights.Values;
        for (int o = 0; o < _outputs; o++)
        {
            for (int i = 0; i < _inputs; i++)
                _transposed[i * _padded + o] = weights[o * _inputs + i];
        }
        _bias = new double[_padded];
        if (dense.Bias is { } bias)
            bias.Values.CopyTo(_bias);
        _rows = new Lazy<double[]>(() => Rows(dense));
    }

    /// <summary>Whether the layer takes the whole input at once, so that zero elements can be named.</summary>
    public bool TakesTerms => _repeats == 1;

    public override void Apply(double[] x, int count, bool constant, double[] y, ProductScratch scratch) =>
        Apply(x, 0, count * _repeats, scratch.All(_inputs), constant, y, scratch);

    /// <summary>Applies the layer to some rows, all zero outside the named elements.</summary>
    public void Apply(double[] x, int first, int rows, ReadOnlySpan<int> terms, bool constant, double[] y, ProductScratch scratch)
    {
        bool isPadded = _padded != _outputs;
        double[] sums = isPadded ? scratch.Sums(rows * _padded) : y;
        int at = isPadded ? 0 : first * _outputs;
        for (int r = 0; r < rows; r++)
        {
            Span<double> row = sums.AsSpan(at + r * _padded, _padded);
            if (constant)
                _bias.CopyTo(row);
            else
                row.Clear();
        }
        MatrixProduct.Add(x, first * _inputs, _inputs, rows, terms, _transposed, _padded, sums, at, _padded, _padded);
        for (int r = 0; isPadded && r < rows; r++)
            sums.AsSpan(r * _padded, _outputs).CopyTo(y.AsSpan((first + r) * _outputs));
    }

    public override void Pull(double[] gradient, int count, double[] pulled, ProductScratch scratch)
    {
        int rows = count * _repeats, padded = MatrixProduct.Padded(_inputs);
        if (padded == _inputs)
        {
            MatrixProduct.Add(gradient, 0, _outputs, rows, scratch.All(_outputs), _rows.Value, padded, pulled, 0, padded, padded);
            return;
        }
        double[] sums = scratch.Sums(rows * padded);
        sums.AsSpan(0, rows * padded).Clear();
        MatrixProduct.Add(gradient, 0, _outputs, rows, scratch.All(_outputs), _rows.Value, padded, sums, 0, padded, padded);
        for (int r = 0; r < rows; r++)
        {
            Span<double> target = pulled.AsSpan(r * _inputs, _inputs);
            TensorPrimitives.Add(sums.AsSpan(r * padded, _inputs), target, target);
        }
    }

    // The matrix itself, its rows padded: made by the first pull only, since most products never pull.
    private static double[] Rows(Dense dense)
    {
        int padded = MatrixProduct.Padded(dense.Inputs);
        var rows = new double[(long)dense.Outputs * padded];
        for (int o = 0; o < dense.Outputs; o++)
            dense.Weights.Values.Slice(o * dense.Inputs, dense.Inputs).CopyTo(rows.AsSpan(o * padded));
        return rows;
    }
}
