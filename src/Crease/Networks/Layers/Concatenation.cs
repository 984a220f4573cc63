using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace Crease.Networks.Layers;

/// <summary>Joins tensors along one axis.</summary>
public sealed class Concatenation : AffineLayer
{
    private readonly int _outer;
    private readonly int[] _blocks;

    /// <summary>Makes a concatenation.</summary>
    /// <param name="inputShapes">Shapes of the inputs, equal but for one axis; at least one.</param>
    /// <param name="axis">0-based axis (without the batch axis); negative counts from the end.</param>
    /// <exception cref="ArgumentException">The axis does not exist or another axis differs.</exception>
    public Concatenation(ImmutableArray<Shape> inputShapes, int axis)
        : base(inputShapes, OutputOf(inputShapes, ref axis))
    {
        Axis = axis;
        _outer = 1;
        for (int i = 0; i < axis; i++)
            _outer *= OutputShape[i];
        _blocks = [.. inputShapes.Select(shape => shape.Size / _outer)];
    }

    /// <summary>0-based axis along which inputs are joined.</summary>
    internal int Axis { get; }

    /// <inheritdoc/>
    public override string Kind => "concatenation";

    /// <inheritdoc/>
    public override long Flops => 0;

    /// <inheritdoc/>
    public override void Push(ReadOnlySpan<double[]> inputs, int count, int constantFrom, Span<double> output)
    {
        int at = 0;
        for (int o = 0; o < count * _outer; o++)
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i].AsSpan(o * _blocks[i], _blocks[i]).CopyTo(output[at..]);
                at += _blocks[i];
            }
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        int at = 0;
        for (int o = 0; o < count * _outer; o++)
        {
            for (int i = 0; i < _blocks.Length; at += _blocks[i++])
            {
                if (inputGradients[i].Length == 0)
                    continue;
                Span<double> pulled = inputGradients[i].AsSpan(o * _blocks[i], _blocks[i]);
                TensorPrimitives.Add(gradient.Slice(at, _blocks[i]), pulled, pulled);
            }
        }
    }

    /// <inheritdoc/>
    public override double Row(int output, List<Term> terms)
    {
        terms.Clear();
        (int outer, int rest) = Math.DivRem(output, OutputShape.Size / _outer);
        int i = 0;
        while (rest >= _blocks[i])
            rest -= _blocks[i++];
        terms.Add(new Term(i, outer * _blocks[i] + rest, 1));
        return 0;
    }

    /// <inheritdoc/>
    public override void Column(int input, int element, List<Entry> entries)
    {
        entries.Clear();
        (int outer, int rest) = Math.DivRem(element, _blocks[input]);
        entries.Add(new Entry(outer * (OutputShape.Size / _outer) + _blocks.Take(input).Sum() + rest, 1));
    }

    private static Shape OutputOf(ImmutableArray<Shape> shapes, ref int axis)
    {
        if (shapes.IsEmpty)
            throw new ArgumentException("'inputShapes' is empty; a concatenation has at least one input.", nameof(shapes));
        int rank = shapes[0].Rank, given = axis;
        axis = axis < 0 ? axis + rank : axis;
        if ((uint)axis >= (uint)rank)
            throw new ArgumentException($"'axis' is {given}; expected -{rank} to {rank - 1}.", nameof(axis));
        int[] extents = [.. shapes[0].Extents];
        for (int i = 1; i < shapes.Length; i++)
        {
            for (int a = 0; a < rank; a++)
            {
                if (shapes[i].Rank != rank || (a != axis && shapes[i][a] != extents[a]))
                    throw new ArgumentException($"'inputShapes' holds {shapes[0]} and {shapes[i]}, which differ off axis {axis}.", nameof(shapes));
            }
            extents[axis] = checked(extents[axis] + shapes[i][axis]);
        }
        return new Shape(extents);
    }
}
