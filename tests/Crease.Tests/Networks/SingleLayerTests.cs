using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>Layers in single precision give what they give in double precision, up to rounding, and each row the same bytes in any batch.</summary>
public sealed class SingleLayerTests
{
    private const int Count = 7;

    // Of sums of up to a few hundred terms, as a share of the largest number; a rounding is 6e-8.
    private const double Bound = 2e-6;

    private static readonly Dictionary<string, Func<RandomSource, Layer>> More = new()
    {
        ["dense, panels of all widths"] = random => Dense(random, 150, 130),
        ["dense, one panel of three vectors"] = random => Dense(random, 33, 48),
        ["convolution, 1 by 1, stride 2"] = random => Convolution(random, new Shape(3, 7, 8), 5, new Windows(1, 1) { StrideX = 2, StrideY = 2 }),
        ["convolution, one channel from many"] = random => Convolution(random, new Shape(20, 9, 9), 1, new Windows(3, 3) { Top = 1, Bottom = 1, Left = 1, Right = 1 }),
        ["convolution, many lines"] = random => Convolution(random, new Shape(2, 28, 30), 9, new Windows(5, 5) { Top = 2, Bottom = 2, Left = 2, Right = 2 }),
        ["convolution, padding wider than the kernel"] = random => Convolution(random, new Shape(2, 3, 4), 3, new Windows(2, 3) { Top = 3, Bottom = 1, Left = 4, Right = 5 }),
        ["convolution, stride wider than the kernel"] = random => Convolution(random, new Shape(2, 11, 13), 3, new Windows(2, 2) { StrideY = 3, StrideX = 4, Top = 1, Left = 1 }),
        ["convolution, dilation beside stride"] = random => Convolution(random, new Shape(2, 15, 14), 4, new Windows(3, 3) { StrideY = 2, StrideX = 3, DilationY = 3, DilationX = 2, Top = 2, Left = 3, Right = 1 }),
        ["convolution, stride 2, kernel 7"] = random => Convolution(random, new Shape(3, 20, 21), 6, new Windows(7, 7) { StrideY = 2, StrideX = 2, Top = 3, Bottom = 3, Left = 3, Right = 3 }),
        ["max pooling in pairs"] = _ => new MaxPooling(new Shape(3, 8, 28), new Windows(2, 2) { StrideX = 2, StrideY = 2 }),
        ["max pooling in pairs, odd extents"] = _ => new MaxPooling(new Shape(2, 7, 15), new Windows(2, 2) { StrideX = 2, StrideY = 2 }),
        ["max pooling in pairs, narrow"] = _ => new MaxPooling(new Shape(2, 4, 6), new Windows(2, 2) { StrideX = 2, StrideY = 2 }),
        ["max pooling in pairs, ceiling"] = _ => new MaxPooling(new Shape(2, 5, 9), new Windows(2, 2) { StrideX = 2, StrideY = 2, Ceiling = true }),
    };

