using System.Numerics.Tensors;

namespace Crease.Networks.Layers;

/// <summary>A product of two values that both depend on the input (attention, gating).</summary>
public sealed class Product : SmoothLayer
{
    private readonly bool _matrix;

    /// <summary>Makes a product.</summary>
    /// <param name="left">Shape of the first input.</param>
    /// <param name="right">Shape of the second input: equal to <paramref name="left"/>, or for a matrix product [..., inner, columns].</param>
    /// <param name="matrix">Whether the last two axes multiply as matrices; leading axes must be equal.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Product(Shape left, Shape right, bool matrix)
        : base([left, right], OutputOf(left, right, matrix)) => _matrix = matrix;

    /// <summary>Whether matrices are multiplied; else elements are.</summary>
    public bool IsMatrix => _matrix;

    /// <inheritdoc/>
    public override string Kind => _matrix ? "matrix product" : "product";

    /// <inheritdoc/>
    public override long Flops => _matrix ? 2L * OutputShape.Size * InputShapes[0][-1] : OutputShape.Size;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output)
    {
        if (!_matrix)
        {
            for (int i = 0; i < count * OutputShape.Size; i++)
                output[i] = inputs[0][i] * inputs[1][i];
            return;
        }
        int rows = InputShapes[0][-2], inner = InputShapes[0][-1], columns = InputShapes[1][-1];
        int matrices = count * (OutputShape.Size / (rows * columns));
        output[..(matrices * rows * columns)].Clear();
        for (int m = 0; m < matrices; m++)
        {
            for (int r = 0; r < rows; r++)
            {
                for (int k = 0; k < inner; k++)
                {
                    double weight = inputs[0][(m * rows + r) * inner + k];
                    for (int c = 0; c < columns; c++)
                        output[(m * rows + r) * columns + c] += weight * inputs[1][(m * inner + k) * columns + c];
                }
            }
        }
    }

    private static Shape OutputOf(Shape left, Shape right, bool matrix)
    {
        if (!matrix)
            return left == right ? left : throw new ArgumentException($"'right' is {right}; an element-wise product takes two equal shapes, here {left}.", nameof(right));
        bool fits = left.Rank >= 2 && left.Rank == right.Rank && left[-1] == right[-2];
        for (int axis = 0; fits && axis < left.Rank - 2; axis++)
            fits = left[axis] == right[axis];
        if (!fits)
            throw new ArgumentException($"'left' is {left} and 'right' {right}; expected [..., rows, inner] and [..., inner, columns].", nameof(right));
        int[] extents = [.. left.Extents];
        extents[^1] = right[-1];
        return new Shape(extents);
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        if (_matrix)
        {
            PullMatrices(inputs, gradient, count, inputGradients);
            return;
        }
        for (int side = 0; side < 2; side++)
        {
            int length = inputGradients[side].Length == 0 ? 0 : count * OutputShape.Size;
            for (int i = 0; i < length; i++)
                inputGradients[side][i] += gradient[i] * inputs[1 - side][i];
        }
    }

    // For C = A B: what arrives at A is G Bᵀ, at B it is Aᵀ G.
    private void PullMatrices(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        int rows = InputShapes[0][-2], inner = InputShapes[0][-1], columns = InputShapes[1][-1];
        int matrices = count * (OutputShape.Size / (rows * columns));
        for (int m = 0; m < matrices; m++)
        {
            for (int r = 0; r < rows; r++)
            {
                ReadOnlySpan<double> slopes = gradient.Slice((m * rows + r) * columns, columns);
                for (int k = 0; k < inner; k++)
                {
                    int left = (m * rows + r) * inner + k, right = (m * inner + k) * columns;
                    if (inputGradients[0].Length > 0)
                        inputGradients[0][left] += TensorPrimitives.Dot(slopes, inputs[1].AsSpan(right, columns));
                    if (inputGradients[1].Length == 0)
                        continue;
                    Span<double> pulled = inputGradients[1].AsSpan(right, columns);
                    TensorPrimitives.MultiplyAdd(slopes, inputs[0][left], pulled, pulled);
                }
            }
        }
    }
}
