using Crease.Numerics;
using TorchSharp;
using TorchSharp.Modules;

namespace ExampleNetworks;

/// <summary>A convolution with a square window of odd size that keeps the size of the image.</summary>
internal sealed class ConvolutionLayer(string name, int inputs, int outputs, int size, RandomSource random) : TrainedLayer(name)
{
    private readonly int _padding = size / 2;
    private readonly Parameter _weight = Start(random, Math.Sqrt(6.0 / (inputs * size * size)), outputs, inputs, size, size);
    private readonly Parameter _bias = Start(random, 1 / Math.Sqrt(inputs * size * size), outputs);

    public override IReadOnlyList<Parameter> Parameters => [_weight, _bias];

    public override torch.Tensor Value(torch.Tensor inputs) =>
        torch.nn.functional.conv2d(inputs, _weight, _bias, padding: [_padding, _padding]);

    public override void AddTo(OnnxGraph graph) => graph.Add(
        "Conv",
        Name,
        [Add(graph, "weight", _weight), Add(graph, "bias", _bias)],
        OnnxGraph.Attribute("kernel_shape", size, size),
        OnnxGraph.Attribute("pads", _padding, _padding, _padding, _padding));
}
