using Crease.Numerics;
using TorchSharp;
using TorchSharp.Modules;

namespace ExampleNetworks;

/// <summary>A dense layer.</summary>
internal sealed class DenseLayer(string name, int inputs, int outputs, RandomSource random) : TrainedLayer(name)
{
    private readonly Parameter _weight = Start(random, Math.Sqrt(6.0 / inputs), outputs, inputs);
    private readonly Parameter _bias = Start(random, 1 / Math.Sqrt(inputs), outputs);

    public override IReadOnlyList<Parameter> Parameters => [_weight, _bias];

    public override torch.Tensor Value(torch.Tensor inputs) => torch.nn.functional.linear(inputs, _weight, _bias);

    public override void AddTo(OnnxGraph graph) =>
        graph.Add("Gemm", Name, [Add(graph, "weight", _weight), Add(graph, "bias", _bias)], OnnxGraph.Attribute("transB", 1));
}
