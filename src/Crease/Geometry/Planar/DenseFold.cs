using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>A fold that is one dense layer: columns of the matrix times what the active units pass on.</summary>
internal sealed class DenseFold : Fold
{
    private readonly double[] _bias;
    private double[]? _columns;

    public DenseFold(int[] frontier, Dense dense)
        : base(frontier, dense.Outputs)
    {
        Layer = dense;
        _bias = new double[3 * Stride + 8];
        dense.Bias?.Values.CopyTo(_bias.AsSpan(2 * Stride));
    }

    public Dense Layer { get; }

    // Made on first use: a chain of dense layers keeps its columns elsewhere.
    private double[] Columns => _columns ??= AllColumns();

    public override int Sources => Layer.Inputs;

    public override ReadOnlySpan<double> Constants => _bias.AsSpan(2 * Stride, Rows);

    public override int RowBefore(int source) => throw new NotSupportedException();

    public override ReadOnlySpan<double> Column(int source, out ReadOnlySpan<int> rows)
    {
        rows = default;
        return Columns.AsSpan(source * Stride, Rows);
    }

    public override double Flops => 6.0 * Rows * Layer.Inputs;

    /// <summary>The dense layer if a segment is that layer between reshapes, else null.</summary>
    public static Dense? Chain(Network network, int[] nodes, int source, int end)
    {
        Dense? dense = null;
        int at = end;
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            if (nodes[i] != at)
                return null;
            switch (network.Nodes[at].Layer)
            {
                case Reshape:
                    break;
                case Dense layer when dense is null && layer.OutputShape.Size == layer.Outputs:
                    dense = layer;
                    break;
                default:
                    return null;
            }
            at = network.Nodes[at].Inputs[0];
        }
        return at == source ? dense : null;
    }

    /// <summary>Writes one column of weights per input, <see cref="Fold.Stride"/> apart.</summary>
    public void WriteColumns(Span<double> columns)
    {
        ReadOnlySpan<double> weights = Layer.Weights.Values;
        for (int o = 0; o < Rows; o++)
        {
            for (int i = 0; i < Layer.Inputs; i++)
                columns[i * Stride + o] = weights[o * Layer.Inputs + i];
        }
    }

    public override void Base(FoldScratch scratch, double[] previous, Sources sources, double[] next) =>
        ColumnKernel.Add(new Rows(_bias, 0, Stride), new Rows(next, 0, Stride), Rows, Columns, 0, Stride, sources);

    public override void Add(double[] from, Sources sources, double[] to) =>
        ColumnKernel.Add(new Rows(from, 0, Stride), new Rows(to, 0, Stride), Rows, Columns, 0, Stride, sources);

    private double[] AllColumns()
    {
        var columns = new double[checked(Layer.Inputs * Stride)];
        WriteColumns(columns);
        return columns;
    }
}
