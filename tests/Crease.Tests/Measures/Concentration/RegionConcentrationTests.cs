using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Certificates;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Crossings toward twins against other ways: laws, and networks whose ratio is known on paper.</summary>
public sealed class RegionConcentrationTests
{
    [Fact]
    public void Random_twins_are_as_far_and_keep_what_they_promise()
    {
        var random = new RandomSource(8);
        double[] input = [.. Enumerable.Range(0, 40).Select(_ => random.Uniform())], twin = [.. input.Select(x => Math.Clamp(x + 0.1 * random.Normal(), 0, 1))];
        foreach (RandomTwin kind in Enum.GetValues<RandomTwin>())
        {
            var options = new ConcentrationOptions { Twin = kind, Box = (0, 1) };
            double[] first = RandomTwins.Draw(input, twin, options, random), second = RandomTwins.Draw(input, twin, options, random);
            Assert.NotEqual(first, second);
            Assert.Equal(TensorPrimitives.Distance<double>(input, twin), TensorPrimitives.Distance<double>(input, first), 1e-12);
            if (kind == RandomTwin.Reflected)
                Assert.All(first, x => Assert.InRange(x, 0, 1));
            if (kind == RandomTwin.Shuffled)
                Assert.Equal(Sizes(twin), Sizes(first), (a, b) => Math.Abs(a - b) < 1e-15);
        }

        double[] Sizes(double[] point) => [.. point.Zip(input, (a, b) => Math.Abs(a - b)).Order()];
    }

    [Fact]
    public void Without_a_choice_random_ways_stay_in_the_box_where_there_is_one()
    {
        Assert.Equal((RandomTwin.Sphere, RandomTwin.Reflected), (new ConcentrationOptions().DrawnTwin, new ConcentrationOptions { Box = (0, 1) }.DrawnTwin));
        double[] input = new double[40], twin = [.. Enumerable.Repeat(0.1, 40)];
        double[] Drawn(ConcentrationOptions options) => RandomTwins.Draw(input, twin, options, new RandomSource(5));
        Assert.Equal(Drawn(new() { Twin = RandomTwin.Reflected, Box = (0, 1) }), Drawn(new() { Box = (0, 1) }));
        Assert.Equal(Drawn(new() { Twin = RandomTwin.Sphere, Box = (0, 1) }), Drawn(new()));
        Assert.Contains(Drawn(new()), x => x < 0);
    }

    [Fact]
    public void Parallel_creases_give_the_ratio_of_a_mean_cosine()
    {
        // Sixty creases across the first of two axes: a step of length L along it crosses L / spacing, one in a random direction |cos| of that, 2 / π on average.
        const int Creases = 60;
        double[] weights = [.. Enumerable.Range(0, 2 * Creases).Select(k => k % 2 == 0 ? 1.0 : 0)], biases = [.. Enumerable.Range(0, Creases).Select(k => (k - Creases / 2) / 10.0 + 0.05)];
        Network network = KnownNetworks.Chain(2, (weights, biases), ([.. Enumerable.Repeat(1.0, Creases)], [0]));
        double[][] inputs = [.. Enumerable.Range(0, 40).Select(k => new[] { 0.01 * k - 0.203, 0.0 })], twins = [.. inputs.Select(x => new[] { x[0] + 2, 0.0 })];
        RegionConcentration found = RegionConcentration.Of(new SegmentPartitioner(network), inputs, twins, new int[40], options: new ConcentrationOptions { Directions = 100 });
        PairedComparison against = found.Against(SegmentKind.Random)!;
        Assert.All(found.Densities(SegmentKind.Adversarial), density => Assert.Equal(10, density, 1e-9));
        Assert.InRange(against.Ratio!.Value, 0.97 * Math.PI / 2, 1.03 * Math.PI / 2);
        Assert.InRange(Math.PI / 2, against.Interval!.Value.Low - 0.03, against.Interval.Value.High + 0.03);
        Assert.InRange(against.Test.PValue, 0, 1e-6);
        Assert.Equal(1, against.Test.Effect);
        Assert.Null(found.Against(SegmentKind.Whole));
    }

