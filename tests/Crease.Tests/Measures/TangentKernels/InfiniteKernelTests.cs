using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Infinitely wide kernels against published numbers, identities and wide finite networks.</summary>
public sealed class InfiniteKernelTests
{
    [Theory]
    [InlineData(1, 2, .9423311144, .3183098862, -.0576688856, 0)]
    [InlineData(2, 3, 1.3514795611, .6857086363, .3438622463, .3183098862)]
    [InlineData(4, 5, 2.1071125384, 1.4303904972, 1.1306221309, 1.0603881068)]
    [InlineData(5, 6, 2.4628931325, 1.7921959668, 1.5071068020, 1.4303904972)]
    public void Arc_cosine_kernels_are_those_of_the_table(int layers, double one, double half, double zero, double minusHalf, double minusOne)
    {
        Assert.Equal(one, Unit(layers, 1), 1e-10);
        Assert.Equal(half, Unit(layers, 0.5), 1e-10);
        Assert.Equal(zero, Unit(layers, 0), 1e-10);
        Assert.Equal(minusHalf, Unit(layers, -0.5), 1e-10);
        Assert.Equal(minusOne, Unit(layers, -1), 1e-10);
    }

    [Fact]
    public void Equal_unit_inputs_have_one_more_than_the_layers_and_opposite_ones_what_orthogonal_ones_had()
    {
        for (int layers = 1; layers <= 10; layers++)
        {
            Assert.Equal(layers + 1, Unit(layers, 1), 1e-12);
            if (layers > 1)
                Assert.Equal(Unit(layers - 1, 0), Unit(layers, -1), 1e-12);
        }
    }

    [Fact]
    public void Scaling_both_inputs_scales_a_bias_free_kernel_by_the_square()
    {
        var kernel = new FullyConnectedKernel { HiddenLayers = 3 };
        var random = new RandomSource(1);
        double[] x = LayerCases.Normals(random, 5 * 7);
        InfiniteKernels one = kernel.Of(x, 7), scaled = kernel.Of([.. x.Select(value => 3 * value)], 7);
        for (int i = 0; i < 25; i++)
        {
            Assert.Equal(9 * one.Tangent.Values[i], scaled.Tangent.Values[i], 1e-10);
            Assert.Equal(9 * one.Covariance.Values[i], scaled.Covariance.Values[i], 1e-10);
        }
    }

    [Theory]
    [InlineData(64, false, new[] { 38.9177596, 32, 10.0975320, 0, 1.1056756, 0, .4235031 })]
    [InlineData(48, false, new[] { 29.1944096, 24, 7.5792718, 0, .8354796, 0, .3240215 })]
    [InlineData(64, true, new[] { 66.1881271, 25.6529761, 3.1933343, .6696121, .3464679, .2077816, .1409779 })]
    public void Eigenvalues_on_a_circle_are_those_of_the_table(int points, bool hasBias, double[] expected)
    {
        double[] row = [.. Enumerable.Range(0, points).Select(i => hasBias ? Unit(1, (1 + Math.Cos(2 * Math.PI * i / points)) / 2) : Unit(1, Math.Cos(2 * Math.PI * i / points)))];
        double[] values = [.. Enumerable.Range(0, points * points).Select(at => row[(at / points - at % points + points) % points])];
        KernelSpectrum spectrum = KernelSpectrum.Of(new KernelMatrix(points, points, values));
        for (int k = 0; k < expected.Length; k++)
        {
            double mode = Enumerable.Range(0, points).Sum(i => row[i] * Math.Cos(2 * Math.PI * k * i / points));
            Assert.Equal(expected[k], mode, 1e-6);
            Assert.True(hasBias || k % 2 == 0 || k < 3 || Math.Abs(mode) < 1e-12 * points, $"mode {k} has {mode}");
            Assert.Contains(spectrum.Values, value => Math.Abs(value - mode) < 1e-9);
        }
    }

    [Fact]
    public void Circle_integrals_are_those_of_the_table()
    {
        const int points = 1 << 20;
        double[] kernel = [.. Enumerable.Range(0, points).Select(i => Unit(1, Math.Cos(2 * Math.PI * i / points)))];
        foreach ((int k, double expected) in new[] { (0, 6 / (Math.PI * Math.PI)), (1, 0.5), (2, 14 / (9 * Math.PI * Math.PI)), (4, 38 / (225 * Math.PI * Math.PI)), (6, .0064515), (8, .0034208), (3, 0), (5, 0), (7, 0) })
        {
            double mode = 0;
            for (int i = 0; i < points; i++)
                mode += kernel[i] * Math.Cos(2 * Math.PI * ((long)k * i % points) / points) / points;
            Assert.Equal(expected, mode, k is 6 or 8 ? 5e-8 : 1e-6);
            Assert.True(k % 2 == 0 || k == 1 || Math.Abs(mode) < 1e-12, $"mode {k} is {mode}");
        }
    }

