using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Networks;

/// <summary>A convolution as products of its kernels with the patches under them, a few hundred positions at a time.</summary>
internal sealed partial class ConvolutionProduct(Convolution layer) : LayerProduct
{
    // Patches of one product: half a mebibyte stays in the cache of a core.
    private const int PatchBudget = 1 << 16;

    private readonly double[] _weights = layer.Weights.Values.ToArray();
    private readonly Lazy<double[]> _transposed = new(() => Transposed(layer));
    private readonly double[]? _bias = layer.Bias?.Values.ToArray();
    private readonly Windows _windows = layer.Windows;
    private readonly int _height = layer.InputShapes[0][1], _width = layer.InputShapes[0][2], _columns = layer.OutputShape[2];
    private readonly int _positions = layer.OutputShape[1] * layer.OutputShape[2];
    private readonly int _perGroup = layer.InputShapes[0][0] / layer.Groups, _outputsPerGroup = layer.OutputShape[0] / layer.Groups;

    private int Terms => _perGroup * _windows.Height * _windows.Width;

    private int Chunk => Math.Min(MatrixProduct.Padded(_positions), Math.Max(MatrixProduct.Lanes, PatchBudget / Terms & -MatrixProduct.Lanes));

    public override void Apply(double[] x, int count, bool constant, double[] y, ProductScratch scratch)
    {
        int inputs = layer.InputShapes[0].Size, outputs = layer.OutputShape.Size, terms = Terms, chunk = Chunk;
        double[] patches = scratch.Columns(terms * chunk), sums = scratch.Sums(_outputsPerGroup * chunk);
        for (int v = 0; v < count; v++)
        {
            for (int group = 0; group < layer.Groups; group++)
            {
                for (int start = 0; start < _positions; start += chunk)
                {
                    int length = Math.Min(chunk, _positions - start), padded = MatrixProduct.Padded(length), first = group * _outputsPerGroup;
                    Gather(x.AsSpan(v * inputs + group * _perGroup * _height * _width), start, length, padded, patches);
                    for (int o = 0; o < _outputsPerGroup; o++)
                        sums.AsSpan(o * padded, padded).Fill(constant && _bias is not null ? _bias[first + o] : 0);
                    MatrixProduct.Add(_weights, first * terms, terms, _outputsPerGroup, scratch.All(terms), patches, padded, sums, 0, padded, padded);
                    for (int o = 0; o < _outputsPerGroup; o++)
                        sums.AsSpan(o * padded, length).CopyTo(y.AsSpan(v * outputs + (first + o) * _positions + start));
                }
            }
        }
    }

    // One row per kernel entry, one column per position; zero where the kernel hangs over the border.
    private void Gather(ReadOnlySpan<double> x, int start, int length, int padded, double[] patches)
    {
        int term = 0;
        for (int c = 0; c < _perGroup; c++)
        {
            ReadOnlySpan<double> image = x.Slice(c * _height * _width, _height * _width);
            for (int ky = 0; ky < _windows.Height; ky++)
            {
                for (int kx = 0; kx < _windows.Width; kx++)
                    Row(image, ky * _windows.DilationY - _windows.Top, kx * _windows.DilationX - _windows.Left, start, patches.AsSpan(term++ * padded, padded), length);
            }
        }
    }

    private void Row(ReadOnlySpan<double> image, int shiftY, int shiftX, int start, Span<double> row, int length)
    {
        (int line, int column) = Math.DivRem(start, _columns);
        for (int at = 0; at < length; line++, column = 0)
        {
            int run = Math.Min(_columns - column, length - at), y = line * _windows.StrideY + shiftY;
            Span<double> target = row.Slice(at, run);
            at += run;
            if ((uint)y >= (uint)_height)
            {
                target.Clear();
                continue;
            }
            ReadOnlySpan<double> source = image.Slice(y * _width, _width);
            int x = column * _windows.StrideX + shiftX;
            if (_windows.StrideX == 1 && x >= 0 && x + run <= _width)
            {
                source.Slice(x, run).CopyTo(target);
                continue;
            }
            for (int i = 0; i < run; i++, x += _windows.StrideX)
                target[i] = (uint)x < (uint)_width ? source[x] : 0;
        }
        row[length..].Clear();
    }
}