    [Fact]
    public void Rows_are_what_the_partitioner_counts()
    {
        var partitioner = new SegmentPartitioner(SmallNetworks.Golden(4, 2, 16, 16, 3));
        (double[][] inputs, double[][] twins, int[] classes) = Points(12);
        RegionConcentration found = RegionConcentration.Of(partitioner, inputs, twins, classes, options: new ConcentrationOptions { Directions = 3 });
        foreach (ConcentrationRow row in found.Rows)
        {
            double[] own = inputs[row.Index];
            Assert.Equal(Count(own, twins[row.Index]), row.Adversarial.PerLayer);
            int nearest = Enumerable.Range(0, 12).Where(k => classes[k] != classes[row.Index]).MinBy(k => TensorPrimitives.Distance<double>(own, inputs[k]));
            Assert.Equal(nearest, row.Other);
            Assert.Equal(Count(own, inputs[nearest]), row.Whole!.PerLayer);
            double length = TensorPrimitives.Distance<double>(own, inputs[nearest]), share = Math.Min(1, row.Adversarial.Length / length);
            Assert.Equal(Count(own, [.. own.Zip(inputs[nearest], (a, b) => a + share * (b - a))]), row.Toward!.PerLayer);
            Assert.Equal(3, row.Random.Length);
            Assert.All(row.Random, random => Assert.Equal(row.Adversarial.Length, random.Length, 1e-9));
            Assert.Equal(row.Random.Average(random => random.DensityOf(1)), row.Density(SegmentKind.Random, 1)!.Value, 1e-12);
        }
        Assert.True(found.Rows.Sum(row => row.Adversarial.Events) > 20);

        IEnumerable<int> Count(double[] a, double[] b) => SegmentCrossings.Of(partitioner.Cut(Slice.Segment(a, b), options: new CutOptions { Boundary = true })).PerLayer;
    }

    [Fact]
    public void Threads_change_nothing_and_seeds_change_random_ways_only()
    {
        var partitioner = new SegmentPartitioner(SmallNetworks.Golden(4, 2, 16, 16, 3));
        (double[][] inputs, double[][] twins, int[] classes) = Points(12);
        RegionConcentration one = Of(0, 1), many = Of(0, 4), other = Of(1, 1);
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(one.Rows[i].Random.Select(random => random.Events), many.Rows[i].Random.Select(random => random.Events));
            Assert.Equal(one.Rows[i].Adversarial.PerLayer, other.Rows[i].Adversarial.PerLayer);
        }
        Assert.Equal(one.Against(SegmentKind.Random), many.Against(SegmentKind.Random, run: new RunContext { Threads = 4 }));
        Assert.NotEqual(one.Rows.SelectMany(row => row.Random.Select(random => random.Events)), other.Rows.SelectMany(row => row.Random.Select(random => random.Events)));

        RegionConcentration Of(ulong seed, int threads) => RegionConcentration.Of(partitioner, inputs, twins, classes, run: new RunContext { Seed = seed, Threads = threads });
    }

    [Fact]
    public void Linear_networks_have_no_ratio_and_no_evidence()
    {
        (double[][] inputs, double[][] twins, int[] classes) = Points(8);
        RegionConcentration found = RegionConcentration.Of(new SegmentPartitioner(KnownNetworks.Chain(2, ([1, 2], [0]))), inputs, twins, classes);
        PairedComparison against = found.Against(SegmentKind.Random)!;
        Assert.Equal((0, 0, null, null, 1), (against.First, against.Second, against.Ratio, against.Interval, against.Test.PValue));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var partitioner = new SegmentPartitioner(SmallNetworks.Golden(4, 2, 16, 16, 3));
        (double[][] inputs, double[][] twins, int[] classes) = Points(3);
        Assert.Contains("twin 1 is its input", Refused([twins[0], inputs[1], twins[2]], new()), StringComparison.Ordinal);
        Assert.Contains("3 inputs, 2 twins", Refused(twins[..2], new()), StringComparison.Ordinal);
        Assert.Contains("'Directions' is 0", Refused(twins, new() { Directions = 0 }), StringComparison.Ordinal);
        Assert.Contains("without 'Box'", Refused(twins, new() { Twin = RandomTwin.Reflected }), StringComparison.Ordinal);

        string Refused(double[][] given, ConcentrationOptions options) => Assert.Throws<ArgumentException>(() => RegionConcentration.Of(partitioner, inputs, given, classes, options: options)).Message;
    }

    private static (double[][] Inputs, double[][] Twins, int[] Classes) Points(int count)
    {
        var random = new RandomSource(17);
        double[][] inputs = [.. Enumerable.Range(0, count).Select(_ => LayerCases.Normals(random, 2))];
        return (inputs, [.. inputs.Select(x => new[] { x[0] + 0.5 * random.Normal(), x[1] + 0.5 * random.Normal() })], [.. Enumerable.Range(0, count).Select(k => k % 3)]);
    }
}
