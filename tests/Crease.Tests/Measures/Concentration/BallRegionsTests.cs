using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Certificates;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Regions that meet a disc, against counts on paper and against samples.</summary>
public sealed class BallRegionsTests
{
    [Fact]
    public void Both_forms_of_the_diamond_have_four_regions_around_its_center()
    {
        foreach (Network network in new[] { KnownNetworks.Diamond(), KnownNetworks.TwinDiamond() })
        {
            var partitioner = new PlanarPartitioner(network);
            Assert.Equal(4, BallRegions.Around(partitioner, [0, 0], 0.6));
            Assert.Equal(1, BallRegions.Around(partitioner, [0.5, 0.5], 0.5));
            Assert.Equal(3, BallRegions.Around(partitioner, [0.5, 0.5], 0.6));
            Assert.Equal(4, BallRegions.Around(partitioner, [0.5, 0.5], 0.71));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(12)]
    public void A_ball_around_all_crossings_of_lines_meets_every_region(int lines)
    {
        Partition partition = Lines(lines, out PlanarPartitioner partitioner, out double reach);
        int expected = 1 + lines + lines * (lines - 1) / 2;
        Assert.Equal(expected, partition.RegionCount);
        Assert.Equal(expected, BallRegions.Around(partitioner, [0, 0], 2 * reach));
        // Every line is cut into as many parts as there are lines.
        Assert.Equal(lines * lines, RegionGraph.Of(partition).Edges.Length);
    }

    [Fact]
    public void Sampled_codes_are_among_those_counted_and_grow_with_the_ball()
    {
        var random = new RandomSource(4);
        Network network = SmallNetworks.Golden(1, 2, 16, 16, 3);
        var partitioner = new PlanarPartitioner(network);
        int before = 0;
        foreach (double radius in new[] { 0.05, 0.2, 0.8, 2 })
        {
            int counted = BallRegions.Around(partitioner, [0.3, -0.2], radius);
            var codes = new HashSet<Code>();
            for (int i = 0; i < 4000; i++)
            {
                double angle = 2 * Math.PI * random.Uniform(), r = radius * Math.Sqrt(random.Uniform());
                codes.Add(new Linearization(network, [0.3 + r * Math.Cos(angle), -0.2 + r * Math.Sin(angle)]).Code());
            }
            Assert.InRange(counted, Math.Max(before, codes.Count), 2 * codes.Count + 1);
            before = counted;
        }
        Assert.True(before > 50);
    }

    [Fact]
    public void Neighbors_differ_in_the_unit_of_their_edge_alone()
    {
        Partition partition = new PlanarPartitioner(SmallNetworks.Golden(2, 2, 8, 8, 3)).Cut(Slice.Box(-2, 2, -2, 2));
        RegionGraph graph = RegionGraph.Of(partition);
        Assert.Equal(partition.EdgeCount - partition.Twins.ToArray().Count(twin => twin < 0), graph.Edges.Length);
        Code[] codes = [.. Enumerable.Range(0, partition.RegionCount).Select(partition.Code)];
        foreach (RegionEdge edge in graph.Edges)
        {
            (int Layer, int Unit)[] differing = [.. Enumerable.Range(0, 2).SelectMany(layer => Enumerable.Range(0, 8).Where(unit => codes[edge.First].Pieces[layer][unit] != codes[edge.Second].Pieces[layer][unit]).Select(unit => (layer, unit)))];
            Assert.Equal([(edge.Crease.Layer, edge.Crease.Unit)], differing);
            Assert.True(edge.First < edge.Second && edge.Length > 0);
        }
        Assert.Equal(2 * graph.Edges.Length, graph.Degrees().Sum());
        Assert.All(graph.Degrees(), degree => Assert.True(degree > 0));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var plane = new PlanarPartitioner(KnownNetworks.Diamond());
        Assert.Contains("'radius' is 0", Assert.Throws<ArgumentException>(() => BallRegions.Around(plane, [0, 0], 0)).Message, StringComparison.Ordinal);
        var space = new PlanarPartitioner(SmallNetworks.Golden(1, 3, 4, 2));
        Assert.Contains("for 2", Assert.Throws<ArgumentException>(() => BallRegions.Around(space, [0, 0, 0], 1)).Message, StringComparison.Ordinal);
    }

    // Lines in general position, and a square that holds all their crossings.
    private static Partition Lines(int lines, out PlanarPartitioner partitioner, out double reach)
    {
        var random = new RandomSource(12);
        double[] weights = LayerCases.Normals(random, 2 * lines), biases = LayerCases.Normals(random, lines);
        reach = 1 + Enumerable.Range(0, lines).Max(i => Math.Abs(biases[i]) / double.Hypot(weights[2 * i], weights[2 * i + 1]));
        for (int i = 0; i < lines; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double det = weights[2 * i] * weights[2 * j + 1] - weights[2 * i + 1] * weights[2 * j];
                double x = (weights[2 * i + 1] * biases[j] - weights[2 * j + 1] * biases[i]) / det, y = (weights[2 * j] * biases[i] - weights[2 * i] * biases[j]) / det;
                reach = Math.Max(reach, 1 + Math.Max(Math.Abs(x), Math.Abs(y)));
            }
        }
        partitioner = new PlanarPartitioner(KnownNetworks.Chain(2, (weights, biases), ([.. Enumerable.Repeat(1.0, lines)], [0])));
        return partitioner.Cut(Slice.Box(-reach, reach, -reach, reach));
    }
}
