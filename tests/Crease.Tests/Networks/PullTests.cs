using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>What a layer pulls back is its derivative, by finite differences of its own values.</summary>
public sealed class PullTests
{
    private const int Count = 3;
    private const double Step = 1e-6;

    public static TheoryData<string> Names => [.. LayerCases.All.Keys];

    public static TheoryData<string> Products => [.. LayerCases.Affine.Where(pair => LayerProduct.Of(pair.Value(new RandomSource(1))) is not null).Select(pair => pair.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pull_is_the_derivative_and_is_added(string name)
    {
        var random = new RandomSource(3);
        Layer layer = LayerCases.All[name](random);
        double[][] inputs = [.. layer.InputShapes.Select(shape => LayerCases.Normals(random, Count * shape.Size))];
        double[] slopes = LayerCases.Normals(random, Count * layer.OutputShape.Size);
        double[][] before = [.. inputs.Select(input => LayerCases.Normals(random, input.Length))];
        double[][] pulled = [.. before.Select(values => (double[])values.Clone())];
        layer.Pull(inputs, Value(layer, inputs), slopes, Count, pulled);
        for (int k = 0; k < inputs.Length; k++)
        {
            for (int i = 0; i < inputs[k].Length; i++)
            {
                double at = inputs[k][i];
                inputs[k][i] = at + Step;
                double above = Weighted(Value(layer, inputs), slopes);
                inputs[k][i] = at - Step;
                double below = Weighted(Value(layer, inputs), slopes);
                inputs[k][i] = at;
                Assert.Equal((above - below) / (2 * Step), pulled[k][i] - before[k][i], 2e-8);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_wanted_is_left_out_and_the_rest_is_the_same(string name)
    {
        var random = new RandomSource(4);
        Layer layer = LayerCases.All[name](random);
        double[][] inputs = [.. layer.InputShapes.Select(shape => LayerCases.Normals(random, Count * shape.Size))];
        double[] slopes = LayerCases.Normals(random, Count * layer.OutputShape.Size), output = Value(layer, inputs);
        double[][] all = [.. inputs.Select(input => new double[input.Length])];
        layer.Pull(inputs, output, slopes, Count, all);
        for (int wanted = 0; wanted < inputs.Length; wanted++)
        {
            double[][] one = [.. inputs.Select((input, k) => k == wanted ? new double[input.Length] : [])];
            layer.Pull(inputs, output, slopes, Count, one);
            Assert.Equal(all[wanted], one[wanted]);
        }
        layer.Pull(inputs, output, slopes, Count, [.. inputs.Select(_ => Array.Empty<double>())]);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void Blocked_products_pull_what_layers_pull(string name)
    {
        var random = new RandomSource(5);
        Layer layer = LayerCases.All[name](random);
        double[] slopes = LayerCases.Normals(random, Count * layer.OutputShape.Size);
        double[] slow = LayerCases.Normals(random, Count * layer.InputShapes[0].Size), fast = [.. slow];
        layer.Pull([new double[slow.Length]], new double[slopes.Length], slopes, Count, [slow]);
        LayerProduct.Of(layer)!.Pull(slopes, Count, fast, new ProductScratch());
        for (int i = 0; i < slow.Length; i++)
            Assert.Equal(slow[i], fast[i], 1e-13);
    }

    [Fact]
    public void Every_kind_of_layer_is_listed()
    {
        var listed = LayerCases.All.Values.Select(make => make(new RandomSource(1)).GetType()).ToHashSet();
        Assert.All(typeof(Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract && type != typeof(InputLayer)), type => Assert.Contains(type, listed));
    }

    [Fact]
    public void At_a_kink_the_lower_piece_and_the_first_maximum_count()
    {
        Assert.Equal([0], One(PiecewiseLinear.Relu(new Shape(1)), [0]));
        Assert.Equal([0.1], One(PiecewiseLinear.LeakyRelu(new Shape(1), 0.1), [0]));
        Assert.Equal([1, 0], One(new MaxPooling(new Shape(1, 1, 2), new Windows(1, 2)), [2, 2]));
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(-1e200)]
    [InlineData(800)]
    [InlineData(-800)]
    public void Derivatives_of_smooth_functions_are_finite_far_out(double z)
    {
        foreach (Func<Shape, SmoothFunction> make in new Func<Shape, SmoothFunction>[] { SmoothFunction.Sigmoid, SmoothFunction.Tanh, SmoothFunction.Gelu, SmoothFunction.GeluTanh, SmoothFunction.Silu, SmoothFunction.Erf })
            Assert.InRange(One(make(new Shape(1)), [z])[0], 0, 1);
    }

    private static double[] One(Layer layer, double[] input)
    {
        var pulled = new double[input.Length];
        layer.Pull([input], Value(layer, [input], 1), Enumerable.Repeat(1.0, layer.OutputShape.Size).ToArray(), 1, [pulled]);
        return pulled;
    }

    private static double[] Value(Layer layer, double[][] inputs, int count = Count)
    {
        var output = new double[count * layer.OutputShape.Size];
        layer.Evaluate(inputs, count, output);
        return output;
    }

    private static double Weighted(double[] values, double[] slopes) => values.Zip(slopes).Sum(pair => pair.First * pair.Second);
}
