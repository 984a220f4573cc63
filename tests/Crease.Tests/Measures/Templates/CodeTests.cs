using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Codes as bit arrays, the distance between them, and what is found with it.</summary>
public sealed class CodeTests
{
    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Codes_are_those_of_linearizations_and_equal_exactly_within_a_region(string name)
    {
        (PiecewiseGraph graph, double[][] inputs, CodeTable codes) = Sample(name, 60);
        Code[] expected = [.. inputs.Select(x => new Linearization(graph, x).Code())];
        for (int i = 0; i < inputs.Length; i++)
        {
            for (int l = 0; l < graph.Layers.Length; l++)
                Assert.Equal(expected[i].Pieces[l], Enumerable.Range(0, graph.Layers[l].Shape.Size).Select(unit => codes.Piece(i, l, unit)));
            for (int j = 0; j < inputs.Length; j++)
            {
                Assert.Equal(expected[i].Equals(expected[j]), codes.AreEqual(i, j));
                Assert.True(!codes.AreEqual(i, j) || codes.Hash(i) == codes.Hash(j));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Partition_distance_is_a_metric_on_codes(string name)
    {
        (_, double[][] inputs, CodeTable codes) = Sample(name, 40);
        for (int i = 0; i < inputs.Length; i++)
        {
            for (int j = 0; j < inputs.Length; j++)
            {
                PartitionDistance d = codes.Distance(i, j);
                Assert.Equal(d, codes.Distance(j, i));
                Assert.Equal(codes.AreEqual(i, j), d.ByUnits == 0);
                Assert.Equal(codes.AreEqual(i, j), d.ByLayers == 0);
                Assert.InRange(d.ByUnits, 0, 1);
                for (int k = 0; k < inputs.Length; k++)
                {
                    Assert.True(codes.Distance(i, k).ByUnits <= d.ByUnits + codes.Distance(j, k).ByUnits + 1e-15);
                    Assert.True(codes.Distance(i, k).ByLayers <= d.ByLayers + codes.Distance(j, k).ByLayers + 1e-15);
                }
            }
        }
    }

    [Fact]
    public void Distance_counts_units_of_several_pieces_once()
    {
        var builder = new NetworkBuilder("stairs");
        int x = builder.Input("x", new Shape(70));
        Network network = builder.Build(builder.Add(PiecewiseLinear.Of("stairs", new Shape(70), [-1, 0, 1, 2], [0, 1, 2, 3, 4], 0), x));
        double[] a = [.. Enumerable.Repeat(-2.0, 70)], b = [.. a];
        (b[0], b[65], b[69]) = (5, -0.5, 1.5);
        CodeTable codes = CodeTable.Of(new PiecewiseGraph(network), [a, b]);
        Assert.Equal(3, codes.Differing(0, 1, 0));
        Assert.Equal(3 / 70.0, codes.Distance(0, 1, 0));
        Assert.Equal((4, 1, 3), (codes.Piece(1, 0, 0), codes.Piece(1, 0, 65), codes.Piece(1, 0, 69)));
    }

    [Fact]
    public void Distance_does_not_change_when_a_unit_is_rescaled()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3), scaled = Rescaled(network, 3);
        double[][] inputs = UniformPoints.Of(100, 2, -2, 2, 4);
        CodeTable before = CodeTable.Of(new PiecewiseGraph(network), inputs), after = CodeTable.Of(new PiecewiseGraph(scaled), inputs);
        for (int i = 1; i < inputs.Length; i++)
            Assert.Equal(before.Distance(0, i), after.Distance(0, i));
    }

    [Fact]
    public void Sharing_counts_regions_and_warns_where_samples_limit_it()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3);
        var graph = new PiecewiseGraph(network);
        Partition partition = new PlanarPartitioner(network).Cut(Slice.Box(-2, 2, -2, 2));
        double[][] many = UniformPoints.Of(60_000, 2, -2, 2, 4), few = many[..30];
        RegionSharing all = RegionSharing.Of(CodeTable.Of(graph, many));
        Assert.InRange(all.Distinct, 0.9 * partition.RegionCount, partition.RegionCount);
        Assert.Equal(all.Distinct, all.DistinctPerLayer[^1]);
        Assert.InRange(all.DistinctPerLayer[0], 1, partition.RegionsPerLayer[0]);
        Assert.Equal(many.Length, all.Sizes.Sum());
        Assert.Equal((false, ""), (all.IsSaturated, all.Advice));
        Assert.InRange(all.DistinctMaps(new Templates(graph), many), 1, all.Distinct);
        RegionSharing scarce = RegionSharing.Of(CodeTable.Of(graph, few));
        Assert.True(scarce.IsSaturated);
        Assert.Contains("limited by the samples", scarce.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Creases_that_leave_the_map_as_it_is_are_joined()
    {
        // The second unit feeds nothing: its crease makes regions and no maps.
        var builder = new NetworkBuilder("idle unit");
        int h = builder.Add(new Dense(new double[] { 1, 0, 0, 1 }, null, new Shape(2)), builder.Input("x", new Shape(2)));
        h = builder.Add(PiecewiseLinear.Relu(new Shape(2)), h);
        Network network = builder.Build(builder.Add(new Dense(new double[] { 1, 0 }, null, new Shape(2)), h));
        double[][] inputs = UniformPoints.Of(100, 2, -1, 1, 3);
        var graph = new PiecewiseGraph(network);
        RegionSharing sharing = RegionSharing.Of(CodeTable.Of(graph, inputs));
        Assert.Equal((4, 2), (sharing.Distinct, sharing.DistinctMaps(new Templates(graph), inputs)));
    }

    [Fact]
    public void Neighbors_are_the_nearest_and_clusters_find_groups_of_codes()
    {
        double[][] centers = [[5, 5], [-5, 5], [0, -6]];
        var random = new RandomSource(8);
        double[][] inputs = [.. Enumerable.Range(0, 90).Select(i => centers[i % 3].Select(c => c + 0.3 * random.Normal()).ToArray())];
        int[] labels = [.. Enumerable.Range(0, 90).Select(i => i % 3)];
        CodeTable codes = CodeTable.Of(new PiecewiseGraph(SmallNetworks.Golden(5, 2, 40, 40, 3)), inputs);
        PartitionNeighbors neighbors = PartitionNeighbors.Among(codes, 5);
        for (int s = 0; s < inputs.Length; s++)
        {
            double[] sorted = [.. Enumerable.Range(0, inputs.Length).Where(o => o != s).Select(o => codes.Distance(s, o).ByUnits).Order().Take(5)];
            Assert.Equal(sorted, neighbors.Distances(s).ToArray());
            Assert.DoesNotContain(s, neighbors.Of(s).ToArray());
        }
        Assert.Equal(1, neighbors.Agreement(labels));
        DistanceMatrix distances = DistanceMatrix.Of(codes);
        PartitionClusters clusters = PartitionClusters.Of(distances, 3);
        Assert.Equal(1, clusters.Purity(labels));
        Assert.All(clusters.Medoids, (medoid, c) => Assert.Equal(c, clusters.Labels[medoid]));
        PartitionEmbedding plane = PartitionEmbedding.Of(distances);
        Assert.InRange(plane.Explained, 0.5, 1);
        Assert.Equal(1, Enumerable.Range(0, 90).Count(s => labels[s] == labels[Enumerable.Range(0, 90).Where(o => o != s).MinBy(o => double.Hypot(plane.Xs[o] - plane.Xs[s], plane.Ys[o] - plane.Ys[s]))]) / 90.0);
    }

    [Fact]
    public void Distance_along_thresholds_counts_them_and_the_embedding_keeps_their_order()
    {
        var builder = new NetworkBuilder("thresholds");
        int h = builder.Add(new Dense(Enumerable.Repeat(1.0, 20).ToArray(), Enumerable.Range(0, 20).Select(i => -(double)i).ToArray(), new Shape(1)), builder.Input("x", new Shape(1)));
        Network network = builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(20)), h));
        double[][] inputs = [.. Enumerable.Range(0, 20).Select(i => new[] { i + 0.5 })];
        CodeTable codes = CodeTable.Of(new PiecewiseGraph(network), inputs);
        Assert.Equal(7 / 20.0, codes.Distance(3, 10).ByUnits, 1e-15);
        PartitionNeighbors neighbors = PartitionNeighbors.Among(codes, 2);
        Assert.Equal([9, 11], neighbors.Of(10).ToArray());
        PartitionEmbedding line = PartitionEmbedding.Of(DistanceMatrix.Of(codes));
        double[] xs = line.Xs[0] < line.Xs[^1] ? [.. line.Xs] : [.. line.Xs.Reverse()];
        Assert.Equal(xs.Order(), xs);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        CodeTable codes = CodeTable.Of(new PiecewiseGraph(SmallNetworks.Golden(5, 2, 4, 3)), [[0, 0], [1, 1]]);
        Assert.Contains("expected 1 to 1", Assert.Throws<ArgumentException>(() => PartitionNeighbors.Among(codes, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("expected 1 to 2", Assert.Throws<ArgumentException>(() => PartitionClusters.Of(DistanceMatrix.Of(codes), 3)).Message, StringComparison.Ordinal);
    }

    internal static Network Rescaled(Network network, double factor)
    {
        var builder = new NetworkBuilder("rescaled");
        Dense[] dense = [.. network.Nodes.Select(node => node.Layer).OfType<Dense>()];
        int at = builder.Input("x", network.InputShape);
        for (int l = 0; l < dense.Length; l++)
        {
            double[] weights = dense[l].Weights.Values.ToArray(), bias = dense[l].Bias!.Values.ToArray();
            for (int i = 0; i < weights.Length; i++)
                weights[i] *= (l == 0 && i / dense[l].Inputs == 0 ? factor : 1) / (l == 1 && i % dense[l].Inputs == 0 ? factor : 1);
            bias[0] *= l == 0 ? factor : 1;
            at = builder.Add(new Dense(weights, bias, dense[l].InputShapes[0]), at);
            if (l + 1 < dense.Length)
                at = builder.Add(network.Nodes.Select(node => node.Layer).OfType<PiecewiseLinear>().ElementAt(l), at);
        }
        return builder.Build(at);
    }

    private static (PiecewiseGraph, double[][], CodeTable) Sample(string name, int count)
    {
        var graph = new PiecewiseGraph(PartitionCorpus.Network(name));
        double[][] inputs = UniformPoints.Of(count, graph.Inputs, -1, 1, 6);
        // Pairs close to each other, so that some share a region.
        for (int i = 1; i < count; i += 2)
            inputs[i] = [.. inputs[i - 1].Select(x => x + 1e-4)];
        return (graph, inputs, CodeTable.Of(graph, inputs, new RunContext { Threads = 3 }));
    }
}
