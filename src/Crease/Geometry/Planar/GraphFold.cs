using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>A fold through any affine nodes: convolutions, skip connections, pooling, normalization.</summary>
/// <remarks>
/// A base product pushes the three coefficient columns through the nodes, or, where few of its sources differ from those of the worker's
/// last cell, updates that cell's block by the sparse columns of what differs: neighbors differ in few places, and a convolution
/// carries each to kernel × kernel × channels rows. Rank-one terms use the same columns, found on first use.
/// </remarks>
internal sealed partial class GraphFold : Fold
{
    // Above one changed source in so many a fresh product is cheaper.
    private const int LargestShare = 2;

    // Fresh products after one addition for so many sources cost less than the additions, and keep the proved bound on rounding small.
    private const int SourcesPerAddition = 4, FewestAdditions = 256;

    private readonly Network _network;
    private readonly int[] _nodes;
    private readonly int _source;
    private readonly int[] _offsets;
    private readonly Fold? _previous;
    private readonly Carried[] _carried;
    private readonly int _sourceSize;
    private readonly SparseColumn?[] _columns;
    private readonly int _key;
    private double[]? _constants;

    public GraphFold(Network network, int[] frontier, int[] nodes, int source, Fold? previous)
        : base(frontier, frontier.Sum(node => network.Nodes[node].Shape.Size))
    {
        (_network, _nodes, _source, _previous) = (network, nodes, source, previous);
        _offsets = new int[frontier.Length];
        for (int i = 1; i < frontier.Length; i++)
            _offsets[i] = _offsets[i - 1] + network.Nodes[frontier[i - 1]].Shape.Size;
        _carried = CarriedInto(network, frontier, nodes, source, previous);
        _sourceSize = _carried.Sum(tensor => tensor.Size);
        _columns = new SparseColumn?[_sourceSize];
        _key = source;
        Flops = 3.0 * nodes.Sum(node => network.Nodes[node].Layer.Flops);
    }

    public override double Flops { get; }

    public override int Sources => _sourceSize;

    /// <summary>Most terms that updates add to a block before it is made afresh.</summary>
    public int MostAdditions => Math.Clamp(_sourceSize / SourcesPerAddition, FewestAdditions, FoldReference.MostAdditions);

    // Two workers may find them at once; they find the same numbers.
    public override ReadOnlySpan<double> Constants => (Volatile.Read(ref _constants) ?? FindConstants()).AsSpan(0, Rows);

    public override int RowBefore(int source)
    {
        (Carried tensor, int element) = Locate(source);
        return tensor.RowBefore + element;
    }

    public override ReadOnlySpan<double> Column(int source, out ReadOnlySpan<int> rows)
    {
        SparseColumn column = Column(source);
        rows = column.Rows;
        return column.Weights;
    }

    private double[] FindConstants()
    {
        var block = new double[3 * Stride];
        Push(new FoldScratch(_network), block);
        double[] constants = block[(2 * Stride)..];
        Volatile.Write(ref _constants, constants);
        return constants;
    }

    public override void Base(FoldScratch scratch, double[] previous, Sources sources, double[] next)
    {
        Scatter(scratch.Of(_source), sources);
        if (_previous is not null)
            Unpack(scratch, _previous, previous);
        FoldReference reference = scratch.Reference(_key, 3 * _sourceSize, 3 * Stride);
        if (reference.AdditionsLeft < 0 || !TryUpdate(scratch, reference))
        {
            Push(scratch, reference.Block);
            reference.Renew(MostAdditions);
        }
        Remember(scratch, reference.Sources);
        reference.Block.CopyTo(next, 0);
    }

    private void Push(FoldScratch scratch, double[] next)
    {
        double[][] arguments = [];
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
            Pack(scratch.Of(Frontier[i]), next, i);
        for (int column = 0; column < 3; column++)
            next.AsSpan(column * Stride + Rows, Stride - Rows).Clear();
    }

    private void Pack(double[] value, double[] next, int i)
    {
        int size = value.Length / 3;
        for (int column = 0; column < 3; column++)
            value.AsSpan(column * size, size).CopyTo(next.AsSpan(column * Stride + _offsets[i]));
    }