    [Fact]
    public void Moments_are_those_of_two_hundred_thousand_draws()
    {
        (double xx, double xy, double yy) = (1.3, 0.6, 0.8);
        foreach ((KernelActivation activation, Func<double, double> value, Func<double, double> slope) in new (KernelActivation, Func<double, double>, Func<double, double>)[]
        {
            (KernelActivation.Relu, u => Math.Max(0, u), u => u > 0 ? 1 : 0),
            (KernelActivation.LeakyRelu(0.2), u => u > 0 ? u : 0.2 * u, u => u > 0 ? 1 : 0.2),
            (KernelActivation.AbsoluteValue, Math.Abs, u => Math.Sign(u)),
            (KernelActivation.Identity, u => u, _ => 1),
            (KernelActivation.Erf, u => SmoothFunction.Erf(new Shape(1)) is var erf ? Of(erf, u) : 0, u => 2 / Math.Sqrt(Math.PI) * Math.Exp(-u * u)),
        })
        {
            var random = new RandomSource(9);
            double values = 0, slopes = 0, correlation = xy / Math.Sqrt(xx * yy);
            for (int i = 0; i < 200_000; i++)
            {
                double a = random.Normal(), b = random.Normal(), u = Math.Sqrt(xx) * a, v = Math.Sqrt(yy) * (correlation * a + Math.Sqrt(1 - correlation * correlation) * b);
                values += value(u) * value(v) / 200_000;
                slopes += slope(u) * slope(v) / 200_000;
            }
            (double expectedValues, double expectedSlopes) = activation.Moments(xx, xy, yy);
            Assert.Equal(expectedValues, values, 0.012);
            Assert.Equal(expectedSlopes, slopes, 0.012);
        }

        static double Of(SmoothFunction erf, double u)
        {
            double[] y = [0];
            erf.Evaluate([[u]], 1, y);
            return y[0];
        }
    }

    [Fact]
    public void Errors_of_finite_widths_fall_with_the_root_of_the_width()
    {
        double expected = Unit(1, 0.5);
        var logs = new List<(double Width, double Error)>();
        for (int power = 10; power <= 14; power++)
        {
            double squares = 0;
            for (ulong seed = 0; seed < 400; seed++)
            {
                double error = Finite(1 << power, seed + 1000 * (ulong)power) - expected;
                squares += error * error / 400;
            }
            logs.Add((power * Math.Log(2), Math.Log(Math.Sqrt(squares) / expected)));
        }
        double x = logs.Average(item => item.Width), y = logs.Average(item => item.Error);
        double slope = logs.Sum(item => (item.Width - x) * (item.Error - y)) / logs.Sum(item => (item.Width - x) * (item.Width - x));
        Assert.InRange(slope, -0.6, -0.4);
    }

    [Fact]
    public void A_wide_layer_has_the_infinite_kernel()
    {
        // f = √(2/m) Σ a_r relu(⟨w_r, x⟩): as a network its first layer has unit weights and its last one the factor, which the tangent kernel sees in both terms.
        const int width = 4096;
        double[] points = [1, 0, 0.5, Math.Sqrt(0.75)];
        double mean = 0;
        for (ulong seed = 0; seed < 10; seed++)
        {
            var random = new RandomSource(seed);
            Network network = SmallNetworks.Dense("wide", [2, width, 1], (inputs, outputs) => (LayerCases.Normals(random, inputs * outputs), new double[outputs]), PiecewiseLinear.Relu);
            IReadOnlyList<Node> dense = [.. network.Nodes.Where(node => node.Layer is Dense)];
            var builder = new NetworkBuilder("scaled");
            int at = builder.Input("x", new Shape(2));
            at = builder.Add(new Dense(((Dense)dense[0].Layer).Weights, null, new Shape(2)), at);
            at = builder.Add(PiecewiseLinear.Relu(new Shape(width)), at);
            at = builder.Add(new Dense(((Dense)dense[1].Layer).Weights, null, new Shape(width)), at);
            at = builder.Add(new Scaling(new Shape(1), [Math.Sqrt(2.0 / width)], null), at);
            mean += new EmpiricalKernel(builder.Build(at)).Traced(points)[0, 1] / 10;
        }
        Assert.InRange(mean / .9423311144, 0.95, 1.05);
    }

