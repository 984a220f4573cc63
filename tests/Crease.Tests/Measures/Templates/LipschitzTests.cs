using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Lipschitz constants, exact on a region and bounded over the whole space, and convexity.</summary>
public sealed class LipschitzTests
{
    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names];

    [Fact]
    public void Norm_of_a_matrix_is_its_largest_singular_value()
    {
        Assert.Equal(Math.Sqrt(45), SpectralNorm.Of([3, 0, 4, 5], 2, 2), 1e-13);
        Assert.Equal(5, SpectralNorm.Of([3, 4], 1, 2), 1e-14);
        Assert.Equal(0, SpectralNorm.Of(new double[6], 2, 3));
        Assert.Equal(3e200, SpectralNorm.Of([3e200, 0, 0, 1e200], 2, 2), 1e186);
        double[] matrix = LayerCases.Normals(new RandomSource(4), 150 * 200);
        double[] transposed = [.. Enumerable.Range(0, matrix.Length).Select(i => matrix[i % 150 * 200 + i / 150])];
        double norm = SpectralNorm.Of(matrix, 150, 200);
        Assert.Equal(norm, SpectralNorm.Of(transposed, 200, 150), 1e-12 * norm);
        double[] wide = LayerCases.Normals(new RandomSource(5), 300 * 400);
        (double iterated, bool hasConverged) = SpectralNorm.OfMap(400, x => Product(wide, x), y => Pulled(wide, y), 0);
        Assert.True(hasConverged);
        Assert.Equal(iterated, SpectralNorm.Of(wide, 300, 400), 1e-6 * iterated);
        // No vector is stretched further; random ones come near half of it.
        for (ulong seed = 0; seed < 50; seed++)
        {
            double[] x = LayerCases.Normals(new RandomSource(seed), 200);
            double y = Math.Sqrt(Enumerable.Range(0, 150).Sum(r => Math.Pow(Enumerable.Range(0, 200).Sum(c => matrix[r * 200 + c] * x[c]), 2)));
            Assert.InRange(y / Math.Sqrt(x.Sum(e => e * e)), 0.3 * norm, norm);
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Local_constants_stay_below_the_bound(string name)
    {
        var graph = new PiecewiseGraph(PartitionCorpus.Network(name));
        Lipschitz bound = Lipschitz.Of(graph);
        Assert.True(bound.HasConverged);
        Assert.Equal(graph.Layers.Length, bound.PerLayer.Length);
        double largest = 0;
        new Templates(graph).Visit(UniformPoints.Of(200, graph.Inputs, -2, 2, 1), (_, slopes, offsets, _) =>
        {
            double local = Lipschitz.Local(new AffineMap(slopes.ToArray(), offsets.ToArray()));
            lock (bound)
                largest = Math.Max(largest, local);
        });
        Assert.InRange(largest, 1e-3 * bound.Bound, bound.Bound * (1 + 1e-9));
        if (graph.Layers.Length == 0)
            Assert.Equal(largest, bound.Bound, 1e-9);
    }

    [Fact]
    public void Bound_of_a_real_convolutional_network_holds()
    {
        var graph = new PiecewiseGraph(Model.Load(SharedData.Path("networks/vnncomp/oval21/onnx/cifar_base_kw.onnx.gz")));
        double[][] images = [.. DataSource.Load(SharedData.Path("cifar10/cifar10_test675_lossless.bin.gz")).Inputs.Take(3)];
        TemplateSet set = new Templates(graph).Of(images);
        double bound = Lipschitz.Of(graph).Bound;
        for (int i = 0; i < images.Length; i++)
            Assert.InRange(Lipschitz.Local(set.Map(i)), 0, bound);
    }

    [Fact]
    public void Nonnegative_later_weights_and_convex_units_make_convex_networks()
    {
        foreach (Func<Shape, Layer> unit in new Func<Shape, Layer>[] { PiecewiseLinear.Relu, shape => PiecewiseLinear.LeakyRelu(shape, 0.1) })
            Assert.True(Convexity.Of(new PiecewiseGraph(Convex(unit))).IsConvex);
        Convexity folded = Convexity.Of(new PiecewiseGraph(Convex(PiecewiseLinear.AbsoluteValue)));
        Assert.False(folded.IsConvex);
        Assert.Contains("falls somewhere", folded.Reason, StringComparison.Ordinal);
        Convexity clipped = Convexity.Of(new PiecewiseGraph(Convex(shape => PiecewiseLinear.Clip(shape, -1, 1))));
        Assert.Contains("slopes fall", clipped.Reason, StringComparison.Ordinal);
        Convexity signed = Convexity.Of(new PiecewiseGraph(SmallNetworks.Golden(0, 2, 8, 8, 3)));
        Assert.Contains("negative weight", signed.Reason, StringComparison.Ordinal);
        Assert.Equal("dense 3", signed.FirstNode!.Name);
        Assert.True(Convexity.Of(new PiecewiseGraph(PartitionCorpus.Network("no folds"))).IsConvex);
    }

    [Fact]
    public void Convex_networks_are_convex_along_segments()
    {
        Network network = Convex(PiecewiseLinear.Relu);
        var random = new RandomSource(3);
        for (int trial = 0; trial < 500; trial++)
        {
            double[] a = GraphNetworks.Normals(random, 3, 2), b = GraphNetworks.Normals(random, 3, 2), middle = [.. a.Zip(b, (p, q) => (p + q) / 2)];
            double[] fa = network.Evaluate(a), fb = network.Evaluate(b), fm = network.Evaluate(middle);
            for (int o = 0; o < fm.Length; o++)
                Assert.True(fm[o] <= (fa[o] + fb[o]) / 2 + 1e-10);
        }
    }

    private static double[] Product(double[] matrix, double[] x) => [.. Enumerable.Range(0, matrix.Length / x.Length).Select(r => x.Select((e, c) => matrix[r * x.Length + c] * e).Sum())];

    private static double[] Pulled(double[] matrix, double[] y) => [.. Enumerable.Range(0, matrix.Length / y.Length).Select(c => y.Select((e, r) => matrix[r * (matrix.Length / y.Length) + c] * e).Sum())];

    internal static Network Convex(Func<Shape, Layer> unit)
    {
        var random = new RandomSource(12);
        bool isFirst = true;
        return SmallNetworks.Dense("convex", [3, 9, 7, 2], (inputs, outputs) =>
        {
            double[] weights = LayerCases.Normals(random, inputs * outputs);
            weights = isFirst ? weights : Array.ConvertAll(weights, Math.Abs);
            isFirst = false;
            return (weights, LayerCases.Normals(random, outputs));
        }, unit);
    }
}
