using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Networks;

internal sealed partial class SingleConvolution
{
    // Per phase of the input the gradient of the outputs, with zeros around it, is correlated with the kernel entries that look at the phase, mirrored.
    public override void Pull(float[][] inputs, float[] output, float[] gradient, int count, float[][] pulled, SingleScratch scratch)
    {
        BackProducts back = _back.Value;
        float[] slopes = scratch.Columns(_outputsPerGroup * back.Lines * back.Line + OffsetProduct.Lanes), sums = scratch.Sums(_perGroup * back.MostPositions);
        for (int part = 0; part < count * _groups; part++)
        {
            slopes.AsSpan(0, _outputsPerGroup * back.Lines * back.Line).Clear();
            for (int o = 0; o < _outputsPerGroup; o++)
            {
                for (int row = 0; row < _rows; row++)
                    gradient.AsSpan(((part * _outputsPerGroup + o) * _rows + row) * _columns, _columns).CopyTo(slopes.AsSpan((o * back.Lines + back.Top + row) * back.Line + back.Left));
            }
            Span<float> target = pulled[0].AsSpan(part * _perGroup * _height * _width, _perGroup * _height * _width);
            foreach (BackPhase phase in back.Phases)
            {
                int padded = OffsetProduct.Padded((phase.Lines - 1) * back.Line + phase.Columns), terms = phase.Offsets.Length;
                sums.AsSpan(0, _perGroup * padded).Clear();
                OffsetProduct.Add(phase.Weights.AsSpan(part % _groups * _perGroup * terms), terms, _perGroup, phase.Offsets, slopes, sums, padded, padded);
                for (int c = 0; c < _perGroup; c++)
                {
                    for (int line = 0; line < phase.Lines; line++)
                        Spread(sums.AsSpan(c * padded + line * back.Line, phase.Columns), target.Slice((c * _height + phase.Y + line * _windows.StrideY) * _width, _width), phase.X);
                }
            }
        }
    }

    private void Spread(ReadOnlySpan<float> line, Span<float> pixels, int first)
    {
        if (_windows.StrideX == 1)
        {
            Span<float> target = pixels.Slice(first, line.Length);
            TensorPrimitives.Add(line, target, target);
            return;
        }
        for (int i = 0; i < line.Length; i++)
            pixels[first + i * _windows.StrideX] += line[i];
    }

    /// <summary>The pixels of a phase that any output looks at: the first one, how many, and the product that gives their gradients.</summary>
    private sealed record BackPhase(int Y, int X, int Lines, int Columns, int[] Offsets, float[] Weights);

    /// <summary>What the products back need: made by the first pull only.</summary>
    private sealed class BackProducts
    {
        public BackProducts(SingleConvolution layer, Tap[] taps)
        {
            var reaches = new List<((int Y, int X) Phase, Reach Y, Reach X)>();
            foreach ((int Y, int X) phase in layer._phases)
            {
                Reach y = Reach.Of(phase.Y - layer._windows.Top, layer._windows.StrideY, layer._height, layer._lines), x = Reach.Of(phase.X - layer._windows.Left, layer._windows.StrideX, layer._width, layer._line);
                if (y.Count > 0 && x.Count > 0)
                    reaches.Add((phase, y, x));
            }
            int furthestY = layer._lines - layer._rows, furthestX = layer._line - layer._columns;
            Top = reaches.Select(reach => Math.Max(0, furthestY - reach.Y.First)).DefaultIfEmpty().Max();
            Left = reaches.Select(reach => Math.Max(0, furthestX - reach.X.First)).DefaultIfEmpty().Max();
            Lines = layer._rows + Top + reaches.Select(reach => Math.Max(0, reach.Y.First + reach.Y.Count - layer._rows)).DefaultIfEmpty().Max();
            Line = layer._columns + Left + reaches.Select(reach => Math.Max(0, reach.X.First + reach.X.Count - layer._columns)).DefaultIfEmpty().Max();
            Phases = [.. reaches.Select(reach => Phase(layer, [.. taps.Where(tap => (tap.PhaseY, tap.PhaseX) == reach.Phase)], reach))];
            MostPositions = Phases.Select(phase => OffsetProduct.Padded((phase.Lines - 1) * Line + phase.Columns)).DefaultIfEmpty().Max();
        }

        /// <summary>Extents of a channel of the gradient with zeros around it, and how many of them are before it.</summary>
        public int Lines { get; }

        public int Line { get; }

        public int Top { get; }

        public int Left { get; }

        public int MostPositions { get; }

        public BackPhase[] Phases { get; }

        private BackPhase Phase(SingleConvolution layer, Tap[] taps, ((int Y, int X) Phase, Reach Y, Reach X) reach)
        {
            int terms = layer._outputsPerGroup * taps.Length, entries = layer._offsets.Length / layer._perGroup;
            int[] offsets = [.. Enumerable.Range(0, layer._outputsPerGroup).SelectMany(o => taps.Select(tap => (o * Lines + Top + reach.Y.First - tap.ShiftY) * Line + Left + reach.X.First - tap.ShiftX))];
            var weights = new float[layer._groups * layer._perGroup * terms];
            for (int row = 0; row < layer._groups * layer._perGroup; row++)
            {
                (int group, int c) = Math.DivRem(row, layer._perGroup);
                for (int term = 0; term < terms; term++)
                    weights[row * terms + term] = layer._weights[((group * layer._outputsPerGroup + term / taps.Length) * layer._perGroup + c) * entries + taps[term % taps.Length].Entry];
            }
            return new BackPhase(reach.Y.First * layer._windows.StrideY + reach.Phase.Y - layer._windows.Top, reach.X.First * layer._windows.StrideX + reach.Phase.X - layer._windows.Left, reach.Y.Count, reach.X.Count, offsets, weights);
        }
    }

    /// <summary>The positions of a phase along one axis that are pixels.</summary>
    private readonly record struct Reach(int First, int Count)
    {
        public static Reach Of(int start, int stride, int pixels, int positions)
        {
            int first = start >= 0 ? 0 : (stride - 1 - start) / stride, end = Math.Min(positions, start >= pixels ? 0 : (pixels - 1 - start) / stride + 1);
            return new Reach(first, end - first);
        }
    }
}
