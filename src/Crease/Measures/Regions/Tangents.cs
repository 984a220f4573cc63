using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>Derivatives of every node along some input axes, one row per element: a short-lived worker that is filled many times.</summary>
/// <remarks>
/// Most rows are zero (units that are off, elements that a pixel does not reach), and zero rows are never multiplied. That, and rows that
/// run along the axes, make this several times faster than pushing whole columns through the layers.
/// </remarks>
internal sealed class Tangents
{
    private readonly Linearization _at;
    private readonly int _last;
    private readonly int _width;
    private readonly double[][] _rows;
    private readonly bool[][] _live;
    private readonly List<Term> _terms = [];

    /// <summary>Makes room for derivatives of all nodes up to the last one.</summary>
    public Tangents(Linearization at, int last, int width)
    {
        (_at, _last, _width) = (at, last, width);
        _rows = [.. at.Network.Nodes.Take(last + 1).Select(node => new double[(long)node.Shape.Size * width])];
        _live = [.. at.Network.Nodes.Take(last + 1).Select(node => new bool[node.Shape.Size])];
    }

    /// <summary>Number of axes in use.</summary>
    public int Count { get; private set; }

    /// <summary>Derivatives of one element; empty where all are zero. Shape [count].</summary>
    public ReadOnlySpan<double> Row(int node, int element) => _live[node][element] ? Span(node, element) : [];

    /// <summary>Finds the derivatives along the axes first to first + count - 1.</summary>
    public void Fill(int first, int count)
    {
        Count = count;
        foreach (Node node in _at.Network.Nodes.Take(_last + 1))
        {
            Array.Clear(_live[node.Index]);
            if (node.Layer is InputLayer)
                FillInput(node.Index, first);
            else if (node.Layer is AffineLayer affine)
                FillAffine(node, affine);
            else if (node.Layer is PiecewiseLayer)
                FillPiecewise(node);
        }
    }

    private void FillInput(int node, int first)
    {
        for (int c = 0; c < Count; c++)
        {
            _live[node][first + c] = true;
            Span(node, first + c).Clear();
            Span(node, first + c)[c] = 1;
        }
    }

    private void FillAffine(Node node, AffineLayer affine)
    {
        for (int o = 0; o < node.Shape.Size; o++)
        {
            affine.Row(o, _terms);
            foreach (Term term in _terms)
                Add(node, o, node.Inputs[term.Input], term.Element, term.Weight);
        }
    }

    private void FillPiecewise(Node node)
    {
        for (int unit = 0; unit < node.Shape.Size; unit++)
        {
            (int source, double slope) = _at.Passed(node, unit);
            if (slope != 0)
                Add(node, unit, node.Inputs[0], source, slope);
        }
    }

    private void Add(Node node, int element, int from, int source, double weight)
    {
        if (!_live[from][source])
            return;
        Span<double> row = Span(node.Index, element);
        if (_live[node.Index][element])
            TensorPrimitives.MultiplyAdd(Span(from, source), weight, row, row);
        else
            TensorPrimitives.Multiply(Span(from, source), weight, row);
        _live[node.Index][element] = true;
    }

    private Span<double> Span(int node, int element) => _rows[node].AsSpan(element * _width, Count);
}
