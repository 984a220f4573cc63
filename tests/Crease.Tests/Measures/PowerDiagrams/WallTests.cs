using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Distances to creases, and what happens to the map across one.</summary>
public sealed class WallTests
{
    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names.Where(name => name != "no folds")];

    [Fact]
    public void Worked_case_of_the_specification()
    {
        var graph = new PiecewiseGraph(GraphNetworks.Worked());
        var at = new Linearization(graph, [0.75, -0.5]);
        NearestCrease[] nearest = CreaseDistances.Nearest(at);
        Assert.Equal((0, 0, 0), (nearest[0].Unit, nearest[0].Piece, nearest[1].Unit));
        Assert.Equal(0.111803398875, nearest[0].Distance, 1e-12);
        Assert.Equal(0.559164765193, nearest[1].Distance, 1e-12);
        WallCrossing wall = WallCrossing.At(at, nearest[0]);
        Near([0.7, -0.6], wall.Foot);
        // The unit turns off: the wall function falls with it.
        Near([-1, -2], wall.Normal);
        Near([0.9, -0.975], wall.Sensitivity);
        Near([0.66, -0.84, -0.5025, 0.51], [.. wall.After.Slopes]);
        Near([0.625, -0.15], [.. wall.After.Offsets]);
        Assert.Equal(0.093018981012, wall.BendCosine(0, 1)!.Value, 1e-12);
        Assert.Equal(1, wall.FoldingUnits(at, graph));
        double[][] expected = [[0.111803398875, 1.060660171780, 1.677050983125], [0.559164765193, 1.037202906672]];
        for (int l = 0; l < 2; l++)
        {
            ReadOnlySpan<double> h = at.Value(at.Layers[l].Inputs[0]);
            for (int unit = 0; unit < h.Length; unit++)
            {
                var one = new double[h.Length];
                one[unit] = 1;
                Assert.Equal(expected[l][unit], Math.Abs(h[unit]) / TensorPrimitives.Norm<double>(at.Pullback(at.Layers[l].Inputs[0], one)), 1e-12);
            }
        }
    }

    [Fact]
    public void The_code_changes_at_the_distance_along_the_normal_and_nowhere_nearer()
    {
        int regions = 0;
        for (ulong seed = 0; regions < 200; seed++)
        {
            Assert.True(seed < 400);
            var graph = new PiecewiseGraph(SmallNetworks.Random(seed, shape => PiecewiseLinear.LeakyRelu(shape, 0.1), 4, 8, 7, 6, 2));
            var random = new RandomSource(seed + 50);
            var at = new Linearization(graph, GraphNetworks.Normals(random, 4, 1));
            NearestCrease crease = CreaseDistances.Nearest(at).MinBy(c => c.Distance)!;
            if (crease.Distance < 1e-6)
                continue;
            regions++;
            Code code = at.Code();
            Assert.Equal(code, new Linearization(graph, crease.Beyond(at, 1 - 1e-6)).Code());
            Assert.NotEqual(code, new Linearization(graph, crease.Beyond(at, 1 + 1e-6)).Code());
            for (int k = 0; k < 200; k++)
            {
                double[] x = at.Value(0).ToArray(), direction = GraphNetworks.Normals(random, 4, 1);
                TensorPrimitives.MultiplyAdd(direction, (1 - 1e-5) * crease.Distance / TensorPrimitives.Norm<double>(direction), x, x);
                Assert.Equal(code, new Linearization(graph, x).Code());
            }
        }
    }

    [Fact]
    public void Crossing_is_a_continuous_change_of_rank_one_on_five_hundred_walls()
    {
        int walls = 0;
        for (ulong seed = 0; walls < 500; seed++)
        {
            Assert.True(seed < 2000);
            double slope = (seed % 4) switch { 0 => 0, 1 => 0.1, 2 => -1, _ => 0.5 };
            var graph = new PiecewiseGraph(SmallNetworks.Random(seed, shape => PiecewiseLinear.LeakyRelu(shape, slope), 4, 8, 7, 3));
            var at = new Linearization(graph, GraphNetworks.Normals(new RandomSource(seed), 4, 1));
            NearestCrease crease = CreaseDistances.Nearest(at).MinBy(c => c.Distance)!;
            if (Check(graph, at, crease))
                walls++;
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Crossing_gives_the_map_of_the_other_side_on_the_corpus(string name)
    {
        var graph = new PiecewiseGraph(PartitionCorpus.Network(name));
        int crossed = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            var at = new Linearization(graph, GraphNetworks.Normals(new RandomSource(seed), graph.Inputs, 1));
            crossed += Check(graph, at, CreaseDistances.Nearest(at).MinBy(c => c.Distance)!) ? 1 : 0;
        }
        Assert.True(crossed >= 10, $"{crossed} walls crossed");
    }

    [Theory]
    [InlineData("networks/vnncomp/acasxu/onnx/ACASXU_run2a_1_1_batch_2000.onnx.gz")]
    [InlineData("networks/vnncomp/mnist_fc/onnx/mnist-net_256x4.onnx.gz")]
    [InlineData("networks/vnncomp/oval21/onnx/cifar_base_kw.onnx.gz")]
    public void Crossing_gives_the_map_of_the_other_side_on_real_networks(string model)
    {
        var graph = new PiecewiseGraph(Model.Load(SharedData.Path(model)));
        int crossed = 0;
        for (ulong seed = 0; seed < 2; seed++)
        {
            var at = new Linearization(graph, UniformPoints.Of(1, graph.Inputs, 0, 1, seed)[0]);
            crossed += Check(graph, at, CreaseDistances.Nearest(at).MinBy(c => c.Distance)!) ? 1 : 0;
        }
        Assert.True(crossed > 0);
    }

    [Fact]
    public void Table_holds_the_distances_of_every_sample_whatever_the_threads()
    {
        var graph = new PiecewiseGraph(SmallNetworks.Golden(0, 2, 8, 8, 3));
        double[][] inputs = UniformPoints.Of(60, 2, -2, 2, 1);
        CreaseDistanceTable table = CreaseDistanceTable.Of(graph, inputs, new RunContext { Threads = 5 });
        for (int s = 0; s < inputs.Length; s++)
        {
            double[] expected = CreaseDistances.PerLayer(new Linearization(graph, inputs[s]));
            Assert.Equal(expected, Enumerable.Range(0, 2).Select(l => table.Distance(s, l)));
            Assert.Equal(expected.Min(), table.Cumulative(s, 1));
        }
        Assert.Equal(60, table.NearestLayers().Sum());
        double[] sorted = [.. Enumerable.Range(0, 60).Select(s => table.Distance(s, 0)).Order()];
        Assert.Equal((sorted[29] + sorted[30]) / 2, table.Quantile(0, 0.5, false), 1e-15);
        (double low, double high) = DistanceHistogram.Range([table]);
        DistanceHistogram histogram = DistanceHistogram.Of(table, 12, low, high, true);
        for (int l = 0; l < 2; l++)
            Assert.Equal(60, Enumerable.Range(0, 12).Sum(bin => histogram.Samples(l, bin)));
        Assert.Contains("expected at least 1 and finite ends", Assert.Throws<ArgumentException>(() => DistanceHistogram.Of(table, 3, 1, 1, false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Units_that_do_not_depend_on_the_input_have_no_crease()
    {
        var builder = new NetworkBuilder("constant");
        int h = builder.Add(new Dense(new double[] { 0, 0 }, new double[] { 1 }, new Shape(2)), builder.Input("x", new Shape(2)));
        var graph = new PiecewiseGraph(builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(1)), h)));
        var at = new Linearization(graph, [1, 2]);
        NearestCrease crease = Assert.Single(CreaseDistances.Nearest(at));
        Assert.False(crease.Exists);
        Assert.Contains("no crease to cross", Assert.Throws<InvalidOperationException>(() => WallCrossing.At(at, crease)).Message, StringComparison.Ordinal);
        CreaseDistanceTable table = CreaseDistanceTable.Of(graph, [[1, 2]]);
        Assert.Equal((-1.0, 1.0), DistanceHistogram.Range([table]));
        Assert.Equal([0], table.NearestLayers());
    }

    [Fact]
    public void Counts_are_those_of_exact_enumeration()
    {
        Assert.Equal([29, 64, 120], new[] { 2, 3, 5 }.Select(d => (int)RegionBounds.Generic(7, d)));
        Assert.Equal([14, 44], new[] { 2, 3 }.Select(d => (int)RegionBounds.ThroughPoint(7, d)));
        foreach (int d in new[] { 2, 3, 5 })
            Assert.Equal((long)RegionBounds.Generic(7, d), Arrangements.Affine(7, d, 1));
        foreach (int d in new[] { 2, 3 })
            Assert.Equal((long)RegionBounds.ThroughPoint(7, d), Arrangements.Central(7, d, 1));
        Assert.Contains("expected at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => RegionBounds.ThroughPoint(0, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_are_those_of_the_partition_engine_in_the_plane()
    {
        var random = new RandomSource(6);
        double[] weights = LayerCases.Normals(random, 14), bias = LayerCases.Normals(random, 7);
        foreach (bool isCentral in new[] { false, true })
        {
            var builder = new NetworkBuilder("lines");
            int h = builder.Add(new Dense(weights, isCentral ? new double[7] : bias, new Shape(2)), builder.Input("x", new Shape(2)));
            Network network = builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(7)), h));
            Partition partition = new PlanarPartitioner(network).Cut(Slice.Box(-1000, 1000, -1000, 1000));
            Assert.Equal((int)(isCentral ? RegionBounds.ThroughPoint(7, 2) : RegionBounds.Generic(7, 2)), partition.RegionCount);
        }
    }

    // Whether one unit folds there alone; if so, three ways agree on the other side.
    private static bool Check(PiecewiseGraph graph, Linearization at, NearestCrease crease)
    {
        if (!crease.Exists || crease.Distance < 1e-9)
            return false;
        WallCrossing wall = WallCrossing.At(at, crease);
        double scale = 1 + wall.Before.SlopeNorm + wall.After.SlopeNorm;
        double[] before = wall.Before.At(wall.Foot.AsSpan()), after = wall.After.At(wall.Foot.AsSpan());
        TemplateTests.Near(before, after, 1e-12 * scale * (1 + TensorPrimitives.Norm(wall.Foot.AsSpan())));
        if (wall.FoldingUnits(at, graph) != 1)
            return false;
        AffineMap beyond = new Linearization(graph, crease.Beyond(at, 1 + 1e-6)).Map();
        TemplateTests.Near(beyond.Slopes, wall.After.Slopes, 1e-11 * scale);
        TemplateTests.Near(beyond.Offsets, wall.After.Offsets, 1e-10 * scale * (1 + TensorPrimitives.Norm(wall.Foot.AsSpan())));
        // Rank one: what is left of the difference of the two maps beside its part along the normal.
        double square = TensorPrimitives.SumOfSquares(wall.Normal.AsSpan());
        var change = new double[wall.Before.Slopes.Length];
        TensorPrimitives.Subtract(wall.After.Slopes, wall.Before.Slopes, change);
        for (int o = 0; o < wall.Before.Outputs; o++)
        {
            Span<double> row = change.AsSpan(o * graph.Inputs, graph.Inputs);
            TensorPrimitives.MultiplyAdd(wall.Normal.AsSpan(), -TensorPrimitives.Dot<double>(row, wall.Normal.AsSpan()) / square, row, row);
        }
        Assert.True(TensorPrimitives.Norm<double>(change) <= 1e-12 * scale);
        return true;
    }

    private static void Near(double[] expected, IReadOnlyList<double> found) => TemplateTests.Near(expected, [.. found], 1e-12);
}
