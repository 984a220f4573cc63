using System.Collections.Immutable;
using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Two networks on one slice, laid over each other: where they have the same code and where they give the same class.</summary>
/// <remarks>
/// The networks are cut side by side as one (<see cref="SideBySide"/>), so that both are affine on every cell. The parts of a cell with one class each are convex polygons, cut along the lines where two outputs
/// tie; where outputs tie on a whole area, each of their classes counts as given. Exactness: exact (float64), no grid. Cost: the regions of both and their crossings, and for each of them some forward passes.
/// </remarks>
/// <param name="Cells">Regions of the overlay; of <see cref="Sampled"/> the points.</param>
/// <param name="ChangedCodes">Share of the area on which a unit is on another piece, in [0, 1]; of networks of one graph only, else null.</param>
/// <param name="ChangedClasses">Share of the area that is given another class.</param>
/// <param name="Status">Whether the whole slice was cut; the shares are of what was.</param>
public sealed record PartitionOverlay(int Cells, double? ChangedCodes, double ChangedClasses, Status Status)
{
    private const int Batch = 256;

    /// <summary>Whether the shares are those of points and not exact.</summary>
    public bool IsSampled { get; private init; }

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
        var classes = new double[partition.RegionCount];
        Workers.InParts(partition.RegionCount, Batch, run with { Progress = null }, () => 0, (_, start, count) =>
        {
            for (int region = start; region < start + count; region++)
                classes[region] = Changed(partition, region, values, outputs);
        });
        double area = partition.TotalArea;
        return new PartitionOverlay(partition.RegionCount, isOneGraph ? Share(Codes(both, first.Layers.Length, partition, run)) : null, Share(classes), partition.Status);

        double Share(double[] parts) => area > 0 ? Math.Clamp(parts.Sum() / area, 0, 1) : 0;
    }

    /// <summary>The same shares over points that fill the slice evenly, for slices with too many cells.</summary>
    /// <remarks>Exactness: sampled. The points are those of the additive recurrence of the plastic number, so that an area with a smooth border is met with an error of about its border times points^-1/2. Cost: a forward pass of both per point.</remarks>
    /// <param name="before">The one network.</param>
    /// <param name="after">The other; with as many inputs and outputs.</param>
    /// <param name="slice">Where; two directions.</param>
    /// <param name="points">Points in the rectangle around the domain, at least 1; those outside of the domain do not count.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">Inputs, outputs or layers differ, or there is no point.</exception>
    /// <exception cref="NotSupportedException">A node before an output is smooth; the message names it.</exception>
    public static PartitionOverlay Sampled(Network before, Network after, Slice slice, int points, RunContext? run = null)
    {
        run ??= RunContext.Default;
        PiecewiseGraph first = new(before), second = new(after);
        Network both = SideBySide.Of(before, first.Output, after, second.Output);
        int outputs = both.OutputShape.Size / 2, inputs = both.InputShape.Size;
        bool isOneGraph = first.Layers.Select(layer => layer.Shape.Size).SequenceEqual(second.Layers.Select(layer => layer.Shape.Size));
        double[][] places = [.. Places(slice, points)];
        if (places.Length == 0 || outputs != before.Nodes[first.Output].Shape.Size)
            throw new ArgumentException($"{places.Length} of {points} points lie in the domain, and the networks have {both.OutputShape.Size} outputs together; expected at least one point and as many outputs each", nameof(points));
        var difference = new CodeDifference(both, isOneGraph ? first.Layers.Length : 0);
        int codes = 0, classes = 0;
        Workers.InParts(places.Length, Batch, run with { Progress = null }, () => (Points: new double[Batch * inputs], IsOther: new bool[Batch]), (own, start, count) =>
        {
            for (int i = 0; i < count; i++)
                slice.Decode(places[start + i]).CopyTo(own.Points, i * inputs);
            ReadOnlySpan<double> values = difference.At(own.Points.AsSpan(0, count * inputs), count, own.IsOther);
            int others = 0;
            for (int i = 0; i < count; i++)
                others += ClassOf(values.Slice(2 * i * outputs, outputs)) != ClassOf(values.Slice((2 * i + 1) * outputs, outputs)) ? 1 : 0;
            Interlocked.Add(ref classes, others);
            Interlocked.Add(ref codes, own.IsOther.AsSpan(0, count).Count(true));
        });
        return new PartitionOverlay(places.Length, isOneGraph ? codes / (double)places.Length : null, classes / (double)places.Length, Status.Complete) { IsSampled = true };
    }

    private static IEnumerable<double[]> Places(Slice slice, int points)
    {
        const double Plastic = 1.3247179572447460;
        double[] corners = slice.Domain.ToArray(), xs = [.. corners.Where((_, i) => i % 2 == 0)], ys = [.. corners.Where((_, i) => i % 2 == 1)];
        for (int i = 1; i <= points; i++)
        {
            double[] place = [xs.Min() + (xs.Max() - xs.Min()) * (i / Plastic % 1), ys.Min() + (ys.Max() - ys.Min()) * (i / (Plastic * Plastic) % 1)];
            // The domain is convex and its corners run counter-clockwise.
            if (Enumerable.Range(0, xs.Length).All(c => (xs[(c + 1) % xs.Length] - xs[c]) * (place[1] - ys[c]) >= (ys[(c + 1) % xs.Length] - ys[c]) * (place[0] - xs[c])))
                yield return place;
        }
    }

    private static int ClassOf(ReadOnlySpan<double> outputs) => outputs.Length == 1 ? outputs[0] > 0 ? 1 : 0 : TensorPrimitives.IndexOfMax(outputs);

    // The area of every cell with another code, by its center.
    private static double[] Codes(Network both, int layers, Partition partition, RunContext run)
    {
        int inputs = both.InputShape.Size;
        var difference = new CodeDifference(both, layers);
        var codes = new double[partition.RegionCount];
        Workers.InParts(partition.RegionCount, Batch, run with { Progress = null }, () => (Points: new double[Batch * inputs], IsOther: new bool[Batch]), (own, start, count) =>
        {
            for (int region = 0; region < count; region++)
            {
                (double x, double y) = partition.Center(start + region);
                partition.Slice.Decode(x, y).CopyTo(own.Points, region * inputs);
            }
            difference.At(own.Points.AsSpan(0, count * inputs), count, own.IsOther);
            for (int region = 0; region < count; region++)
                codes[start + region] = own.IsOther[region] ? partition.Areas[start + region] : 0;
        });
        return codes;
    }

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
        // Where one class is the largest at all corners it is so on the whole cell, which is convex: most cells need no polygon.
        if (Common(partition, from, corners, values, 2 * outputs, 0, outputs) is int one && Common(partition, from, corners, values, 2 * outputs, outputs, outputs) is int other)
            return one == other ? 0 : partition.Areas[region];
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

    // The class that is given at all corners without a tie, or null.
    private static int? Common(Partition partition, int from, int corners, double[] values, int stride, int first, int outputs)
    {
        int? common = null;
        for (int corner = from; corner < from + corners; corner++)
        {
            ReadOnlySpan<double> z = values.AsSpan(partition.Origins[corner] * stride + first, outputs);
            int largest = ClassOf(z);
            if ((common ?? largest) != largest || (outputs == 1 ? z[0] == 0 : z[(largest + 1)..].Contains(z[largest])))
                return null;
            common = largest;
        }
        return common;
    }
}
