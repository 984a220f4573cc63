using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Volume elements, counts of regions, invariances.</summary>
public sealed class VolumeTests
{
    [Fact]
    public void One_layer_in_general_position_meets_the_bound()
    {
        var random = new RandomSource(1);
        foreach (int units in new[] { 1, 2, 5, 9 })
        {
            Network plane = NormalNumbers.Chain(random, width => random.Normals(width), 2, units, 1);
            Assert.Equal((int)RegionBounds.Generic(units, 2), new PlanarPartitioner(plane).Cut(Slice.Box(-1e4, 1e4, -1e4, 1e4)).RegionCount);
            Network line = NormalNumbers.Chain(random, width => random.Normals(width), 1, units, 1);
            Assert.Equal((int)RegionBounds.Generic(units, 1), new SegmentPartitioner(line).Cut(Slice.Segment([-1e4], [1e4])).RegionCount);
        }
        Network space = NormalNumbers.Chain(random, width => random.Normals(width), 3, 6, 1);
        Assert.Equal((int)RegionBounds.Generic(6, 3), new VolumePartitioner(space).Cut(Slice.Box(-1e3, 1e3, -1e3, 1e3, -1e3, 1e3)).RegionCount);
    }

    [Fact]
    public void Counts_follow_the_recurrence_of_arrangements()
    {
        for (int n = 1; n <= 40; n++)
        {
            for (int d = 1; d <= 12; d++)
                Assert.Equal(RegionBounds.Generic(n - 1, d) + RegionBounds.Generic(n - 1, d - 1), RegionBounds.Generic(n, d));
        }
        Assert.Equal(14, (int)RegionBounds.ThroughPoint(7, 2));
        Assert.Equal(29, (int)RegionBounds.Generic(7, 2));
        Assert.Equal(System.Numerics.BigInteger.Pow(2, 100), RegionBounds.Generic(100, 200));
        Assert.Throws<ArgumentOutOfRangeException>(() => RegionBounds.Generic(-1, 2));
    }

    [Fact]
    public void Every_network_of_the_corpus_stays_below_its_bound()
    {
        foreach (string name in PartitionCorpus.Names)
        {
            Partition partition = PartitionCorpus.Cut(name);
            Assert.True(RegionBounds.OfNetwork(partition.Layers, 2) >= partition.RegionCount, name);
        }
    }

    [Fact]
    public void Volume_element_is_the_root_of_the_gram_determinant()
    {
        var random = new RandomSource(2);
        foreach ((int outputs, int inputs) in new[] { (1, 1), (2, 1), (3, 2), (9, 4), (4, 4), (200, 6) })
        {
            double[] slopes = random.Normals(outputs * inputs), gram = new double[inputs * inputs];
            for (int i = 0; i < gram.Length; i++)
            {
                for (int o = 0; o < outputs; o++)
                    gram[i] += slopes[o * inputs + i / inputs] * slopes[o * inputs + i % inputs];
            }
            Assert.Equal(0.5 * Math.Log(Determinant(gram, inputs)), VolumeElement.Log(slopes, inputs), 1e-11);
            double[] values = SingularValues.Of(slopes, inputs);
            Assert.Equal(values.Sum(value => value * value), slopes.Sum(slope => slope * slope), 1e-11 * slopes.Sum(slope => slope * slope));
            Assert.Equal(Math.Log(values[0]), VolumeElement.Log(slopes, inputs, 1), 1e-14);
        }
        Assert.Equal(double.NegativeInfinity, VolumeElement.Log([1, 2, 2, 4, 3, 6], 2));
        Assert.Equal(double.NegativeInfinity, VolumeElement.Log([1, 2, 3], 3));
        Assert.Equal(Math.Log(1e-200), VolumeElement.Log([1e-100, 0, 0, 1e-100], 2), 1e-10);
        Assert.Throws<ArgumentException>(() => VolumeElement.Log([1, 2, 3], 2));
    }

    [Fact]
    public void Slopes_of_a_generator_are_those_of_its_region()
    {
        foreach (string name in PartitionCorpus.Names)
        {
            Network network = PartitionCorpus.Network(name);
            var generator = new GeneratorVolumes(network, 1);
            var random = new RandomSource(3);
            for (int trial = 0; trial < 5; trial++)
            {
                double[] z = random.Normals(generator.Latents);
                Assert.Equal(new Linearization(network, z).Map().Slopes.ToArray(), generator.Slopes(z).Slopes, (a, b) => Math.Abs(a - b) <= 1e-10 * (1 + Math.Abs(a)));
            }
        }
    }

    [Fact]
    public void Orthogonal_maps_leave_weights_alone_and_scales_multiply_volumes()
    {
        const int Outputs = 5;
        var random = new RandomSource(4);
        Network plain = NormalNumbers.Chain(random, width => random.Normals(width), 3, 12, 12, Outputs);
        double[] reflection = new double[Outputs * Outputs], axis = random.Normals(Outputs);
        double square = NormalNumbers.Dot(axis, axis);
        for (int i = 0; i < reflection.Length; i++)
            reflection[i] = (i / Outputs == i % Outputs ? 1 : 0) - 2 * axis[i / Outputs] * axis[i % Outputs] / square;
        var options = new GeneratorSampleOptions { Samples = 200, Polarity = 1.5 };
        GeneratorSample own = Sample(plain), turned = Sample(Mapped(reflection)), scaled = Sample(Mapped([.. Enumerable.Range(0, Outputs * Outputs).Select(i => i / Outputs == i % Outputs ? 2.5 : 0)]));
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(own.Weights[i], turned.Weights[i], 1e-12);
            Assert.Equal(own.Weights[i], scaled.Weights[i], 1e-12);
            Assert.Equal(own.LogVolumes[i] + 3 * Math.Log(2.5), scaled.LogVolumes[i], 1e-11);
        }

        GeneratorSample Sample(Network network) => GeneratorSample.Of(new GeneratorVolumes(network), options);

        Network Mapped(double[] map)
        {
            var builder = new NetworkBuilder("mapped");
            int at = builder.Input("x", new Shape(3));
            foreach (Node node in plain.Nodes.Skip(1))
                at = builder.Add(node.Layer, at);
            return builder.Build(builder.Add(new Dense(map, null, new Shape(Outputs)), at));
        }
    }

    [Fact]
    public void Generators_that_flatten_everything_are_refused_with_advice()
    {
        Assert.Contains("Ask for the 1 largest", Assert.Throws<ArgumentException>(() => new GeneratorVolumes(SmallNetworks.Golden(0, 2, 8, 1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new GeneratorVolumes(SmallNetworks.Golden(0, 2, 8, 3), 3));
        Assert.Throws<NotSupportedException>(() => new GeneratorVolumes(SmallNetworks.Random(1, shape => SmoothFunction.Gelu(shape), 2, 4, 3)));
    }

    private static double Determinant(double[] matrix, int n)
    {
        double[] a = [.. matrix];
        double determinant = 1;
        for (int k = 0; k < n; k++)
        {
            determinant *= a[k * n + k];
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i * n + k] / a[k * n + k];
                for (int j = k; j < n; j++)
                    a[i * n + j] -= factor * a[k * n + j];
            }
        }
        return determinant;
    }
}
