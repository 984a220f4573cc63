using System.Numerics.Tensors;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Networks;

internal sealed partial class ConvolutionProduct
{
    public override void Pull(double[] gradient, int count, double[] pulled, ProductScratch scratch)
    {
        int inputs = layer.InputShapes[0].Size, outputs = layer.OutputShape.Size, terms = Terms, chunk = Chunk;
        double[] patches = scratch.Columns(terms * chunk), slopes = scratch.Sums(_outputsPerGroup * chunk);
        for (int v = 0; v < count; v++)
        {
            for (int group = 0; group < layer.Groups; group++)
            {
                for (int start = 0; start < _positions; start += chunk)
                {
                    int length = Math.Min(chunk, _positions - start), padded = MatrixProduct.Padded(length), first = group * _outputsPerGroup;
                    for (int o = 0; o < _outputsPerGroup; o++)
                    {
                        Span<double> row = slopes.AsSpan(o * padded, padded);
                        gradient.AsSpan(v * outputs + (first + o) * _positions + start, length).CopyTo(row);
                        row[length..].Clear();
                    }
                    patches.AsSpan(0, terms * padded).Clear();
                    MatrixProduct.Add(_transposed.Value, first * terms, _outputsPerGroup, terms, scratch.All(_outputsPerGroup), slopes, padded, patches, 0, padded, padded);
                    Scatter(patches, start, length, padded, pulled.AsSpan(v * inputs + group * _perGroup * _height * _width, _perGroup * _height * _width));
                }
            }
        }
    }

    // Gather the other way: what arrives at an entry of a patch is added to the input element under it.
    private void Scatter(double[] patches, int start, int length, int padded, Span<double> x)
    {
        int term = 0;
        for (int c = 0; c < _perGroup; c++)
        {
            Span<double> image = x.Slice(c * _height * _width, _height * _width);
            for (int ky = 0; ky < _windows.Height; ky++)
            {
                for (int kx = 0; kx < _windows.Width; kx++)
                    AddRow(patches.AsSpan(term++ * padded, length), ky * _windows.DilationY - _windows.Top, kx * _windows.DilationX - _windows.Left, start, image);
            }
        }
    }

    private void AddRow(ReadOnlySpan<double> row, int shiftY, int shiftX, int start, Span<double> image)
    {
        (int line, int column) = Math.DivRem(start, _columns);
        for (int at = 0; at < row.Length; line++, column = 0)
        {
            int run = Math.Min(_columns - column, row.Length - at), y = line * _windows.StrideY + shiftY;
            ReadOnlySpan<double> source = row.Slice(at, run);
            at += run;
            if ((uint)y >= (uint)_height)
                continue;
            Span<double> target = image.Slice(y * _width, _width);
            int x = column * _windows.StrideX + shiftX;
            if (_windows.StrideX == 1 && x >= 0 && x + run <= _width)
            {
                TensorPrimitives.Add(source, target.Slice(x, run), target.Slice(x, run));
                continue;
            }
            for (int i = 0; i < run; i++, x += _windows.StrideX)
            {
                if ((uint)x < (uint)_width)
                    target[x] += source[i];
            }
        }
    }

    // Shape [groups, terms, outputs per group]: made by the first pull only, since most products never pull.
    private static double[] Transposed(Convolution layer)
    {
        ReadOnlySpan<double> weights = layer.Weights.Values;
        int perGroup = layer.OutputShape[0] / layer.Groups, terms = weights.Length / layer.OutputShape[0];
        var transposed = new double[weights.Length];
        for (int o = 0; o < layer.OutputShape[0]; o++)
        {
            for (int t = 0; t < terms; t++)
                transposed[(o / perGroup * terms + t) * perGroup + o % perGroup] = weights[o * terms + t];
        }
        return transposed;
    }
}
