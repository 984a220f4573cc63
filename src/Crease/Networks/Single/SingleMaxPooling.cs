using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>Max pooling in single precision, by the windows of one channel, which those of all others repeat.</summary>
internal sealed class SingleMaxPooling : SingleLayer
{
    private readonly int _channels, _inputs, _outputs;
    private readonly int[][] _windows;

    public SingleMaxPooling(MaxPooling layer)
    {
        _channels = layer.OutputShape[0];
        (_inputs, _outputs) = (layer.InputShapes[0].Size / _channels, layer.OutputShape.Size / _channels);
        _windows = layer.OfChannel;
    }

    public override void Apply(float[][] inputs, int count, float[] output, SingleScratch scratch)
    {
        for (int plane = 0; plane < count * _channels; plane++)
        {
            ReadOnlySpan<float> x = inputs[0].AsSpan(plane * _inputs, _inputs);
            for (int o = 0; o < _windows.Length; o++)
            {
                float best = float.NegativeInfinity;
                foreach (int candidate in _windows[o])
                    best = Math.Max(best, x[candidate]);
                output[plane * _outputs + o] = best;
            }
        }
    }

    public override void Pull(float[][] inputs, float[] output, float[] gradient, int count, float[][] pulled, SingleScratch scratch)
    {
        for (int plane = 0; plane < count * _channels; plane++)
        {
            ReadOnlySpan<float> x = inputs[0].AsSpan(plane * _inputs, _inputs);
            Span<float> target = pulled[0].AsSpan(plane * _inputs, _inputs);
            for (int o = 0; o < _windows.Length; o++)
            {
                int[] window = _windows[o];
                int winner = window[0];
                foreach (int candidate in window)
                    winner = x[candidate] > x[winner] ? candidate : winner;
                target[winner] += gradient[plane * _outputs + o];
            }
        }
    }
}