    [Fact]
    public void A_wide_convolution_has_the_infinite_kernel()
    {
        var shape = new Shape(2, 4, 4);
        var windows = new Windows(3, 3) { Top = 1, Left = 1, Bottom = 1, Right = 1 };
        var random = new RandomSource(5);
        double[] images = LayerCases.Normals(random, 3 * shape.Size);
        InfiniteKernels expected = new ConvolutionalKernel { Layers = [windows], WeightVariance = 2, BiasVariance = 0 }.Of(images, shape);
        const int channels = 256, seeds = 24;
        double[] tangent = new double[9], covariance = new double[9];
        for (ulong seed = 0; seed < seeds; seed++)
        {
            var draws = new RandomSource(100 + seed);
            var builder = new NetworkBuilder("wide");
            int at = builder.Input("x", shape);
            // Parametrization of the tangent kernel: standard normal weights, factors outside.
            at = builder.Add(new Convolution(shape, LayerCases.Normals(draws, channels * 18), null, windows), at);
            Shape wide = builder.ShapeOf(at);
            at = builder.Add(new Scaling(wide, [Math.Sqrt(2 / 18.0)], null), at);
            at = builder.Add(PiecewiseLinear.Relu(wide), at);
            at = builder.Add(new Reshape(wide, new Shape(wide.Size)), at);
            at = builder.Add(new Dense(LayerCases.Normals(draws, wide.Size), null, new Shape(wide.Size)), at);
            at = builder.Add(new Scaling(new Shape(1), [Math.Sqrt(2.0 / wide.Size)], null), at);
            var kernel = new EmpiricalKernel(builder.Build(at));
            KernelMatrix ntk = kernel.Traced(images), nngp = kernel.OfValues(images);
            for (int i = 0; i < 9; i++)
                (tangent[i], covariance[i]) = (tangent[i] + ntk.Values[i] / seeds, covariance[i] + nngp.Values[i] / seeds);
        }
        Assert.True(KernelCases.Distance(expected.Tangent.Values, tangent) < 0.04, $"{KernelCases.Distance(expected.Tangent.Values, tangent)}");
        // The covariance of one output is a mean over few draws, so it scatters by √(2 / seeds).
        Assert.True(KernelCases.Distance(expected.Covariance.Values, covariance) < 0.9);
    }

    [Fact]
    public void A_convolution_that_sees_all_is_a_fully_connected_layer()
    {
        var random = new RandomSource(3);
        double[] images = LayerCases.Normals(random, 4 * 9);
        foreach (KernelActivation activation in (KernelActivation[])[KernelActivation.Relu, KernelActivation.Erf])
        {
            InfiniteKernels whole = new ConvolutionalKernel { Layers = [new Windows(3, 3)], HiddenLayers = 1, BiasVariance = 0.3, Activation = activation }.Of(images, new Shape(1, 3, 3));
            InfiniteKernels dense = new FullyConnectedKernel { HiddenLayers = 2, BiasVariance = 0.3, Activation = activation }.Of(images, 9);
            Assert.True(KernelCases.Distance(dense.Tangent.Values, whole.Tangent.Values) < 1e-12);
            Assert.True(KernelCases.Distance(dense.Covariance.Values, whole.Covariance.Values) < 1e-12);
        }
    }

    [Fact]
    public void Architectures_are_read_and_others_are_refused_by_name()
    {
        InfiniteArchitecture found = InfiniteArchitecture.Of(SmallNetworks.Golden(0, 2, 8, 8, 3), out string? fault)!;
        Assert.Equal(("2 hidden layers, relu", 2, null), (found.Description, found.HiddenLayers, fault));
        Assert.Null(InfiniteArchitecture.Of(GraphNetworks.Residual(1), out fault));
        Assert.Contains("batch normalization", fault);
        Assert.Equal("erf", InfiniteArchitecture.Of(KernelCases.Networks["erf"](), out _)!.Activation.Name);
    }

    [Fact]
    public void Wrong_options_are_listed()
    {
        string message = Assert.Throws<ArgumentException>(() => new FullyConnectedKernel { HiddenLayers = -1, WeightVariance = 0, BiasVariance = double.NaN }.Of([1], 1)).Message;
        Assert.Contains("'HiddenLayers' is -1", message);
        Assert.Contains("'WeightVariance' is 0", message);
        Assert.Contains("'BiasVariance' is NaN", message);
    }

    // Unit inputs of inner product u, Σ⁰ = u.
    private static double Unit(int layers, double u) => new FullyConnectedKernel { HiddenLayers = layers }.Of(1, u, 1).Tangent;

    // The tangent kernel of √(2/m) Σ a relu(⟨w, x⟩) at two unit inputs of inner product ½, written out.
    private static double Finite(int width, ulong seed)
    {
        var random = new RandomSource(seed);
        double sum = 0;
        for (int r = 0; r < width; r++)
        {
            double a = random.Normal(), first = random.Normal(), second = random.Normal(), h = first, g = 0.5 * first + Math.Sqrt(0.75) * second;
            sum += h > 0 && g > 0 ? h * g + 0.5 * a * a : 0;
        }
        return 2 * sum / width;
    }
}
