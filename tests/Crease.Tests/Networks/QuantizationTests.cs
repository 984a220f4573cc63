using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>Laws of rounding weights to few bits (section 8 of the robustness specification).</summary>
public sealed class QuantizationTests
{
    public static TheoryData<string> Networks => [.. PartitionCorpus.Names];

    private static IEnumerable<QuantizationOptions> Grids =>
        from bits in new[] { 1, 2, 3, 4, 5, 8, 12, 16 }
        from symmetric in new[] { true, false }
        from perChannel in new[] { true, false }
        select new QuantizationOptions { Bits = bits, IsSymmetric = symmetric, PerChannel = perChannel };

    [Theory]
    [InlineData(3, true, "0.7 -1 0.2 0", "0.6666666667 -1 0.3333333333 0")]
    [InlineData(2, true, "0.7 -1 0.2 0", "1 -1 0 0")]
    [InlineData(1, true, "0.7 -1 0.2 0", "0.475 -0.475 0.475 0.475")]
    [InlineData(2, false, "0.7 -1 0.2 0", "0.5666666667 -1.1333333333 0 0")]
    [InlineData(3, false, "1 2 3.5 0.2", "1 2 3.5 0")]
    [InlineData(1, false, "0.7 -1 0.2 0", "0.3 -1 0.3 0.3")]
    [InlineData(4, false, "-0.5 14.5", "-1 14")]
    [InlineData(8, true, "0 0", "0 0")]
    [InlineData(8, false, "0 0", "0 0")]
    [InlineData(8, true, "5e-324 0", "5e-324 0")]
    public void Values_by_hand(int bits, bool symmetric, string weights, string expected)
    {
        double[] given = Numbers(weights), found = new double[given.Length];
        UniformQuantizer.Round(given, new QuantizationOptions { Bits = bits, IsSymmetric = symmetric }, found);
        double[] wanted = Numbers(expected);
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], found[i], 1e-9);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Rounding_twice_is_rounding_once_bit_by_bit(string name)
    {
        foreach (QuantizationOptions grid in Grids)
        {
            Network once = QuantizedNetwork.Of(PartitionCorpus.Network(name), grid).Network, twice = QuantizedNetwork.Of(once, grid).Network;
            foreach ((double[] first, double[] second) in Weights(once).Zip(Weights(twice)))
                Assert.Equal(first, second);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Errors_stay_within_half_a_step_and_values_within_the_grid(string name)
    {
        Network given = QuantizedNetwork.Prepared(PartitionCorpus.Network(name));
        foreach (QuantizationOptions grid in Grids)
        {
            QuantizedNetwork found = QuantizedNetwork.Of(given, grid);
            double[][] before = [.. Weights(given)], after = [.. Weights(found.Network)];
            Assert.Equal(before.Length, found.Layers.Length);
            for (int l = 0; l < before.Length; l++)
            {
                QuantizedLayer layer = found.Layers[l];
                int size = before[l].Length / layer.Steps.Length;
                Assert.Equal(before[l].Zip(after[l], (w, q) => Math.Abs(w - q)).Max(), layer.LargestError);
                Assert.True(layer.Values <= (1L << grid.Bits) * layer.Steps.Length);
                for (int i = 0; i < before[l].Length && grid.Bits > 1; i++)
                {
                    double step = layer.Steps[i / size];
                    Assert.True(Math.Abs(before[l][i] - after[l][i]) <= step / 2 * (1 + (grid.IsSymmetric ? 1e-12 : 1.0 / (1 << 19))), $"{name}, {grid}: {before[l][i]} became {after[l][i]} by {step}");
                    double level = after[l][i] / step;
                    Assert.Equal(Math.Round(level), level);
                    Assert.InRange(Math.Abs(level), 0, grid.IsSymmetric ? (1 << (grid.Bits - 1)) - 1 : (1 << grid.Bits) - 1);
                }
            }
        }
    }

    [Fact]
    public void Graph_activations_biases_and_shapes_stay()
    {
        Network given = PartitionCorpus.Network("convolution, max pooling"), found = QuantizedNetwork.Of(given, new QuantizationOptions { Bits = 3 }).Network;
        Assert.Equal(given.Nodes.Select(node => (node.Name, node.Layer.Kind, node.Shape)), found.Nodes.Select(node => (node.Name, node.Layer.Kind, node.Shape)));
        Assert.All(given.Nodes.Zip(found.Nodes), pair => Assert.True(pair.First.Layer is InputLayer or Dense or Convolution || ReferenceEquals(pair.First.Layer, pair.Second.Layer)));
        Assert.All(given.Nodes.Zip(found.Nodes), pair => Assert.Same((pair.First.Layer as Dense)?.Bias ?? (pair.First.Layer as Convolution)?.Bias, (pair.Second.Layer as Dense)?.Bias ?? (pair.Second.Layer as Convolution)?.Bias));
    }

    [Fact]
    public void Batch_normalizations_are_folded_first_and_channels_of_groups_have_their_own_grids()
    {
        Network given = PartitionCorpus.Network("convolution, batch normalization, average pooling"), prepared = QuantizedNetwork.Prepared(given);
        Assert.DoesNotContain(prepared.Nodes, node => node.Layer is BatchNormalization);
        double[] inputs = LayerCases.Normals(new RandomSource(5), 10 * given.InputShape.Size);
        foreach ((double expected, double actual) in given.Evaluate(inputs, 10).Zip(prepared.Evaluate(inputs, 10)))
            Assert.Equal(expected, actual, 1e-12);
        QuantizedNetwork found = QuantizedNetwork.Of(given, new QuantizationOptions { Bits = 4, PerChannel = true });
        Convolution grouped = Assert.IsType<Convolution>(found.Network.Nodes[found.Layers[0].Node].Layer);
        Assert.Equal(2, grouped.Groups);
        Assert.Equal(4, found.Layers[0].Steps.Length);
        double[] before = ((Convolution)prepared.Nodes[found.Layers[0].Node].Layer).Weights.Values.ToArray();
        for (int channel = 0; channel < 4; channel++)
            Assert.Equal(before.Skip(9 * channel).Take(9).Max(Math.Abs) / 7, found.Layers[0].Steps[channel], 1e-9);
    }

    [Fact]
    public void Many_bits_give_the_same_codes()
    {
        Network given = SmallNetworks.Golden(0, 2, 8, 8, 3), found = QuantizedNetwork.Of(given, new QuantizationOptions { Bits = 16 }).Network, coarse = QuantizedNetwork.Of(given, new QuantizationOptions { Bits = 2 }).Network;
        var random = new RandomSource(1);
        bool isAnyCoarse = false;
        for (int i = 0; i < 300; i++)
        {
            double[] input = [4 * random.Uniform() - 2, 4 * random.Uniform() - 2];
            Code code = new Linearization(given, input).Code();
            Assert.Equal(code, new Linearization(found, input).Code());
            isAnyCoarse |= !code.Equals(new Linearization(coarse, input).Code());
        }
        Assert.True(isAnyCoarse);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Pre_activations_drift_within_the_bound_and_far_ones_keep_their_sign(int bits)
    {
        Network given = SmallNetworks.Random(4, PiecewiseLinear.Relu, 6, 20, 3);
        QuantizedNetwork found = QuantizedNetwork.Of(given, new QuantizationOptions { Bits = bits, PerChannel = true });
        int node = found.Layers[0].Node, kept = 0;
        double[] before = Weights(given).First(), after = Weights(found.Network).First();
        for (int s = 0; s < 200; s++)
        {
            double[] input = LayerCases.Normals(new RandomSource((ulong)s), 6);
            double[] h = given.Values(input, 1)[node], rounded = found.Network.Values(input, 1)[node];
            for (int unit = 0; unit < 20; unit++)
            {
                double own = Enumerable.Range(6 * unit, 6).Sum(i => Math.Abs(before[i] - after[i])) * input.Max(Math.Abs);
                Assert.True(Math.Abs(h[unit] - rounded[unit]) <= own + 1e-12);
                Assert.True(own <= found.Layers[0].Drift * input.Max(Math.Abs) + 1e-12);
                if (Math.Abs(h[unit]) <= own + 1e-12)
                    continue;
                Assert.Equal(Math.Sign(h[unit]), Math.Sign(rounded[unit]));
                kept++;
            }
        }
        Assert.True(bits == 1 || kept > 100);
    }

    [Fact]
    public void First_creases_move_by_the_distance_of_the_formula()
    {
        Network given = SmallNetworks.Golden(1, 3, 7, 2);
        QuantizedNetwork found = QuantizedNetwork.Of(given, new QuantizationOptions { Bits = 3 });
        double[] w = Weights(given).First(), q = Weights(found.Network).First(), bias = ((Dense)given.Nodes[found.Layers[0].Node].Layer).Bias!.Values.ToArray();
        var random = new RandomSource(8);
        for (int unit = 0; unit < 7; unit++)
        {
            double[] own = w[(3 * unit)..(3 * unit + 3)], rounded = q[(3 * unit)..(3 * unit + 3)], x = LayerCases.Normals(random, 3);
            double height = (Dot(own, x) + bias[unit]) / Dot(own, own), length = Math.Sqrt(Dot(rounded, rounded));
            x = [.. x.Select((value, i) => value - height * own[i])];
            double shift = Math.Abs(Dot([.. own.Select((value, i) => value - rounded[i])], x)) / length, side = Math.Sign(Dot(rounded, x) + bias[unit]);
            double[] moved = [.. x.Select((value, i) => value - side * shift * rounded[i] / length)];
            Assert.True(shift > 1e-6);
            Assert.Equal(0, given.Values(x, 1)[found.Layers[0].Node][unit], 1e-12);
            Assert.Equal(0, found.Network.Values(moved, 1)[found.Layers[0].Node][unit], 1e-12);
        }
    }

    [Fact]
    public void Positive_scales_of_rows_keep_the_signs_of_homogeneous_layers()
    {
        (double[] Weights, double[] Bias) Draw(RandomSource random, int inputs, int outputs, bool isScaled) =>
            ([.. Enumerable.Range(0, outputs).SelectMany(unit => LayerCases.Normals(random, inputs).Select(w => isScaled ? w * Math.ScaleB(1, unit % 7 - 3) : w))], new double[outputs]);
        foreach (QuantizationOptions grid in Grids.Where(grid => grid.PerChannel))
        {
            RandomSource one = new(2), other = new(2);
            Network plain = SmallNetworks.Dense("plain", [5, 12, 3], (inputs, outputs) => Draw(one, inputs, outputs, false), PiecewiseLinear.Relu);
            Network scaled = SmallNetworks.Dense("scaled", [5, 12, 3], (inputs, outputs) => Draw(other, inputs, outputs, true), PiecewiseLinear.Relu);
            (plain, scaled) = (QuantizedNetwork.Of(plain, grid).Network, QuantizedNetwork.Of(scaled, grid).Network);
            for (int s = 0; s < 50; s++)
            {
                double[] input = LayerCases.Normals(new RandomSource((ulong)(100 + s)), 5);
                Assert.Equal(new Linearization(plain, input).Code(), new Linearization(scaled, input).Code());
            }
        }
    }

    [Fact]
    public void Scaling_a_whole_layer_keeps_every_code_of_a_homogeneous_network()
    {
        Network Net(double scale)
        {
            var random = new RandomSource(6);
            return SmallNetworks.Dense("net", [4, 9, 9, 2], (inputs, outputs) => ([.. LayerCases.Normals(random, inputs * outputs).Select(w => inputs == 4 ? scale * w : w)], new double[outputs]), PiecewiseLinear.Relu);
        }
        // A power of two, so that pre-activations that cancel are zero in both.
        foreach (QuantizationOptions grid in Grids)
        {
            Network plain = QuantizedNetwork.Of(Net(1), grid).Network, scaled = QuantizedNetwork.Of(Net(4), grid).Network;
            for (int s = 0; s < 50; s++)
            {
                double[] input = LayerCases.Normals(new RandomSource((ulong)s), 4);
                Assert.Equal(new Linearization(plain, input).Code(), new Linearization(scaled, input).Code());
            }
        }
    }

    [Fact]
    public void A_rounded_network_is_read_back_as_it_was_written()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("crease-quantized-");
        try
        {
            Network found = QuantizedNetwork.Of(PartitionCorpus.Network("convolution, max pooling"), new QuantizationOptions { Bits = 5, IsSymmetric = false, PerChannel = true }).Network;
            NetworkFile file = NetworkFile.Of(found);
            using (FileStream stream = File.Create(System.IO.Path.Combine(folder.FullName, "network.safetensors")))
                file.WriteWeights(stream);
            using (FileStream stream = File.Create(System.IO.Path.Combine(folder.FullName, NetworkDescription.FileName)))
                file.Description.Write(stream);
            foreach ((double[] first, double[] second) in Weights(found).Zip(Weights(Model.Load(folder.FullName))))
                Assert.Equal(first, second);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Faults_are_told_in_one_line()
    {
        Network given = SmallNetworks.Golden(0, 2, 4, 2);
        Assert.Contains("expected 1 to 16", Assert.Throws<ArgumentException>(() => QuantizedNetwork.Of(given, new QuantizationOptions { Bits = 17 })).Message, StringComparison.Ordinal);
        var builder = new NetworkBuilder("bare");
        Network bare = builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(2)), builder.Input("x", new Shape(2))));
        Assert.Contains("no weights to quantize", Assert.Throws<ArgumentException>(() => QuantizedNetwork.Of(bare, new QuantizationOptions())).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<double[]> Weights(Network network) => network.Nodes.Select(node => (node.Layer as Dense)?.Weights ?? (node.Layer as Convolution)?.Weights).Where(weights => weights is not null).Select(weights => weights!.Values.ToArray());

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
