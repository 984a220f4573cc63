using TorchSharp;

namespace ExampleNetworks;

/// <summary>The larger of a value and zero.</summary>
internal sealed class ReluLayer(string name) : TrainedLayer(name)
{
    public override torch.Tensor Value(torch.Tensor inputs) => inputs.relu();

    public override void AddTo(OnnxGraph graph) => graph.Add("Relu", Name, []);
}
