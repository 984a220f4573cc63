using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Trained networks of the shared folder by name, with rows of the data that they were trained on.</summary>
internal static class RealNetworks
{
    public const string Acas = "ACAS Xu", Digits = "MNIST 256x4", Pooled = "MNIST max pooling", Convolutional = "CIFAR convolutional", Residual = "CIFAR residual",
        ResNet20 = "ResNet-20", ResNet32 = "ResNet-32", ResNet56 = "ResNet-56";

    private static readonly Dictionary<string, Lazy<Network>> Loaded = new(StringComparer.Ordinal)
    {
        [Acas] = At("acasxu/onnx/ACASXU_run2a_1_1_batch_2000.onnx.gz"),
        [Digits] = At("mnist_fc/onnx/mnist-net_256x4.onnx.gz"),
        [Pooled] = At("verivital_2021/Convnet_maxpool.onnx.gz"),
        [Convolutional] = At("oval21/onnx/cifar_base_kw.onnx.gz"),
        [Residual] = At("cifar10_resnet_2021/onnx/resnet_2b.onnx.gz"),
        [ResNet20] = new(TrainedResNet.Twenty),
        [ResNet32] = new(TrainedResNet.ThirtyTwo),
        [ResNet56] = new(TrainedResNet.FiftySix),
    };

    private static readonly Lazy<double[][]> Images = new(() => [.. DataSource.Load(SharedData.Path("cifar10", "cifar10_test675_lossless.bin.gz")).Inputs]),
        Handwriting = new(() => [.. DataSource.Load(SharedData.Path("mnist", "t10k-images-idx3-ubyte.gz")).Inputs.Take(300)]);

    public static Network Network(string name) => Loaded[name].Value;

    /// <summary>The first rows of the network's data; inputs of ACAS Xu are drawn from their normalized range.</summary>
    public static double[][] Rows(string name, int count) => name switch
    {
        Acas => UniformPoints(count),
        Digits => Handwriting.Value[..count],
        Pooled => Grainy(Handwriting.Value[..count]),
        _ => Images.Value[..count],
    };

    private static double[][] UniformPoints(int count)
    {
        var random = new RandomSource(17);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 5).Select(_ => random.Uniform(-0.5, 0.5)).ToArray())];
    }

    // Equal black pixels tie for the maximum of a window: such an image lies on creases, and no region holds it.
    private static double[][] Grainy(double[][] rows)
    {
        var random = new RandomSource(19);
        return [.. rows.Select(row => row.Select(pixel => pixel + random.Uniform(0, 0.05)).ToArray())];
    }

    private static Lazy<Network> At(string file) => new(() => Model.Load(SharedData.Path("networks", "vnncomp", file)));
}
