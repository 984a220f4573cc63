using TorchSharp;

namespace ExampleNetworks;

/// <summary>The largest value of each window; windows do not overlap.</summary>
internal sealed class MaxPoolingLayer(string name, int size) : TrainedLayer(name)
{
    public override torch.Tensor Value(torch.Tensor inputs) => torch.nn.functional.max_pool2d(inputs, size, size);

    public override void AddTo(OnnxGraph graph) =>
        graph.Add("MaxPool", Name, [], OnnxGraph.Attribute("kernel_shape", size, size), OnnxGraph.Attribute("strides", size, size));
}
