using System.Collections.Immutable;
using System.Numerics.Tensors;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>Writes inputs <c>first</c> to <c>first + count - 1</c>. Shape [count, inputs].</summary>
internal delegate void PointSource(int first, int count, Span<double> points);

/// <summary>Receives the values of one counted layer at the vertices of one sample. Shape [2 directions, units], all +v first.</summary>
internal delegate void VertexValues(int layer, int sample, ReadOnlySpan<double> values);

/// <summary>One thread's share: takes groups of samples through the network, vertices and all, and counts.</summary>
/// <remarks>
/// The part of the network that is affine in the input is evaluated at samples only; behind it a few samples at a time go on as batches of
/// vertices that stay in the cache. A unit that is 0 at all vertices of a sample is left out of the next product.
/// </remarks>
internal sealed class HullWorker
{
    private const int CacheElements = 1 << 15;
    private const int MostBlock = 256;
    private const int PrefixSamples = 32;
    private const int MostPointElements = 1 << 22;
    private const long MostElements = 1 << 28;

    private readonly HullPlan _plan;
    private readonly int _vertices, _directions;
    private readonly double[][] _samples, _slots, _high;
    private readonly double[] _low, _vertexValues;
    private readonly ElementKernel?[] _elements;
    private readonly int[]?[] _terms, _termCounts;
    private readonly ProductScratch _scratch = new();

    public HullWorker(HullPlan plan, int directions, bool isShared)
    {
        (_plan, _directions, _vertices) = (plan, directions, 2 * directions);
        int nodes = plan.Network.Nodes.Length;
        (Block, Group) = Sizes(plan, _vertices, isShared);
        _samples = new double[nodes][];
        _elements = new ElementKernel?[nodes];
        (_terms, _termCounts) = (new int[]?[nodes], new int[]?[nodes]);
        foreach (Node node in plan.Network.Nodes.Where(node => plan.IsNeeded[node.Index]))
        {
            int index = node.Index;
            _samples[index] = plan.IsAffine[index] ? new double[Group * node.Shape.Size] : [];
            if (node.Layer is not PiecewiseLinear function || !plan.NeedsVertices[index])
                continue;
            _elements[index] = new ElementKernel(function);
            if (_elements[index]!.IsZeroBelow)
                (_terms[index], _termCounts[index]) = (new int[Block * node.Shape.Size], new int[Block]);
        }
        _slots = [.. plan.SlotSizes.Select(size => new double[Block * _vertices * size])];
        _high = [.. plan.Layers.Select(layer => new double[Block * layer.Units])];
        _low = new double[plan.Layers.Select(layer => layer.Units).Append(1).Max()];
        _vertexValues = new double[_vertices * plan.Layers.Where(layer => layer.IsExact).Select(layer => layer.Units).Append(1).Max()];
    }

    /// <summary>Samples whose vertices are evaluated together.</summary>
    public int Block { get; }

    /// <summary>Samples that are evaluated together in the affine part.</summary>
    public int Group { get; }

    /// <summary>Block and group size, which depend on the network and the directions only.</summary>
    public static (int Block, int Group) Sizes(HullPlan plan, int vertices, bool isShared)
    {
        long perSample = (long)vertices * plan.Widest;
        if (perSample > MostElements)
            throw new ArgumentException($"{vertices} vertices of a layer of {plan.Widest} elements do not fit into memory; at most {MostElements} numbers are kept. Pass fewer directions.");
        int block = isShared ? (int)Math.Clamp(CacheElements / perSample, 1, MostBlock) : 1;
        int widest = plan.Network.Nodes.Where(node => plan.IsNeeded[node.Index] && plan.IsAffine[node.Index]).Max(node => node.Shape.Size);
        int group = isShared ? Math.Max(block, Math.Min(PrefixSamples, MostPointElements / widest)) : 1;
        return (block, group);
    }

    /// <summary>Counts for a group of samples.</summary>
    /// <param name="first">Index of the first sample.</param>
    /// <param name="count">Number of samples, at most <see cref="Group"/>.</param>
    /// <param name="source">Gives the samples.</param>
    /// <param name="directions">Directions of all samples of the group.</param>
    /// <param name="counts">Shape [count, layers]; overwritten.</param>
    /// <param name="visit">Receives the values at the vertices, or null.</param>
    public void Count(int first, int count, PointSource source, HullDirections directions, Span<int> counts, VertexValues? visit = null)
    {
        source(first, count, _samples[_plan.Network.Inputs[0]].AsSpan(0, count * _plan.Network.InputShape.Size));
        foreach (Node node in _plan.Network.Nodes)
        {
            if (_plan.IsNeeded[node.Index] && _plan.IsAffine[node.Index] && node.Layer is not InputLayer)
                HullDirections.Push(_plan, node, [.. node.Inputs.Select(i => _samples[i])], count, true, _samples[node.Index], _scratch);
        }
        int layers = _plan.Layers.Length;
        for (int start = 0; start < count; start += Block)
        {
            int length = Math.Min(Block, count - start);
            Span<int> found = counts.Slice(start * layers, length * layers);
            foreach (Node node in _plan.Network.Nodes)
                Evaluate(node, first, start, length, directions, found, visit);
        }
    }

    private void Evaluate(Node node, int first, int start, int length, HullDirections directions, Span<int> counts, VertexValues? visit)
    {
        int index = node.Index, layer = _plan.CountedAt[index];
        if (!_plan.IsNeeded[index])
            return;
        if (_plan.IsAffine[index])
        {
            if (layer >= 0)
                CountAffine(layer, first + start, start, length, directions, counts, visit);
            if (_plan.NeedsVertices[index])
            {
                for (int s = 0; s < length; s++)
                    Vertices(node, start + s, directions, _slots[_plan.Slots[index]].AsSpan(s * _vertices * node.Shape.Size));
            }
            return;
        }
        Forward(node, length);
        if (layer >= 0)
            CountVertices(layer, first + start, length, _slots[_plan.Slots[index]], counts, visit);
    }

