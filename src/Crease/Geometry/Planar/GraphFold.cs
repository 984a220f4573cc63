using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>A fold through any affine nodes: convolutions, skip connections, pooling, normalization.</summary>
/// <remarks>
/// Base products push the three coefficient columns through the nodes; rank-one terms use the sparse column of the unit that flips,
/// found on first use. For a convolution it touches kernel × kernel × channels rows.
/// </remarks>
internal sealed class GraphFold : Fold
{
    private readonly Network _network;
    private readonly int[] _nodes;
    private readonly int _source;
    private readonly int[] _offsets;
    private readonly Fold? _previous;
    private readonly SparseColumn?[] _columns;

    public GraphFold(Network network, int[] frontier, int[] nodes, int source, Fold? previous)
        : base(frontier, frontier.Sum(node => network.Nodes[node].Shape.Size))
    {
        (_network, _nodes, _source, _previous) = (network, nodes, source, previous);
        _offsets = new int[frontier.Length];
        for (int i = 1; i < frontier.Length; i++)
            _offsets[i] = _offsets[i - 1] + network.Nodes[frontier[i - 1]].Shape.Size;
        _columns = new SparseColumn?[network.Nodes[source].Shape.Size];
        Flops = 3.0 * nodes.Sum(node => network.Nodes[node].Layer.Flops);
    }

    public override double Flops { get; }

    public override void Base(FoldScratch scratch, double[] previous, in Sources sources, double[] next)
    {
        Scatter(scratch.Of(_source), sources);
        if (_previous is not null)
            Unpack(scratch, _previous, previous);
        var arguments = new double[2][];
        foreach (int index in _nodes)
        {
            Node node = _network.Nodes[index];
            if (arguments.Length != node.Inputs.Length)
                arguments = new double[node.Inputs.Length][];
            for (int i = 0; i < arguments.Length; i++)
                arguments[i] = scratch.Of(node.Inputs[i]);
            ((AffineLayer)node.Layer).Push(arguments, 3, 2, scratch.Of(index));
        }
        for (int i = 0; i < Frontier.Length; i++)
        {
            double[] value = scratch.Of(Frontier[i]);
            int size = value.Length / 3;
            for (int column = 0; column < 3; column++)
                value.AsSpan(column * size, size).CopyTo(next.AsSpan(column * Stride + _offsets[i]));
        }
        for (int column = 0; column < 3; column++)
            next.AsSpan(column * Stride + Rows, Stride - Rows).Clear();
    }

    public override void Add(double[] from, in Sources sources, double[] to)
    {
        from.AsSpan(0, 3 * Stride).CopyTo(to);
        for (int i = 0; i < sources.Units.Length; i++)
        {
            SparseColumn column = Column(sources.Units[i]);
            double a = sources.A[i], b = sources.B[i], c = sources.C[i];
            for (int k = 0; k < column.Rows.Length; k++)
            {
                int row = column.Rows[k];
                double weight = column.Weights[k];
                to[row] += weight * a;
                to[Stride + row] += weight * b;
                to[2 * Stride + row] += weight * c;
            }
        }
    }

    private static void Scatter(double[] value, in Sources sources)
    {
        int size = value.Length / 3;
        Array.Clear(value);
        for (int i = 0; i < sources.Units.Length; i++)
        {
            int unit = sources.Units[i];
            value[unit] = sources.A[i];
            value[size + unit] = sources.B[i];
            value[2 * size + unit] = sources.C[i];
        }
    }

    private static void Unpack(FoldScratch scratch, Fold fold, double[] block)
    {
        int offset = 0;
        foreach (int index in fold.Frontier)
        {
            double[] value = scratch.Of(index);
            int size = value.Length / 3;
            for (int column = 0; column < 3; column++)
                block.AsSpan(column * fold.Stride + offset, size).CopyTo(value.AsSpan(column * size));
            offset += size;
        }
    }

    // Two workers may find the same column at once; they find the same numbers.
    private SparseColumn Column(int unit) => Volatile.Read(ref _columns[unit]) ?? Probe(unit);

    private SparseColumn Probe(int unit)
    {
        var values = new Dictionary<int, SortedDictionary<int, double>> { [_source] = new() { [unit] = 1 } };
        var entries = new List<Entry>();
        foreach (int index in _nodes)
        {
            Node node = _network.Nodes[index];
            SortedDictionary<int, double>? value = null;
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                if (!values.TryGetValue(node.Inputs[i], out SortedDictionary<int, double>? input))
                    continue;
                value ??= [];
                foreach ((int element, double factor) in input)
                {
                    ((AffineLayer)node.Layer).Column(i, element, entries);
                    foreach (Entry entry in entries)
                        value[entry.Output] = value.GetValueOrDefault(entry.Output) + factor * entry.Weight;
                }
            }
            if (value is not null)
                values[index] = value;
        }
        var rows = new List<int>();
        var weights = new List<double>();
        for (int i = 0; i < Frontier.Length; i++)
        {
            if (!values.TryGetValue(Frontier[i], out SortedDictionary<int, double>? value))
                continue;
            foreach ((int element, double weight) in value)
            {
                rows.Add(_offsets[i] + element);
                weights.Add(weight);
            }
        }
        var column = new SparseColumn([.. rows], [.. weights]);
        Volatile.Write(ref _columns[unit], column);
        return column;
    }

    private sealed record SparseColumn(int[] Rows, double[] Weights);
}
