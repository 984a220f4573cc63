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

/// <summary>Sites of layers and compositions: worked numbers, the key identity, and cells that are those of the network.</summary>
public sealed class PowerDiagramTests
{
    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names];

    [Fact]
    public void Worked_case_of_the_specification()
    {
        var at = new Linearization(GraphNetworks.Worked(), [0.75, -0.5]);
        PowerSite first = PowerSite.Composed(at, 0), own = PowerSite.OfLayer(at, 1), both = PowerSite.Composed(at, 1);
        Near([1.4, 1.1], first.Centroid);
        Assert.Equal((6.12, -3.1375), (first.Radius, first.Power([0.75, -0.5])), (a, b) => Close(a, b));
        Near([1.05, -0.9, 0.3], own.Centroid);
        Near([0.25, -0.15, 1.875], [.. PowerSite.InputOfLayer(at, 1)]);
        Assert.Equal((1.6025, 2.080625), (own.Radius, own.Power(PowerSite.InputOfLayer(at, 1))), (a, b) => Close(a, b));
        Near([1.29, 1.71], both.Centroid);
        Assert.Equal((5.8832, -0.7075), (both.Radius, both.Power([0.75, -0.5])), (a, b) => Close(a, b));
        Near([1.487775, 1.420975], [.. PowerSite.ActivationPullback(at, 1)]);
        LayerDiagram diagram = LayerDiagram.Composed(at, 0);
        double[] powers = [.. Codes(3).Select(code => diagram.Site(code).Power([0.75, -0.5])).Order()];
        Assert.Equal(-3.1375, powers[0], 1e-12);
        Assert.Equal(-2.6875, powers[1], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Key_identity_and_recursion_hold_on_the_corpus(string name)
    {
        var graph = new PiecewiseGraph(PartitionCorpus.Network(name));
        var random = new RandomSource(3);
        for (int trial = 0; trial < 10; trial++)
            Identity(new Linearization(graph, GraphNetworks.Normals(random, graph.Inputs, 1.5)), 1e-12);
    }

    [Theory]
    [InlineData("networks/vnncomp/acasxu/onnx/ACASXU_run2a_1_1_batch_2000.onnx.gz")]
    [InlineData("networks/vnncomp/mnist_fc/onnx/mnist-net_256x4.onnx.gz")]
    [InlineData("networks/vnncomp/verivital_2021/Convnet_maxpool.onnx.gz")]
    [InlineData("networks/vnncomp/cifar10_resnet_2021/onnx/resnet_2b.onnx.gz")]
    public void Key_identity_and_recursion_hold_on_real_networks(string model)
    {
        var graph = new PiecewiseGraph(Model.Load(SharedData.Path(model)));
        for (ulong seed = 0; seed < 2; seed++)
            Identity(new Linearization(graph, UniformPoints.Of(1, graph.Inputs, 0, 1, seed)[0]), 1e-12);
    }

    [Fact]
    public void Key_identity_on_two_thousand_points()
    {
        int checks = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var graph = new PiecewiseGraph(SmallNetworks.Random(seed, shape => PiecewiseLinear.LeakyRelu(shape, 0.1), 3, 8, 6, 5, 2));
            var random = new RandomSource(seed + 1);
            for (int trial = 0; trial < 100; trial++)
            {
                var at = new Linearization(graph, GraphNetworks.Normals(random, 3, 1));
                for (int l = 0; l < 3; l++, checks++)
                    Assert.Equal(Expected(at, l), PowerSite.Composed(at, l).Power(at.Value(0)), 1e-12 * (1 + Math.Abs(PowerSite.Composed(at, l).Radius)));
            }
        }
        Assert.Equal(6000, checks);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_nearest_of_all_sites_of_a_layer_is_that_of_the_sign_code(int inputs)
    {
        foreach (double slope in new[] { 0, 0.1, -1 })
        {
            var random = new RandomSource((ulong)inputs);
            var builder = new NetworkBuilder("layer");
            int h = builder.Add(new Dense(LayerCases.Normals(random, 7 * inputs), LayerCases.Normals(random, 7), new Shape(inputs)), builder.Input("x", new Shape(inputs)));
            var graph = new PiecewiseGraph(builder.Build(builder.Add(PiecewiseLinear.LeakyRelu(new Shape(7), slope), h)));
            LayerDiagram diagram = LayerDiagram.Composed(new Linearization(graph, new double[inputs]), 0);
            (int[] Code, PowerSite Site)[] sites = [.. Codes(7).Select(code => (code, diagram.Site(code)))];
            for (int trial = 0; trial < 4000; trial++)
            {
                double[] x = GraphNetworks.Normals(random, inputs, 3);
                Assert.Equal(diagram.Code(x), sites.MinBy(site => site.Site.Power(x)).Code);
                if (trial % 400 == 0)
                    Assert.Equal(diagram.Code(x), new Linearization(graph, x).Code().Pieces[0]);
            }
        }
    }

    [Theory]
    [InlineData("clip")]
    [InlineData("three knots")]
    [InlineData("parametric relu")]
    public void Units_that_are_no_maxima_have_the_cells_of_their_stand_ins(string name)
    {
        var graph = new PiecewiseGraph(PartitionCorpus.Network(name));
        var at = new Linearization(graph, new double[2]);
        LayerDiagram diagram = LayerDiagram.Composed(at, 0);
        int pieces = ((PiecewiseLinear)graph.Layers[0].Layer).Pieces;
        (int[] Code, PowerSite Site)[] sites = [.. Codes(diagram.Units, pieces).Select(code => (code, diagram.Site(code)))];
        Assert.Equal(name != "parametric relu", sites[0].Site.IsSurrogate);
        var random = new RandomSource(2);
        for (int trial = 0; trial < 300; trial++)
        {
            double[] x = GraphNetworks.Normals(random, 2, 1);
            int[] code = [.. new Linearization(graph, x).Code().Pieces[0]];
            // A unit of equal slopes has no crease: codes that differ there have equal sites.
            if (name != "parametric relu")
                Assert.Equal(code, sites.MinBy(site => site.Site.Power(x)).Code);
            Assert.Equal(sites.Min(site => site.Site.Power(x)), diagram.Site(code).Power(x), 1e-12);
            Assert.Equal(diagram.Site(code).Radius, PowerSite.Composed(new Linearization(graph, x), 0).Radius, 1e-9);
        }
    }

    [Fact]
    public void A_max_pooling_layer_has_the_cells_of_its_winners()
    {
        var builder = new NetworkBuilder("pool");
        int x = builder.Input("x", new Shape(1, 2, 4));
        var graph = new PiecewiseGraph(builder.Build(builder.Add(new MaxPooling(new Shape(1, 2, 4), new Windows(2, 2) { StrideX = 2, StrideY = 2 }), x)));
        LayerDiagram diagram = LayerDiagram.Composed(new Linearization(graph, new double[8]), 0);
        var random = new RandomSource(2);
        for (int trial = 0; trial < 300; trial++)
        {
            double[] point = GraphNetworks.Normals(random, 8, 1);
            int[] nearest = Codes(2, 4).MinBy(code => diagram.Site(code).Power(point))!;
            Assert.Equal(new Linearization(graph, point).Code().Pieces[0], nearest);
            Assert.Equal(nearest, Enumerable.Range(0, 2).Select(unit => Array.IndexOf(Powers(unit), Powers(unit).Min())));

            double[] Powers(int unit) => [.. diagram.UnitSites(unit).Select(site => site.Power(point))];
        }
    }

    [Fact]
    public void Inside_a_parent_region_the_nearest_site_is_the_own_code()
    {
        int regions = 0;
        for (ulong seed = 0; seed < 300; seed++)
        {
            var graph = new PiecewiseGraph(SmallNetworks.Random(seed, shape => PiecewiseLinear.LeakyRelu(shape, 0.1), 3, 8, 6, 5, 2));
            double[] x = GraphNetworks.Normals(new RandomSource(seed + 9), 3, 1);
            var at = new Linearization(graph, x);
            LayerDiagram diagram = LayerDiagram.Composed(at, 2);
            int[] nearest = Codes(5).MinBy(code => diagram.Site(code).Power(x))!;
            Assert.Equal(at.Code().Pieces[2], nearest);
            regions++;
        }
        Assert.Equal(300, regions);
    }

    [Fact]
    public void Only_convex_networks_are_one_diagram()
    {
        Assert.Equal(1, ShareOfOwnSites(LipschitzTests.Convex(PiecewiseLinear.Relu)));
        Assert.True(ShareOfOwnSites(SmallNetworks.Random(4, PiecewiseLinear.Relu, 3, 9, 7, 2)) < 0.5);
    }

    [Fact]
    public void Rescaling_a_unit_moves_sites_and_nothing_else()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3), scaled = CodeTests.Rescaled(network, 2.5);
        for (ulong seed = 0; seed < 30; seed++)
        {
            double[] x = GraphNetworks.Normals(new RandomSource(seed), 2, 1);
            Linearization before = new(network, x), after = new(scaled, x);
            Near([.. before.Value(before.Output)], [.. after.Value(after.Output)]);
            Assert.Equal(before.Code(), after.Code());
            double[] distances = CreaseDistances.PerLayer(before);
            for (int l = 0; l < 2; l++)
                Assert.Equal(distances[l], CreaseDistances.PerLayer(after)[l], 1e-12);
            if (before.Code().Pieces[0][0] == 1)
            {
                Assert.True(TensorPrimitives.Distance<double>(PowerSite.Composed(before, 0).Centroid.AsSpan(), PowerSite.Composed(after, 0).Centroid.AsSpan()) > 1e-6);
                Assert.True(Math.Abs(PowerSite.Composed(before, 0).Radius - PowerSite.Composed(after, 0).Radius) > 1e-6);
            }
        }
    }

    [Fact]
    public void Wrong_layers_and_codes_are_refused()
    {
        var at = new Linearization(GraphNetworks.Worked(), [0, 0]);
        Assert.Contains("'layer' is 2; the network has piecewise layers 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => PowerSite.Composed(at, 2)).Message, StringComparison.Ordinal);
        LayerDiagram diagram = LayerDiagram.Composed(at, 0);
        Assert.Contains("has 2 entries; the layer has 3", Assert.Throws<ArgumentException>(() => diagram.Site([0, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("piece 2 of unit 1", Assert.Throws<ArgumentException>(() => diagram.Site([0, 2, 1])).Message, StringComparison.Ordinal);
    }

    internal static IEnumerable<int[]> Codes(int units, int pieces = 2) =>
        Enumerable.Range(0, (int)Math.Pow(pieces, units)).Select(n => Enumerable.Range(0, units).Select(unit => n / (int)Math.Pow(pieces, unit) % pieces).ToArray());

    // All sites of sampled regions; how often the own one is the nearest of them.
    private static double ShareOfOwnSites(Network network)
    {
        var graph = new PiecewiseGraph(network);
        int layer = graph.Layers.Length - 1, own = 0;
        double[][] points = UniformPoints.Of(400, graph.Inputs, -3, 3, 2);
        PowerSite[] sites = [.. points.Select(x => PowerSite.Composed(new Linearization(graph, x), layer))];
        for (int i = 0; i < points.Length; i++)
            own += sites.Min(site => site.Power(points[i])) >= sites[i].Power(points[i]) - 1e-9 ? 1 : 0;
        return own / (double)points.Length;
    }

    private static void Identity(Linearization at, double tolerance)
    {
        ReadOnlySpan<double> x = at.Value(at.Network.Inputs[0]);
        for (int l = 0; l < at.Layers.Length; l++)
        {
            PowerSite site = PowerSite.Composed(at, l), own = PowerSite.OfLayer(at, l);
            double[] input = PowerSite.InputOfLayer(at, l);
            double scale = 1 + Math.Abs(site.Radius) + TensorPrimitives.SumOfSquares(x) + TensorPrimitives.SumOfMagnitudes(at.Value(at.Layers[l].Index));
            if (!site.IsSurrogate)
            {
                Assert.Equal(Expected(at, l), site.Power(x), tolerance * scale * 10);
                Assert.Equal(TensorPrimitives.SumOfSquares<double>(input) - 2 * TensorPrimitives.Sum(at.Value(at.Layers[l].Index)), own.Power(input), tolerance * 10 * (scale + Math.Abs(own.Radius) + TensorPrimitives.SumOfSquares<double>(input)));
            }
            // The second way: the layer's own site, pulled back through the maps of what it reads.
            int[] sources = PowerSite.Sources(at, l);
            var composed = new double[x.Length];
            int from = 0;
            foreach (int source in sources)
            {
                int size = at.Network.Nodes[source].Shape.Size;
                TensorPrimitives.Add(composed, at.Pullback(source, own.Centroid.AsSpan().Slice(from, size)), composed);
                from += size;
            }
            TemplateTests.Near(composed, site.Centroid.AsSpan(), 1e-10 * scale);
        }
    }

    private static double Expected(Linearization at, int layer) =>
        TensorPrimitives.SumOfSquares(at.Value(at.Network.Inputs[0])) - 2 * TensorPrimitives.Sum(at.Value(at.Layers[layer].Index));

    private static bool Close((double, double) a, (double, double) b) => Math.Abs(a.Item1 - b.Item1) <= 1e-12 && Math.Abs(a.Item2 - b.Item2) <= 1e-12;

    private static void Near(double[] expected, IReadOnlyList<double> found) => TemplateTests.Near(expected, [.. found], 1e-12);
}
