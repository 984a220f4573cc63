using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Tests.Corpus;

/// <summary>The trained CIFAR residual networks of the shared folder, whose weights files say nothing about the graph.</summary>
internal static class TrainedResNet
{
    private static readonly double[] Mean = [.485, .456, .406], Deviation = [.229, .224, .225];

    /// <summary>ResNet-20, with its batch normalizations.</summary>
    public static Network Twenty() => Of("resnet20-12fca82f", 3);

    /// <summary>ResNet-32, likewise.</summary>
    public static Network ThirtyTwo() => Of("resnet32-d509ac18", 5);

    /// <summary>ResNet-56, likewise.</summary>
    public static Network FiftySix() => Of("resnet56-4bfd9763", 9);

    private static Network Of(string file, int blocks)
    {
        SafetensorsFile weights = SafetensorsFile.Load(SharedData.Path("networks", "resnet_cifar10", file + ".safetensors"));
        var builder = new NetworkBuilder(file);
        int at = builder.Input("x", new Shape(3, 32, 32));
        double[] scale = [.. Enumerable.Range(0, 3072).Select(i => 1 / Deviation[i / 1024])], shift = [.. Enumerable.Range(0, 3072).Select(i => -Mean[i / 1024] / Deviation[i / 1024])];
        at = builder.Add(new Scaling(new Shape(3, 32, 32), scale, shift), at);
        at = Relu(Normalized("conv1", "bn1", at, 1));
        for (int stage = 1; stage <= 3; stage++)
        {
            for (int block = 0; block < blocks; block++)
            {
                string name = $"layer{stage}.{block}.";
                int stride = stage > 1 && block == 0 ? 2 : 1, skip = stride == 1 ? at : Shortcut(at);
                int inner = Normalized(name + "conv2", name + "bn2", Relu(Normalized(name + "conv1", name + "bn1", at, stride)), 1);
                at = Relu(builder.Add(new Sum(builder.ShapeOf(inner), 1, 1), inner, skip));
            }
        }
        at = builder.Add(new AveragePooling(builder.ShapeOf(at), new Windows(8, 8)), at);
        at = builder.Add(new Reshape(builder.ShapeOf(at), new Shape(64)), at);
        return builder.Build(builder.Add(new Dense(weights.Weights("linear.weight"), weights.Weights("linear.bias"), new Shape(64)), at));

        int Relu(int from) => builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(from)), from);

        int Normalized(string convolution, string normalization, int from, int stride)
        {
            int made = builder.Add(new Convolution(builder.ShapeOf(from), weights.Weights(convolution + ".weight"), null, new Windows(3, 3) { StrideX = stride, StrideY = stride, Top = 1, Bottom = 1, Left = 1, Right = 1 }), from);
            Weights Own(string role) => weights.Weights($"{normalization}.{role}");
            return builder.Add(new BatchNormalization(builder.ShapeOf(made), Own("weight"), Own("bias"), Own("running_mean"), Own("running_var"), 1e-5), made);
        }

        // Every second pixel, and a quarter of the new channels zero on each side: a convolution with a 1 in each row.
        int Shortcut(int from)
        {
            int channels = builder.ShapeOf(from)[0];
            var copies = new double[2 * channels * channels];
            for (int c = 0; c < channels; c++)
                copies[(c + channels / 2) * channels + c] = 1;
            return builder.Add(new Convolution(builder.ShapeOf(from), copies, null, new Windows(1, 1) { StrideX = 2, StrideY = 2 }), from);
        }
    }
}
