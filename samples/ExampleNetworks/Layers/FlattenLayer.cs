using TorchSharp;

namespace ExampleNetworks;

/// <summary>All channels and pixels of an image as one row.</summary>
internal sealed class FlattenLayer(string name) : TrainedLayer(name)
{
    public override torch.Tensor Value(torch.Tensor inputs) => inputs.flatten(1);

    public override void AddTo(OnnxGraph graph) => graph.Add("Flatten", Name, [], OnnxGraph.Attribute("axis", 1));
}