    // Adds the difference of every source that changed; gives up when that would cost more than a fresh product.
    private bool TryUpdate(FoldScratch scratch, FoldReference reference)
    {
        List<(int Source, double A, double B, double C)> changes = reference.Changes;
        changes.Clear();
        int most = Math.Min(_sourceSize / LargestShare, reference.AdditionsLeft), start = 0;
        foreach (Carried tensor in _carried)
        {
            double[] value = scratch.Of(tensor.Node);
            for (int e = 0; e < tensor.Size; e++)
            {
                int at = start + e;
                double a = value[e] - reference.Sources[at], b = value[tensor.Size + e] - reference.Sources[_sourceSize + at], c = value[2 * tensor.Size + e] - reference.Sources[2 * _sourceSize + at];
                if (a == 0 && b == 0 && c == 0)
                    continue;
                if (changes.Count >= most)
                    return false;
                changes.Add((at, a, b, c));
            }
            start += tensor.Size;
        }
        reference.AdditionsLeft -= changes.Count;
        foreach ((int source, double a, double b, double c) in changes)
            AddColumn(Column(source), a, b, c, reference.Block);
        // What is only handed on is copied, so that zeros stay zeros and equal rows stay equal.
        for (int i = 0; i < Frontier.Length; i++)
        {
            if (Array.Exists(_carried, tensor => tensor.Node == Frontier[i]))
                Pack(scratch.Of(Frontier[i]), reference.Block, i);
        }
        return true;
    }

    private void Remember(FoldScratch scratch, double[] sources)
    {
        int start = 0;
        foreach (Carried tensor in _carried)
        {
            double[] value = scratch.Of(tensor.Node);
            for (int column = 0; column < 3; column++)
                value.AsSpan(column * tensor.Size, tensor.Size).CopyTo(sources.AsSpan(column * _sourceSize + start));
            start += tensor.Size;
        }
    }

    public override void Add(double[] from, Sources sources, double[] to)
    {
        from.AsSpan(0, 3 * Stride).CopyTo(to);
        for (int i = 0; i < sources.Count; i++)
            AddColumn(Column(sources.Units[i]), sources.A[i], sources.B[i], sources.C[i], to);
    }

    private void AddColumn(SparseColumn column, double a, double b, double c, double[] to)
    {
        Span<double> at = to.AsSpan(0, Stride), bt = to.AsSpan(Stride, Stride), ct = to.AsSpan(2 * Stride, Stride);
        for (int k = 0; k < column.Rows.Length; k++)
        {
            int row = column.Rows[k];
            double weight = column.Weights[k];
            at[row] += weight * a;
            bt[row] += weight * b;
            ct[row] += weight * c;
        }
    }

    private static void Scatter(double[] value, Sources sources)
    {
        int size = value.Length / 3;
        Array.Clear(value);
        for (int i = 0; i < sources.Count; i++)
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

    private (Carried Tensor, int Element) Locate(int source)
    {
        int tensor = 0;
        while (source >= _carried[tensor].Size)
            source -= _carried[tensor++].Size;
        return (_carried[tensor], source);
    }

    // The tensors that a segment reads: the stage's outputs first, then those of the block before that are used or handed on.
    private static Carried[] CarriedInto(Network network, int[] frontier, int[] nodes, int source, Fold? previous)
    {
        var carried = new List<Carried> { new(source, network.Nodes[source].Shape.Size, 0) };
        int row = 0;
        foreach (int tensor in previous?.Frontier ?? [])
        {
            int size = network.Nodes[tensor].Shape.Size;
            if (tensor != source && (frontier.Contains(tensor) || nodes.Any(node => network.Nodes[node].Inputs.Contains(tensor))))
                carried.Add(new Carried(tensor, size, row));
            row += size;
        }
        return [.. carried];
    }

    // The row is that of the block before; the outputs of the stage have none.
    private readonly record struct Carried(int Node, int Size, int RowBefore);

    private sealed record SparseColumn(int[] Rows, double[] Weights);
}
