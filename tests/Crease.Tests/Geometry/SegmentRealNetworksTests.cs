using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Trained networks from files, cut along segments between real inputs.</summary>
public sealed class SegmentRealNetworksTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("256x2", 60)]
    [InlineData("256x4", 200)]
    [InlineData("256x6", 200)]
    public void Digit_networks_between_two_digits(string size, int atLeast)
    {
        double[][] digits = DataSource.Load(SharedData.Path("mnist/t10k-images-idx3-ubyte.gz")).Inputs;
        Check(Model.Load(SharedData.Path($"networks/vnncomp/mnist_fc/onnx/mnist-net_{size}.onnx.gz")), Slice.Segment(digits[0], digits[1]), atLeast);
    }

    [Theory]
    [InlineData("resnet_2b", 600)]
    [InlineData("resnet_4b", 1500)]
    public void Residual_networks_between_two_images(string name, int atLeast)
    {
        double[][] images = DataSource.Load(SharedData.Path("cifar10/cifar10_test675_lossless.bin.gz")).Inputs;
        Check(Model.Load(SharedData.Path($"networks/vnncomp/cifar10_resnet_2021/onnx/{name}.onnx.gz")), Slice.Segment(images[0], images[1]), atLeast);
    }

    [Fact]
    public void Convolutional_network_between_two_images()
    {
        double[][] images = DataSource.Load(SharedData.Path("cifar10/cifar10_test675_lossless.bin.gz")).Inputs;
        Check(Model.Load(SharedData.Path("networks/vnncomp/oval21/onnx/cifar_base_kw.onnx.gz")), Slice.Segment(images[3], images[4]), atLeast: 150);
    }

    [Fact]
    public void Max_pooling_network_between_two_digits()
    {
        double[][] digits = DataSource.Load(SharedData.Path("mnist/t10k-images-idx3-ubyte.gz")).Inputs;
        Check(Model.Load(SharedData.Path("networks/vnncomp/verivital_2021/Convnet_maxpool.onnx.gz")), Slice.Segment(digits[0], digits[1]), atLeast: 500);
    }

    [Fact]
    public void Collision_avoidance_network_across_its_box() =>
        Check(Model.Load(SharedData.Path("networks/vnncomp/acasxu/onnx/ACASXU_run2a_1_1_batch_2000.onnx.gz")), Slice.Segment([-0.3, -0.5, -0.4, 0.2, -0.4], [0.6, 0.5, 0.4, 0.3, 0.4]), atLeast: 50);

    [Fact]
    public void Lattice_network_with_coincident_creases() =>
        Check(Model.Load(SharedData.Path("networks/vnncomp/tllverifybench/onnx/tllBench_n=2_N=M=8_m=1_instance_0_0.onnx.gz")), Slice.Segment([-2, -1.3], [2, 1.7]), atLeast: 20, generic: false);

    private void Check(Network network, Slice slice, int atLeast, bool generic = true)
    {
        SegmentPartition segment = new SegmentPartitioner(network).Cut(slice, options: new CutOptions { Boundary = true });
        output.WriteLine($"{network.Name}: regions {string.Join(", ", segment.RegionsPerLayer)}, {segment.Boundary!.Count} crossings, {segment.Cost.Seconds:F2} s, {segment.ExactDecisions} decided exactly");
        Assert.Equal(Status.Complete, segment.Status);
        Assert.True(segment.RegionCount >= atLeast, $"{segment.RegionCount} regions");
        // A code's cell is convex: a line meets it once.
        Assert.Equal(segment.RegionCount, segment.CodeHashes.ToArray().Distinct().Count());
        var random = new RandomSource(4);
        for (int trial = 0; trial < 40; trial++)
        {
            double t = random.Uniform(0, segment.Length);
            double[] expected = network.Evaluate(slice.Decode(t)), found = segment.At(t);
            for (int o = 0; o < expected.Length; o++)
                Assert.Equal(expected[o], found[o], 1e-9 * (1 + expected.Max(Math.Abs)));
            int region = segment.RegionOf(t);
            // A unit that is zero on a whole region has the code that rounding gives it in the forward pass.
            if (generic && Math.Min(t - segment.Ends[region], segment.Ends[region + 1] - t) > 1e-9)
                Assert.Equal(segment.Code(region), new Linearization(network, slice.Decode(t)).Code());
        }
        for (int c = 0; c < segment.Boundary!.Count; c++)
        {
            double[] y = network.Evaluate(slice.Decode(segment.Boundary.Positions[c]));
            Assert.Equal(y.Length == 1 ? 0 : y.Max(), y.Length == 1 ? y[0] : y[segment.Boundary.Classes[2 * c + 1]], 1e-8 * (1 + y.Max(Math.Abs)));
        }
    }
}