    private void Forward(Node node, int length)
    {
        int index = node.Index, size = node.Shape.Size;
        double[] x = _slots[_plan.Slots[node.Inputs[0]]], y = _slots[_plan.Slots[index]];
        if (_elements[index] is ElementKernel element)
        {
            if (_terms[index] is int[] terms)
                Name(terms, _termCounts[index]!, _high[_plan.CountedAt[node.Inputs[0]]], element.FirstKnot, size, length);
            element.Apply(x, length * _vertices, y);
        }
        else if (_plan.Products[index] is DenseProduct { TakesTerms: true } dense && _terms[node.Inputs[0]] is int[] named)
        {
            int inputs = _plan.Network.Nodes[node.Inputs[0]].Shape.Size;
            for (int s = 0; s < length; s++)
                dense.Apply(x, s * _vertices, _vertices, named.AsSpan(s * inputs, _termCounts[node.Inputs[0]]![s]), true, y, _scratch);
        }
        else if (_plan.Products[index] is LayerProduct product)
        {
            product.Apply(x, length * _vertices, true, y, _scratch);
        }
        else
        {
            double[][] arguments = [.. node.Inputs.Select(i => _slots[_plan.Slots[i]])];
            node.Layer.Evaluate(arguments, length * _vertices, y.AsSpan(0, length * _vertices * size));
        }
    }

    // The units that are not 0 at all vertices of a sample.
    private static void Name(int[] terms, int[] termCounts, double[] high, double knot, int units, int length)
    {
        for (int s = 0; s < length; s++)
        {
            int count = 0;
            for (int unit = 0; unit < units; unit++)
            {
                terms[s * units + count] = unit;
                count += high[s * units + unit] > knot ? 1 : 0;
            }
            termCounts[s] = count;
        }
    }

    private void Vertices(Node node, int sample, HullDirections directions, Span<double> vertices)
    {
        int size = node.Shape.Size;
        ReadOnlySpan<double> at = _samples[node.Index].AsSpan(sample * size, size), along = directions.Values[node.Index];
        for (int p = 0; p < _directions; p++)
        {
            TensorPrimitives.Add(at, along.Slice(p * size, size), vertices.Slice(p * size, size));
            TensorPrimitives.Subtract(at, along.Slice(p * size, size), vertices.Slice((_directions + p) * size, size));
        }
    }

    // Exact and closed: over the vertices h ± r (w · v) the extremes are h ± r max |w · v|.
    private void CountAffine(int layer, int firstSample, int start, int length, HullDirections directions, Span<int> counts, VertexValues? visit)
    {
        CountedLayer counted = _plan.Layers[layer];
        int units = counted.Units;
        double[] extents = directions.Extents[layer];
        for (int s = 0; s < length; s++)
        {
            Span<double> low = _low.AsSpan(0, units), high = _high[layer].AsSpan(s * units, units);
            ReadOnlySpan<double> at = _samples[counted.Source].AsSpan((start + s) * units, units);
            TensorPrimitives.Subtract(at, extents, low);
            TensorPrimitives.Add(at, extents, high);
            counts[s * _plan.Layers.Length + layer] = Changes(counted, low, high, firstSample + s);
            if (visit is null)
                continue;
            Vertices(_plan.Network.Nodes[counted.Source], start + s, directions, _vertexValues);
            visit(layer, firstSample + s, _vertexValues.AsSpan(0, _vertices * units));
        }
    }

    private void CountVertices(int layer, int firstSample, int length, double[] values, Span<int> counts, VertexValues? visit)
    {
        CountedLayer counted = _plan.Layers[layer];
        int units = counted.Units;
        for (int s = 0; s < length; s++)
        {
            Span<double> low = _low.AsSpan(0, units), high = _high[layer].AsSpan(s * units, units);
            ReadOnlySpan<double> rows = values.AsSpan(s * _vertices * units, _vertices * units);
            rows[..units].CopyTo(low);
            rows[..units].CopyTo(high);
            for (int v = 1; v < _vertices; v++)
            {
                ReadOnlySpan<double> row = rows.Slice(v * units, units);
                TensorPrimitives.Min(low, row, low);
                TensorPrimitives.Max(high, row, high);
            }
            counts[s * _plan.Layers.Length + layer] = Changes(counted, low, high, firstSample + s);
            visit?.Invoke(layer, firstSample + s, rows);
        }
    }

    // Signs -1, 0 and 1 differ somewhere if and only if the smallest value is at most the knot, the largest at least, and they differ.
    private static int Changes(CountedLayer layer, ReadOnlySpan<double> low, ReadOnlySpan<double> high, int sample)
    {
        ImmutableArray<double> knots = layer.Knots;
        double first = knots[0];
        int changes = 0;
        bool isFinite = true;
        for (int unit = 0; unit < low.Length; unit++)
        {
            double least = low[unit], most = high[unit];
            isFinite &= double.IsFinite(least) & double.IsFinite(most);
            bool changes1 = least <= first & most >= first;
            for (int k = 1; k < knots.Length; k++)
                changes1 |= least <= knots[k] & most >= knots[k];
            changes += changes1 & least < most ? 1 : 0;
        }
        return isFinite ? changes : throw new InvalidOperationException($"The values that feed node '{layer.Name}' overflow around sample {sample}; expected finite numbers. Check the weights and the scale of the data.");
    }
}
