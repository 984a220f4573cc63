using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Densities of generators and re-weighted samples: the derivation, on curves and surfaces.</summary>
public sealed class GeneratorTests
{
    // χ² with 19 degrees of freedom at α = 0.001.
    private const double Critical = 43.82;
    private const int Bins = 20, Count = 10_000;

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 5.0 / 6)]
    [InlineData(-1, 1.0 / 6)]
    [InlineData(2, 25.0 / 26)]
    public void A_curve_of_two_speeds_has_the_masses_of_the_hand_example(double polarity, double mass)
    {
        SegmentPartition segment = new SegmentPartitioner(TwoSpeeds()).Cut(Slice.Segment([0], [1]));
        Assert.Equal([0, 0.5, 1], segment.Ends.ToArray());
        var generator = new GeneratorVolumes(TwoSpeeds());
        double[] logs = [VolumeElement.Log(generator.Slopes([0.25]).Slopes, 1), VolumeElement.Log(generator.Slopes([0.75]).Slopes, 1)];
        Assert.Equal(Math.Log(5), logs[0], 1e-15);
        Assert.Equal(0, logs[1], 1e-15);
        Assert.Equal([5.0, 1], segment.SlopeNorms.ToArray());
        Assert.Equal(mass, RegionShares.Of([0.5, 0.5], logs, polarity)[0], 1e-14);
        // Densities per unit of length without weights: 0.2 and 1.
        Assert.Equal([0.2, 1], logs.Select(log => Math.Exp(-log)), (a, b) => Math.Abs(a - b) < 1e-15);
        GeneratorSample sample = GeneratorSample.Of(generator, new GeneratorSampleOptions { Samples = 20_000, Low = 0, High = 1, Polarity = polarity });
        double found = Enumerable.Range(0, 20_000).Where(i => sample.Latents[i][0] < 0.5).Sum(i => sample.Weights[i]);
        Assert.Equal(mass, found, 4 * Math.Sqrt(mass * (1 - mass) / sample.EffectiveSize));
    }

    [Fact]
    public void Weighted_samples_of_a_curve_are_uniform_in_arc_length_and_unweighted_ones_are_not()
    {
        var random = new RandomSource(1);
        Network curve = NormalNumbers.Chain(random, width => random.Normals(width), 1, 12, 8, 3);
        SegmentPartition segment = new SegmentPartitioner(curve).Cut(Slice.Segment([-2], [2]));
        double[] speeds = segment.SlopeNorms.ToArray(), lengths = new double[speeds.Length + 1];
        Assert.True(speeds.Max() > 2 * speeds.Min());
        for (int r = 0; r < speeds.Length; r++)
            lengths[r + 1] = lengths[r] + speeds[r] * (segment.Ends[r + 1] - segment.Ends[r]);
        var options = new GeneratorSampleOptions { Samples = 20 * Count, Low = -2, High = 2 };
        GeneratorSample sample = GeneratorSample.Of(new GeneratorVolumes(curve), options);
        Assert.True(Statistic(sample.Resample(sample.Latents.Count, random)) < Critical);
        Assert.True(Statistic([.. Enumerable.Range(0, Count)]) > Critical);

        // Points of one draw with weights repeat, so that a thinned set is tested as if it were independent.
        double Statistic(int[] drawn)
        {
            int[] kept = [.. Enumerable.Range(0, Count).Select(_ => drawn[random.Index(drawn.Length)])];
            return ChiSquare([.. kept.Select(i => Length(sample.Latents[i][0]) / lengths[^1])]);
        }

        double Length(double z)
        {
            int found = segment.Ends.BinarySearch(z + 2), region = Math.Clamp(found >= 0 ? found : ~found - 1, 0, speeds.Length - 1);
            return lengths[region] + speeds[region] * (z + 2 - segment.Ends[region]);
        }
    }

    [Fact]
    public void Exact_draws_of_a_surface_are_uniform_in_area_and_unweighted_ones_are_not()
    {
        var random = new RandomSource(2);
        Network surface = NormalNumbers.Chain(random, width => random.Normals(width), 2, 10, 10, 4);
        SliceVolumes volumes = SliceVolumes.Of(new GeneratorVolumes(surface), Slice.Box(-2, 2, -2, 2));
        Assert.Equal(volumes.LogVolumes.ToArray(), volumes.LogAreas.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        double[] areas = volumes.Shares(1);
        Assert.True(Statistic(1) < Critical);
        Assert.True(Statistic(0) > Critical);

        double Statistic(double polarity)
        {
            var observed = new double[areas.Length];
            foreach (double[] z in volumes.Sample(Count, polarity, random))
                observed[Holding(volumes.Partition, z)]++;
            // Regions are merged in order until a bin holds a twentieth of the area.
            double statistic = 0, expected = 0, found = 0;
            int bins = 0;
            for (int region = 0; region < areas.Length; region++)
            {
                (expected, found) = (expected + Count * areas[region], found + observed[region]);
                if (expected >= Count / (double)Bins || region == areas.Length - 1)
                {
                    statistic += (found - expected) * (found - expected) / expected;
                    (expected, found, bins) = (0, 0, bins + 1);
                }
            }
            Assert.InRange(bins, 8, Bins);
            return statistic;
        }
    }

    [Fact]
    public void Weights_of_draws_agree_with_exact_shares_of_regions()
    {
        var random = new RandomSource(3);
        Network surface = NormalNumbers.Chain(random, width => random.Normals(width), 2, 6, 6, 3);
        var generator = new GeneratorVolumes(surface);
        SliceVolumes volumes = SliceVolumes.Of(generator, Slice.Box(-1, 1, -1, 1));
        foreach (double polarity in new[] { -0.5, 0, 1, 2 })
        {
            double[] shares = volumes.Shares(polarity), found = new double[shares.Length];
            GeneratorSample sample = GeneratorSample.Of(generator, new GeneratorSampleOptions { Samples = 20_000, Polarity = polarity });
            for (int i = 0; i < sample.Latents.Count; i++)
                found[Holding(volumes.Partition, sample.Latents[i])] += sample.Weights[i];
            for (int region = 0; region < shares.Length; region++)
                Assert.Equal(shares[region], found[region], 5 * Math.Sqrt((shares[region] + 1e-3) / sample.EffectiveSize));
        }
    }

    [Fact]
    public void Density_on_the_manifold_is_the_latent_density_over_the_volume()
    {
        // A histogram over arc length of points from normal latents, against p(z) / vol in each bin.
        var random = new RandomSource(4);
        Network curve = NormalNumbers.Chain(random, width => random.Normals(width), 1, 8, 3);
        SegmentPartition segment = new SegmentPartitioner(curve).Cut(Slice.Segment([-3], [3]));
        const int Draws = 200_000;
        double[] counts = new double[segment.RegionCount];
        var inside = new RandomSource(5);
        for (int i = 0; i < Draws; i++)
        {
            double z = inside.Normal();
            if (Math.Abs(z) >= 3)
                continue;
            int found = segment.Ends.BinarySearch(z + 3);
            counts[found >= 0 ? Math.Min(found, counts.Length - 1) : ~found - 1]++;
        }
        var generator = new GeneratorVolumes(curve);
        for (int region = 0; region < counts.Length; region++)
        {
            // Density per length, integrated over the bin's length on the curve: Simpson's rule in z.
            (double from, double to) = (segment.Ends[region] - 3, segment.Ends[region + 1] - 3);
            double volume = Math.Exp(VolumeElement.Log(generator.Slopes([(from + to) / 2]).Slopes, 1)), length = volume * (to - from), mass = 0;
            const int Steps = 200;
            for (int s = 0; s <= Steps; s++)
            {
                double z = from + (to - from) * s / Steps, density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / volume;
                mass += density * (s is 0 or Steps ? 1 : s % 2 == 1 ? 4 : 2) * length / Steps / 3;
            }
            Assert.Equal(mass, counts[region] / Draws, 3.5 * Math.Sqrt(mass * (1 - mass) / Draws) + 1e-9);
        }
    }

    [Fact]
    public void Normal_latents_without_their_density_aim_at_the_uniform_density()
    {
        GeneratorSample with = Sample(false), without = Sample(true);
        // Weight over weight is 1 / p(z), up to one factor.
        double factor = without.Weights[0] / with.Weights[0] * Math.Exp(-Square(0));
        for (int i = 1; i < 50; i++)
            Assert.Equal(factor, without.Weights[i] / with.Weights[i] * Math.Exp(-Square(i)), 1e-9 * factor);
        Assert.True(without.EffectiveSize < with.EffectiveSize);

        double Square(int i) => with.Latents[i].Sum(z => z * z) / 2;

        static GeneratorSample Sample(bool removes)
        {
            var random = new RandomSource(6);
            Network network = NormalNumbers.Chain(random, width => random.Normals(width), 2, 8, 3);
            return GeneratorSample.Of(new GeneratorVolumes(network), new GeneratorSampleOptions { Samples = 500, Latent = LatentDensity.Normal, RemovesLatentDensity = removes });
        }
    }

    [Fact]
    public void Volumes_of_zero_are_left_out_clipped_or_refused()
    {
        // Both units are off for z1 < 0, so that half of the latents collapse.
        var builder = new NetworkBuilder("half");
        int at = builder.Add(new Dense(new double[] { 1, 0, 1, 1 }, null, new Shape(2)), builder.Input("x", new Shape(2)));
        at = builder.Add(PiecewiseLinear.Relu(new Shape(2)), at);
        var generator = new GeneratorVolumes(builder.Build(builder.Add(new Dense(new double[] { 1, 0, 0, 1, 1, 1 }, null, new Shape(2)), at)));
        GeneratorSample kept = GeneratorSample.Of(generator);
        Assert.InRange(kept.ZeroVolumes, 900, 1700);
        Assert.Contains(kept.Warnings, warning => warning.Contains("have volume 0 and weight 0", StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 2000), i => Assert.Equal(double.IsNegativeInfinity(kept.LogVolumes[i]), kept.Weights[i] == 0));
        Assert.Contains("infinite", Assert.Throws<ArgumentException>(() => GeneratorSample.Of(generator, new GeneratorSampleOptions { Polarity = -1 })).Message, StringComparison.Ordinal);
        GeneratorSample clipped = GeneratorSample.Of(generator, new GeneratorSampleOptions { Polarity = -1, Clip = 0.1 });
        Assert.Contains("clipped at 0.1", Assert.Single(clipped.Warnings), StringComparison.Ordinal);
        Assert.Equal(1, clipped.Weights.Sum(), 1e-12);
        GeneratorSample extreme = GeneratorSample.Of(generator, new GeneratorSampleOptions { Polarity = 0 });
        Assert.Equal(2000, extreme.EffectiveSize, 1e-6);
        Assert.All(clipped.Weights.Concat(kept.Weights), weight => Assert.True(double.IsFinite(weight)));
        Assert.Contains("'Samples' is 1", Assert.Throws<ArgumentException>(() => GeneratorSample.Of(generator, new GeneratorSampleOptions { Samples = 1, Clip = -1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resampling_takes_each_point_as_often_as_its_weight_says()
    {
        Network network = TwoSpeeds();
        GeneratorSample sample = GeneratorSample.Of(new GeneratorVolumes(network), new GeneratorSampleOptions { Samples = 300, Low = 0, High = 1 });
        int[] drawn = sample.Resample(1000, new RandomSource(7));
        Assert.Equal(drawn.Order(), drawn);
        for (int i = 0; i < 300; i++)
            Assert.InRange(drawn.Count(index => index == i), Math.Floor(1000 * sample.Weights[i]) - 1, Math.Ceiling(1000 * sample.Weights[i]) + 1);
    }

    private static Network TwoSpeeds()
    {
        // g = (3 z, 4 z) up to ½, then (1.5, 2 + (z - ½)): slopes (3, 4) and (0, 1).
        var builder = new NetworkBuilder("two speeds");
        int at = builder.Add(new Dense(new double[] { -1, 1 }, new double[] { 0.5, -0.5 }, new Shape(1)), builder.Input("x", new Shape(1)));
        at = builder.Add(PiecewiseLinear.Relu(new Shape(2)), at);
        return builder.Build(builder.Add(new Dense(new double[] { -3, 0, -4, 1 }, new double[] { 1.5, 2 }, new Shape(2)), at));
    }

    private static int Holding(Partition partition, double[] point)
    {
        (int best, double depth) = (0, double.NegativeInfinity);
        for (int region = 0; region < partition.RegionCount; region++)
        {
            double[] polygon = partition.Polygon(region);
            double nearest = double.PositiveInfinity;
            for (int i = 0; i < polygon.Length; i += 2)
            {
                int j = (i + 2) % polygon.Length;
                double dx = polygon[j] - polygon[i], dy = polygon[j + 1] - polygon[i + 1], length = double.Hypot(dx, dy);
                nearest = length > 0 ? Math.Min(nearest, (dx * (point[1] - polygon[i + 1]) - dy * (point[0] - polygon[i])) / length) : nearest;
            }
            (best, depth) = nearest > depth ? (region, nearest) : (best, depth);
        }
        return best;
    }

    private static double ChiSquare(double[] shares)
    {
        var counts = new double[Bins];
        foreach (double share in shares)
            counts[Math.Clamp((int)(share * Bins), 0, Bins - 1)]++;
        double expected = (double)shares.Length / Bins;
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }
}
