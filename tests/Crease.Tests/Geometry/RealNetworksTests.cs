using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Trained networks from files, cut on planes through real inputs.</summary>
public sealed class RealNetworksTests
{
    [Theory]
    [InlineData("ACASXU_run2a_1_1_batch_2000")]
    [InlineData("ACASXU_run2a_3_7_batch_2000")]
    public void Collision_avoidance_networks(string name)
    {
        Network network = Model.Load(SharedData.Path($"networks/vnncomp/acasxu/onnx/{name}.onnx.gz"));
        Slice slice = Slice.Of([0.1, 0, 0, 0.2, -0.1], [1, 0, 0, 0, 0, 0, 1, 0, 0, 0], Domains.Box(-0.3, 0.3, -0.3, 0.3));
        Check(network, slice, atLeast: 1000, outputs: 5);
    }

    [Theory]
    [InlineData("256x2")]
    [InlineData("256x4")]
    [InlineData("256x6")]
    public void Digit_networks_through_three_digits(string size)
    {
        Network network = Model.Load(SharedData.Path($"networks/vnncomp/mnist_fc/onnx/mnist-net_{size}.onnx.gz"));
        double[][] digits = DataSource.Load(SharedData.Path("mnist/t10k-images-idx3-ubyte.gz")).Inputs;
        Check(network, Slice.Through(digits[0], digits[1], digits[2], 0.1), atLeast: 1000, outputs: 10);
    }

    [Fact]
    public void Residual_network_around_an_image()
    {
        Network network = Model.Load(SharedData.Path("networks/vnncomp/cifar10_resnet_2021/onnx/resnet_2b.onnx.gz"));
        double[][] images = DataSource.Load(SharedData.Path("cifar10/cifar10_test675_lossless.bin.gz")).Inputs;
        Check(network, Slice.Around(images[0], new RandomSource(1), 0.5), atLeast: 500, outputs: 10);
    }

    [Fact]
    public void Residual_network_through_three_images()
    {
        Network network = Model.Load(SharedData.Path("networks/vnncomp/cifar10_resnet_2021/onnx/resnet_2b.onnx.gz"));
        double[][] images = DataSource.Load(SharedData.Path("cifar10/cifar10_test675_lossless.bin.gz")).Inputs;
        Slice plane = Slice.Through(images[0], images[1], images[2]);
        double[] corner = plane.Encode(images[1]);
        Slice near = plane.WithDomain(Domains.Box(corner[0] - 0.8, corner[0] + 0.8, corner[1] - 0.8, corner[1] + 0.8));
        Check(network, near, atLeast: 500, outputs: 10);
    }

    [Fact]
    public void Convolutional_network_around_an_image()
    {
        Network network = Model.Load(SharedData.Path("networks/vnncomp/oval21/onnx/cifar_base_kw.onnx.gz"));
        double[][] images = DataSource.Load(SharedData.Path("cifar10/cifar10_test675_lossless.bin.gz")).Inputs;
        Check(network, Slice.Around(images[3], new RandomSource(2), 1), atLeast: 100, outputs: 10);
    }

    [Fact]
    public void Max_pooling_network_around_a_digit()
    {
        Network network = Model.Load(SharedData.Path("networks/vnncomp/verivital_2021/Convnet_maxpool.onnx.gz"));
        double[][] digits = DataSource.Load(SharedData.Path("mnist/t10k-images-idx3-ubyte.gz")).Inputs;
        Check(network, Slice.Around(digits[0], new RandomSource(3), 0.02), atLeast: 50, outputs: 10);
    }

    [Fact]
    public void Lattice_network_with_coincident_creases()
    {
        Network network = Model.Load(SharedData.Path("networks/vnncomp/tllverifybench/onnx/tllBench_n=2_N=M=8_m=1_instance_0_0.onnx.gz"));
        Check(network, Slice.Box(-2, 2, -2, 2), atLeast: 8, outputs: 1);
    }

    private static void Check(Network network, Slice slice, int atLeast, int outputs)
    {
        Partition partition = new PlanarPartitioner(network).Cut(slice, options: new CutOptions { Boundary = true });
        Assert.True(partition.RegionCount >= atLeast, $"{partition.RegionCount} regions");
        Assert.Equal(1, partition.EulerCharacteristic);
        Assert.Equal(partition.DomainArea, partition.TotalArea, 1e-9 * partition.DomainArea);
        Assert.Equal(partition.RegionCount, partition.CodeHashes.ToArray().Distinct().Count());
        var random = new RandomSource(4);
        for (int trial = 0; trial < 12; trial++)
        {
            int r = random.Index(partition.RegionCount);
            (double s, double t) = partition.Center(r);
            double[] x = slice.Decode(s, t), found = partition.Map(r).At(x), expected = network.Evaluate(x);
            Assert.Equal(outputs, found.Length);
            for (int o = 0; o < outputs; o++)
                Assert.Equal(expected[o], found[o], 1e-9 * (1 + expected.Max(Math.Abs)));
        }
    }
}