    public static TheoryData<string> Names => [.. LayerCases.All.Keys, .. More.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_pulls_are_those_of_double_precision(string name)
    {
        Case made = Made(name);
        double[] expected = new double[Count * made.Layer.OutputShape.Size];
        made.Layer.Evaluate(made.Inputs, Count, expected);
        Close(expected, Applied(made, made.SingleInputs, Count));
        double[][] pulled = [.. made.Before.Select(values => (double[])values.Clone())];
        made.Layer.Pull(made.Inputs, expected, made.Slopes, Count, pulled);
        float[][] found = Pulled(made, made.SingleInputs, Singles(made.Slopes), [.. made.Before.Select(Singles)], Count);
        for (int i = 0; i < pulled.Length; i++)
            Close(pulled[i], found[i]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_is_the_same_alone_and_among_others(string name)
    {
        Case made = Made(name);
        int outputs = made.Layer.OutputShape.Size;
        float[] all = Applied(made, made.SingleInputs, Count), slopes = Singles(made.Slopes);
        float[][] before = [.. made.Before.Select(Singles)], pulled = Pulled(made, made.SingleInputs, slopes, before, Count);
        for (int row = 0; row < Count; row++)
        {
            float[][] one = [.. made.SingleInputs.Select(input => Row(input, row))];
            Assert.Equal(Row(all, row), Applied(made, one, 1));
            float[][] own = Pulled(made, one, slopes[(row * outputs)..((row + 1) * outputs)], [.. before.Select(values => Row(values, row))], 1);
            for (int i = 0; i < own.Length; i++)
                Assert.Equal(Row(pulled[i], row), own[i]);
        }
    }

    [Fact]
    public void Equal_numbers_of_a_window_give_their_slope_to_the_first()
    {
        var random = new RandomSource(5);
        foreach (int width in new[] { 8, 14, 20 })
        {
            var layer = new MaxPooling(new Shape(2, 6, width), new Windows(2, 2) { StrideX = 2, StrideY = 2 });
            float[] input = [.. Enumerable.Range(0, 12 * width).Select(_ => (float)random.Index(2))], slopes = [.. Enumerable.Range(0, layer.Units).Select(i => i + 1f)];
            double[] expected = new double[input.Length], values = new double[layer.Units];
            double[][] wide = [Array.ConvertAll(input, x => (double)x)];
            layer.Evaluate(wide, 1, values);
            layer.Pull(wide, values, Array.ConvertAll(slopes, x => (double)x), 1, [expected]);
            SingleLayer single = SingleLayer.Of(layer);
            Assert.IsType<SinglePairPooling>(single);
            float[] output = new float[layer.Units], pulled = new float[input.Length];
            single.Apply([input], 1, output, new SingleScratch());
            single.Pull([input], output, slopes, 1, [pulled], new SingleScratch());
            Assert.Equal(values, Array.ConvertAll(output, x => (double)x));
            Assert.Equal(expected, Array.ConvertAll(pulled, x => (double)x));
        }
    }

    [Fact]
    public void Dense_and_convolutional_layers_units_pooling_and_sums_have_kernels()
    {
        string[] converted = [.. LayerCases.All.Where(pair => SingleLayer.Of(pair.Value(new RandomSource(1))) is ConvertedLayer).Select(pair => pair.Key)];
        Assert.DoesNotContain(converted, name => name.StartsWith("dense", StringComparison.Ordinal) || name.StartsWith("convolution", StringComparison.Ordinal) || name.Contains("pooling", StringComparison.Ordinal) && !name.StartsWith("soft", StringComparison.Ordinal));
        Assert.DoesNotContain(converted, name => name is "relu" or "leaky relu" or "absolute value" or "batch normalization" or "scaling" or "sum");
        Assert.Contains("layer normalization", converted);
    }

    private static Case Made(string name)
    {
        var random = new RandomSource(3);
        Layer layer = (More.GetValueOrDefault(name) ?? LayerCases.All[name])(random);
        // Numbers that are floats already: both precisions then look at the same point.
        double[][] inputs = [.. layer.InputShapes.Select(shape => Rounded(LayerCases.Normals(random, Count * shape.Size)))];
        return new Case(layer, inputs, [.. inputs.Select(Singles)], Rounded(LayerCases.Normals(random, Count * layer.OutputShape.Size)), [.. inputs.Select(input => Rounded(LayerCases.Normals(random, input.Length)))]);
    }

    private static float[] Applied(Case made, float[][] inputs, int count)
    {
        var output = new float[count * made.Layer.OutputShape.Size];
        SingleLayer.Of(made.Layer).Apply(inputs, count, output, new SingleScratch());
        return output;
    }

    private static float[][] Pulled(Case made, float[][] inputs, float[] slopes, float[][] before, int count)
    {
        float[] output = Applied(made, inputs, count);
        float[][] pulled = [.. before.Select(values => (float[])values.Clone())];
        SingleLayer.Of(made.Layer).Pull(inputs, output, slopes, count, pulled, new SingleScratch());
        return pulled;
    }

    private static void Close(double[] expected, float[] found)
    {
        double largest = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, Bound * (1 + largest)));
    }

    private static Dense Dense(RandomSource random, int inputs, int outputs) => new(LayerCases.Normals(random, inputs * outputs), LayerCases.Normals(random, outputs), new Shape(inputs));

    private static Convolution Convolution(RandomSource random, Shape shape, int outputs, Windows windows) =>
        new(shape, LayerCases.Normals(random, outputs * shape[0] * windows.Height * windows.Width), LayerCases.Normals(random, outputs), windows);

    private static float[] Row(float[] rows, int row) => rows[(row * (rows.Length / Count))..((row + 1) * (rows.Length / Count))];

    private static float[] Singles(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static double[] Rounded(double[] values) => Array.ConvertAll(values, value => (double)(float)value);

    private sealed record Case(Layer Layer, double[][] Inputs, float[][] SingleInputs, double[] Slopes, double[][] Before);
}
