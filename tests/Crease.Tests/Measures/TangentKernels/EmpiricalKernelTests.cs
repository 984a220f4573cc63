using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>The empirical tangent kernel by regions and by derivatives, against each other, against finite differences and against published numbers.</summary>
public sealed class EmpiricalKernelTests
{
    public static TheoryData<string> Names => [.. KernelCases.Networks.Keys];

    [Theory]
    [InlineData(0, 7.978606030, 2.314675859, 14.225639171, 8.534736783, 8.218765609, -3.275513046)]
    [InlineData(1, 11.654078511, 3.862619896, 3.354480753, 8.958716088, 9.263884145, -2.661796738)]
    [InlineData(2, 6.566045205, 2.824976659, 31.726654359, 2.235994428, 5.673446216, 1.263063313)]
    [InlineData(4, 5.315472213, 3.996944920, 20.231967789, 3.555547442, 3.948727898, 0.163496354)]
    public void Golden_kernels_are_those_of_the_specification(int seed, double xx, double xy, double yy, double xz, double first, double mixed)
    {
        var kernel = new EmpiricalKernel(SmallNetworks.Golden((uint)seed, 2, 8, 8, 3));
        KernelMatrix traced = kernel.Traced(KernelCases.Points), full = kernel.Full(KernelCases.Points);
        Assert.Equal(xx, traced[0, 0], 2e-9);
        Assert.Equal(xy, traced[0, 1], 2e-9);
        Assert.Equal(yy, traced[1, 1], 2e-9);
        Assert.Equal(xz, traced[0, 2], 2e-9);
        Assert.Equal(first, full[0, 0], 2e-9);
        Assert.Equal(mixed, full[0, 1], 2e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decomposition_and_contraction_agree(string name) => Agree(KernelCases.Networks[name](), 7, 1e-12);

    [Fact]
    public void Fifty_random_networks_have_the_kernel_of_their_finite_differences()
    {
        var random = new RandomSource(50);
        for (int network = 0; network < 50; network++)
        {
            int[] widths = [1 + random.Index(4), .. Enumerable.Range(0, 1 + random.Index(3)).Select(_ => 2 + random.Index(7)), 1 + random.Index(3)];
            ulong seed = (ulong)network;
            double[] inputs = LayerCases.Normals(random, 4 * widths[0]);
            double[] found = new EmpiricalKernel(Draw(seed, widths, -1, 0)).Full(inputs).Values.ToArray();
            double[] expected = DifferenceKernel(seed, widths, inputs);
            Assert.True(KernelCases.Distance(expected, found) < 1e-6, $"network {network} ({string.Join('-', widths)}) is off by {KernelCases.Distance(expected, found):E1}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_are_symmetric_and_positive_semidefinite(string name)
    {
        var kernel = new EmpiricalKernel(KernelCases.Networks[name]());
        double[] inputs = KernelCases.Inputs(kernel.Network, 40);
        foreach (KernelMatrix matrix in (KernelMatrix[])[kernel.Traced(inputs), kernel.OfOutput(0, inputs), kernel.Full(inputs), kernel.OfValues(inputs)])
        {
            for (int i = 0; i < matrix.Rows; i++)
            {
                for (int j = 0; j < i; j++)
                    Assert.Equal(matrix[i, j], matrix[j, i]);
            }
            KernelSpectrum spectrum = KernelSpectrum.Of(matrix);
            Assert.True(spectrum.Largest > 0 && spectrum.Smallest > -1e-10 * spectrum.Largest, $"{spectrum.Smallest} against {spectrum.Largest}");
            Assert.NotEqual(KernelStatus.Indefinite, spectrum.Status);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parts_of_a_kernel_are_the_whole(string name)
    {
        var kernel = new EmpiricalKernel(KernelCases.Networks[name]());
        double[] left = KernelCases.Inputs(kernel.Network, 5), right = KernelCases.Inputs(kernel.Network, 35, 2);
        KernelMatrix full = kernel.Full(left, right), traced = kernel.Traced(left, right), all = kernel.Traced([.. left, .. right]);
        var mean = new double[5 * 35];
        for (int o = 0; o < kernel.Outputs; o++)
        {
            KernelMatrix one = kernel.OfOutput(o, left, right);
            for (int i = 0; i < mean.Length; i++)
            {
                Assert.Equal(full[i / 35 * kernel.Outputs + o, i % 35 * kernel.Outputs + o], one.Values[i], 1e-10 * Math.Abs(traced.Norm()));
                mean[i] += one.Values[i] / kernel.Outputs;
            }
        }
        Assert.True(KernelCases.Distance(traced.Values, mean) < 1e-12);
        double[] corner = [.. Enumerable.Range(0, mean.Length).Select(i => all[i / 35, 5 + i % 35])];
        Assert.True(KernelCases.Distance(traced.Values, corner) < 1e-12);
        KernelMatrix own = kernel.Traced(left);
        Assert.Equal(Enumerable.Range(0, 5).Sum(i => own[i, i]), kernel.LayerTraces(left).Sum(layer => layer.Trace), 1e-10 * own.Norm());
    }

    [Fact]
    public void Threads_and_budgets_change_no_bit_and_no_digit()
    {
        var kernel = new EmpiricalKernel(GraphNetworks.Residual(1));
        double[] inputs = KernelCases.Inputs(kernel.Network, 70);
        double[] one = kernel.Traced(inputs, null, new RunContext { Threads = 1 }).Values.ToArray();
        Assert.Equal(one, kernel.Traced(inputs, null, new RunContext { Threads = 3 }).Values.ToArray());
        // A small budget splits layers and outputs into groups.
        Assert.True(KernelCases.Distance(one, kernel.Traced(inputs, null, new RunContext { MemoryBudget = 700_000 }).Values) < 1e-12);
        Assert.Contains("pass fewer inputs", Assert.Throws<ArgumentException>(() => kernel.Traced(inputs, null, new RunContext { MemoryBudget = 100_000 })).Message);
    }

    [Fact]
    public void Within_a_pair_of_regions_the_kernel_is_affine_and_it_bends_at_crossings_only()
    {
        Network network = SmallNetworks.Golden(3, 2, 8, 8, 3);
        var kernel = new EmpiricalKernel(network);
        double[] from = [-2, -1.3], to = [1.7, 2.1], other = [0.4, 0.9];
        SegmentPartition cut = new SegmentPartitioner(network).Cut(Slice.Segment(from, to));
        double[] ends = cut.Ends.ToArray();
        double length = ends[^1] - ends[0];
        double At(double t) => kernel.Traced([.. from.Select((x, i) => x + (t - ends[0]) / length * (to[i] - x))], other)[0, 0];
        int bends = 0;
        Assert.True(cut.RegionCount > 4);
        for (int r = 0; r < cut.RegionCount; r++)
        {
            double width = ends[r + 1] - ends[r], a = ends[r] + 0.1 * width, b = ends[r] + 0.9 * width;
            Assert.Equal((At(a) + At(b)) / 2, At((a + b) / 2), 1e-9);
            if (r == 0)
                continue;
            double near = 0.2 * Math.Min(width, ends[r] - ends[r - 1]);
            bends += Math.Abs(At(ends[r] - near) - 2 * At(ends[r]) + At(ends[r] + near)) > 1e-6 * near ? 1 : 0;
        }
        Assert.True(bends > cut.RegionCount / 2, $"{bends} bends at {cut.RegionCount - 1} crossings");
    }

    [Theory]
    [InlineData("networks/vnncomp/mnist_fc/onnx/mnist-net_256x2.onnx.gz", 8)]
    [InlineData("networks/onnx/opt-mnist.onnx", 12)]
    [InlineData("networks/vnncomp/oval21/onnx/cifar_base_kw.onnx.gz", 4)]
    [InlineData("networks/vnncomp/cifar10_resnet_2021/onnx/resnet_2b.onnx.gz", 4)]
    [InlineData("networks/vnncomp/verivital_2021/Convnet_maxpool.onnx.gz", 4)]
    [InlineData("networks/vnncomp/vit/onnx/pgd_2_3_16.onnx.gz", 3)]
    public void Both_ways_agree_on_real_networks(string file, int count) => Agree(Model.Load(SharedData.Path(file.Split('/'))), count, 1e-10);

    [Fact]
    public void A_network_without_parameters_or_with_two_inputs_is_refused()
    {
        var builder = new NetworkBuilder("none");
        Network none = builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(2)), builder.Input("x", new Shape(2))));
        Assert.Contains("has 0 parameters", Assert.Throws<NotSupportedException>(() => new EmpiricalKernel(none)).Message);
        var two = new NetworkBuilder("two");
        int x = two.Input("x", new Shape(2)), y = two.Input("y", new Shape(2));
        Assert.Contains("2 inputs", Assert.Throws<ArgumentException>(() => new EmpiricalKernel(two.Build(two.Add(new Sum(new Shape(2), 1, 1), x, y)))).Message);
    }

    private static void Agree(Network network, int count, double tolerance)
    {
        var kernel = new EmpiricalKernel(network);
        double[] inputs = KernelCases.Inputs(network, count);
        ParameterJacobian jacobian = ParameterJacobian.Of(network, inputs, count);
        Assert.Equal(kernel.Parameters, jacobian.Parameters);
        Assert.True(KernelCases.Distance(jacobian.Traced().Values, kernel.Traced(inputs).Values) < tolerance);
        int last = kernel.Outputs - 1;
        Assert.True(KernelCases.Distance(jacobian.OfOutput(last).Values, kernel.OfOutput(last, inputs).Values) < tolerance);
    }

    // The network of a seed, one of whose parameters is moved.
    private static Network Draw(ulong seed, int[] widths, int moved, double by)
    {
        var random = new RandomSource(1000 + seed);
        int at = 0;
        double[] Numbers(int count, double scale)
        {
            double[] numbers = [.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())];
            if (moved >= at && moved < at + count)
                numbers[moved - at] += by;
            at += count;
            return numbers;
        }
        return SmallNetworks.Dense("drawn", widths, (inputs, outputs) => (Numbers(outputs * inputs, Math.Sqrt(2.0 / inputs)), Numbers(outputs, 0.5)), PiecewiseLinear.Relu);
    }

    private static double[] DifferenceKernel(ulong seed, int[] widths, double[] inputs)
    {
        const double step = 1e-6;
        int count = inputs.Length / widths[0], rows = count * widths[^1];
        int parameters = (int)Draw(seed, widths, -1, 0).Parameters;
        double[][] slopes = [.. Enumerable.Range(0, parameters).Select(p =>
        {
            double[] above = Draw(seed, widths, p, step).Evaluate(inputs, count), below = Draw(seed, widths, p, -step).Evaluate(inputs, count);
            return above.Zip(below, (a, b) => (a - b) / (2 * step)).ToArray();
        })];
        return [.. Enumerable.Range(0, rows * rows).Select(at => slopes.Sum(slope => slope[at / rows] * slope[at % rows]))];
    }
}
