using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>A fold that is one dense layer: columns of the matrix times what the active units pass on.</summary>
internal sealed class DenseFold : Fold
{
    private readonly double[] _columns;
    private readonly double[] _bias;
    private readonly int _inputs;

    public DenseFold(int[] frontier, Dense dense)
        : base(frontier, dense.Outputs)
    {
        _inputs = dense.Inputs;
        _bias = new double[3 * Stride];
        dense.Bias?.Values.CopyTo(_bias.AsSpan(2 * Stride));
        _columns = new double[(long)dense.Inputs * Stride];
        ReadOnlySpan<double> weights = dense.Weights.Values;
        for (int o = 0; o < Rows; o++)
        {
            for (int i = 0; i < _inputs; i++)
                _columns[(long)i * Stride + o] = weights[o * _inputs + i];
        }
    }

    public override double Flops => 6.0 * Rows * _inputs;

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

    public override void Base(FoldScratch scratch, double[] previous, in Sources sources, double[] next) =>
        RankOneKernel.Add(_bias, next, Stride, _columns, sources);

    public override void Add(double[] from, in Sources sources, double[] to) =>
        RankOneKernel.Add(from, to, Stride, _columns, sources);
}
