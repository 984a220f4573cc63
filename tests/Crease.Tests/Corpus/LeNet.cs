using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Tests.Corpus;

/// <summary>LeNet-5 as trained by advertorch on MNIST: two convolutions, each with a ReLU and max pooling, and two dense layers; 47,240 units.</summary>
internal static class LeNet
{
    /// <summary>The network trained on images as they are (<c>clntrained</c>) or on adversarial ones (<c>advtrained</c>).</summary>
    public static Network Load(string training)
    {
        var file = SafetensorsFile.Load(SharedData.Path($"networks/advertorch/mnist_lenet5_{training}.safetensors"));
        var builder = new NetworkBuilder($"LeNet-5, {training}");
        int at = builder.Input("image", new Shape(1, 28, 28));
        foreach (string name in new[] { "conv1", "conv2" })
        {
            at = builder.Add(new Convolution(builder.ShapeOf(at), file.Weights($"{name}.weight"), file.Weights($"{name}.bias"), new Windows(3, 3) { Top = 1, Left = 1, Bottom = 1, Right = 1 }), at);
            at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
            at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(2, 2) { StrideX = 2, StrideY = 2 }), at);
        }
        at = builder.Add(new Reshape(builder.ShapeOf(at), new Shape(builder.ShapeOf(at).Size)), at);
        at = builder.Add(new Dense(file.Weights("linear1.weight"), file.Weights("linear1.bias"), builder.ShapeOf(at)), at);
        at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
        at = builder.Add(new Dense(file.Weights("linear2.weight"), file.Weights("linear2.bias"), builder.ShapeOf(at)), at);
        return builder.Build(at);
    }
}
