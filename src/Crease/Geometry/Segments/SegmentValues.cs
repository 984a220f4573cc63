using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>All values of a network on the interval at hand, updated from one interval to the next where they change.</summary>
/// <remarks>
/// A unit that changes its piece reaches, through a convolution, kernel × kernel × channels rows and not the others: these alone are updated, by
/// what their sources changed. A node is computed afresh where much of it changes, and once enough has been added to it for rounding to matter.
/// </remarks>
internal sealed class SegmentValues
{
    // Above one changed source in so many a fresh product of a layer that is not dense is cheaper.
    private const int LargestShare = 8;

    private readonly SegmentPlan _plan;
    private readonly SegmentColumns?[] _columns;
    private readonly double[][][] _arguments;
    private readonly List<Entry> _entries = [];

    public SegmentValues(SegmentPlan plan, Slice slice)
    {
        _plan = plan;
        _columns = new SegmentColumns?[plan.Folded.Network.Nodes.Length];
        _arguments = new double[_columns.Length][][];
        foreach (Node node in plan.Nodes)
        {
            _columns[node.Index] = new SegmentColumns(node);
            _arguments[node.Index] = [.. node.Inputs.Select(input => Of(input).Values)];
        }
        double[] x = Of(plan.Folded.Network.Inputs[0]).Values;
        slice.Directions.CopyTo(x);
        slice.Origin.CopyTo(x.AsSpan(slice.Inputs));
    }

    public double Flops { get; private set; }

    /// <summary>A node's value.</summary>
    public SegmentColumns Of(int node) => _columns[node]!;

    /// <summary>Computes the affine nodes that become known once so many stages are decided.</summary>
    public void Push(int segment)
    {
        foreach (Node node in _plan.Affine[segment])
            Push(Of(node.Index));
    }

    /// <summary>Updates these nodes by what has changed before them.</summary>
    public void Update(int segment)
    {
        foreach (Node node in _plan.Affine[segment])
        {
            int changed = 0;
            foreach (int input in node.Inputs)
                changed += Of(input).Changed.Length;
            if (changed > 0)
                Update(Of(node.Index), changed);
        }
    }

    /// <summary>The interval at hand is the one to compare with from now on.</summary>
    public void Settle()
    {
        foreach (Node node in _plan.Nodes)
            Of(node.Index).Settle();
    }

    private void Push(SegmentColumns columns)
    {
        ((AffineLayer)columns.Node.Layer).Push(_arguments[columns.Node.Index], 2, 1, columns.Values);
        columns.Additions = 0;
        Flops += 2.0 * columns.Node.Layer.Flops;
    }

    private void Update(SegmentColumns columns, int changed)
    {
        var layer = (AffineLayer)columns.Node.Layer;
        columns.Additions += changed;
        if (columns.Additions > FoldReference.MostAdditions || (layer is not Dense && (long)changed * LargestShare > columns.Sources && layer.Flops > 0))
        {
            columns.Values.CopyTo(columns.Differences, 0);
            Push(columns);
            TensorPrimitives.Subtract(columns.Values, columns.Differences, columns.Differences);
            columns.MarkAll();
            return;
        }
        if (_plan.DenseColumns(columns.Node) is double[] dense)
            AddDense(columns, dense);
        else
            AddSparse(columns, layer);
        columns.Apply();
    }

    private void AddDense(SegmentColumns columns, double[] weights)
    {
        SegmentColumns source = Of(columns.Node.Inputs[0]);
        int rows = columns.Size;
        Span<double> da = columns.Differences.AsSpan(0, rows), dc = columns.Differences.AsSpan(rows, rows);
        foreach (int element in source.Changed)
        {
            ReadOnlySpan<double> column = weights.AsSpan(element * rows, rows);
            TensorPrimitives.MultiplyAdd(column, source.Differences[element], da, da);
            TensorPrimitives.MultiplyAdd(column, source.Differences[source.Size + element], dc, dc);
        }
        columns.MarkAll();
        Flops += 4.0 * rows * source.Changed.Length;
    }

    private void AddSparse(SegmentColumns columns, AffineLayer layer)
    {
        for (int input = 0; input < columns.Node.Inputs.Length; input++)
        {
            SegmentColumns source = Of(columns.Node.Inputs[input]);
            foreach (int element in source.Changed)
            {
                double a = source.Differences[element], c = source.Differences[source.Size + element];
                layer.Column(input, element, _entries);
                foreach (ref readonly Entry entry in CollectionsMarshal.AsSpan(_entries))
                    columns.Add(entry.Output, entry.Weight * a, entry.Weight * c);
                Flops += 4.0 * _entries.Count;
            }
        }
    }
}
