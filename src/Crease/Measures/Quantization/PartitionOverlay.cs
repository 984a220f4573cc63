using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Two networks on one slice, laid over each other: where they have the same code and where they give the same class.</summary>
/// <remarks>
/// The networks are cut side by side as one (<see cref="SideBySide"/>), so that both are affine on every cell. The parts of a cell with one class each are convex polygons, cut along the lines where two outputs
/// tie; where outputs tie on a whole area, each of their classes counts as given. Exactness: exact (float64), no grid. Cost: the regions of both and their crossings, and for each of them some forward passes.
/// </remarks>
/// <param name="Cells">Regions of the overlay.</param>
/// <param name="ChangedCodes">Share of the area on which a unit is on another piece, in [0, 1]; of networks of one graph only, else null.</param>
/// <param name="ChangedClasses">Share of the area that is given another class.</param>
/// <param name="Status">Whether the whole slice was cut; the shares are of what was.</param>
public sealed record PartitionOverlay(int Cells, double? ChangedCodes, double ChangedClasses, Status Status)
{
    private const int Batch = 256;

    /// <summary>Lays two networks over each other.</summary>
    /// <param name="before">The one network.</param>
    /// <param name="after">The other; with as many inputs and outputs.</param>
    /// <param name="slice">Where; two directions.</param>
    /// <param name="run">Threads, cancellation, memory; null for the defaults.</param>
    /// <param name="options">Limits of the cut; null for the defaults.</param>
    /// <exception cref="ArgumentException">Inputs or outputs differ.</exception>
    /// <exception cref="NotSupportedException">A node before an output is smooth; the message names it.</exception>
    public static PartitionOverlay Of(Network before, Network after, Slice slice, RunContext? run = null, CutOptions? options = null)
    {
        run ??= RunContext.Default;
        PiecewiseGraph first = new(before), second = new(after);
        Network both = SideBySide.Of(before, first.Output, after, second.Output);
        int outputs = before.Nodes[first.Output].Shape.Size;
        if (both.OutputShape.Size != 2 * outputs)
            throw new ArgumentException($"the networks have {outputs} and {both.OutputShape.Size - outputs} outputs; expected as many", nameof(after));
        Partition partition = new PlanarPartitioner(both).Cut(slice, run, (options ?? CutOptions.Default) with { Boundary = false });
        bool isOneGraph = first.Layers.Select(layer => layer.Shape.Size).SequenceEqual(second.Layers.Select(layer => layer.Shape.Size));
        double[] values = Values(both, partition, run);
        double[] codes = new double[partition.RegionCount], classes = new double[partition.RegionCount];
        Workers.InParts(partition.RegionCount, 1, run with { Progress = null }, () => 0, (_, region, _) =>
        {
            classes[region] = Changed(partition, region, values, outputs);
            codes[region] = isOneGraph && HasOtherCode(partition.Code(region), first.Layers.Length) ? partition.Areas[region] : 0;
        });
        double area = partition.TotalArea;
        return new PartitionOverlay(partition.RegionCount, isOneGraph ? Share(codes) : null, Share(classes), partition.Status);

        double Share(double[] parts) => area > 0 ? Math.Clamp(parts.Sum() / area, 0, 1) : 0;
    }

    private static bool HasOtherCode(Code code, int layers) =>
        Enumerable.Range(0, layers).Any(layer => !code.Pieces[layer].AsSpan().SequenceEqual(code.Pieces[layers + layer].AsSpan()));

    // Outputs at all vertices: within a cell they are affine, so that its corners say all.
    private static double[] Values(Network both, Partition partition, RunContext run)
    {
        int outputs = both.OutputShape.Size, inputs = both.InputShape.Size;
        var values = new double[(long)partition.VertexCount * outputs];
        Workers.InParts(partition.VertexCount, Batch, run with { Progress = null }, () => new double[Batch * inputs], (points, start, count) =>
        {
            for (int v = 0; v < count; v++)
                partition.Slice.Decode(partition.Vertices.Slice(2 * (start + v), 2)).CopyTo(points, v * inputs);
            both.Evaluate(points.AsSpan(0, count * inputs), count).CopyTo(values, (long)start * outputs);
        });
        return values;
    }

    private static double Changed(Partition partition, int region, double[] values, int outputs)
    {
        int from = partition.FirstHalfEdges[region], corners = partition.FirstHalfEdges[region + 1] - from;
        var cell = new ValuedPolygon(2 * outputs);
        for (int c = 0; c < corners; c++)
        {
            int vertex = partition.Origins[from + c];
            cell.Add(partition.Vertices.Slice(2 * vertex, 2), values.AsSpan(vertex * 2 * outputs, 2 * outputs));
        }
        ImmutableArray<ValuedPolygon> before = cell.ByClass(0, outputs);
        // Classes of one network cover the cell; the other's parts are cut from them.
        double same = 0;
        for (int c = 0; c < before.Length; c++)
            same += before[c].Count < 3 ? 0 : before[c].OfClass(outputs, outputs, c).Area;
        return Math.Max(0, cell.Area - same);
    }
}
