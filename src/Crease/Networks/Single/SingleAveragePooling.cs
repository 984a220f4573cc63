using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>Average pooling in single precision, by the windows of one channel, which those of all others repeat.</summary>
internal sealed class SingleAveragePooling : SingleLayer
{
    private readonly int _channels, _inputs, _outputs;
    private readonly (int Element, float Weight)[][] _windows;

    public SingleAveragePooling(AveragePooling layer)
    {
        _channels = layer.OutputShape[0];
        (_inputs, _outputs) = (layer.InputShapes[0].Size / _channels, layer.OutputShape.Size / _channels);
        var terms = new List<Term>();
        _windows = new (int, float)[_outputs][];
        for (int o = 0; o < _outputs; o++)
        {
            layer.Row(o, terms);
            _windows[o] = [.. terms.Select(term => (term.Element, (float)term.Weight))];
        }
    }

    public override void Apply(float[][] inputs, int count, float[] output, SingleScratch scratch)
    {
        for (int plane = 0; plane < count * _channels; plane++)
        {
            ReadOnlySpan<float> x = inputs[0].AsSpan(plane * _inputs, _inputs);
            for (int o = 0; o < _windows.Length; o++)
            {
                float sum = 0;
                foreach ((int element, float weight) in _windows[o])
                    sum += weight * x[element];
                output[plane * _outputs + o] = sum;
            }
        }
    }

    public override void Pull(float[][] inputs, float[] output, float[] gradient, int count, float[][] pulled, SingleScratch scratch)
    {
        for (int plane = 0; plane < count * _channels; plane++)
        {
            Span<float> target = pulled[0].AsSpan(plane * _inputs, _inputs);
            for (int o = 0; o < _windows.Length; o++)
            {
                float slope = gradient[plane * _outputs + o];
                foreach ((int element, float weight) in _windows[o])
                    target[element] += weight * slope;
            }
        }
    }
}
