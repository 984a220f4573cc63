using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>The three descriptions of an affine layer, pushing vectors, rows and columns, are of one matrix and one constant.</summary>
public sealed class AffineLayerLawsTests
{
    private static readonly Dictionary<string, Func<RandomSource, AffineLayer>> Layers = new()
    {
        ["dense"] = random => new Dense(Normals(random, 12), Normals(random, 3), new Shape(4)),
        ["dense on rows, no bias"] = random => new Dense(Normals(random, 12), null, new Shape(5, 4)),
        ["convolution"] = random => new Convolution(new Shape(2, 5, 6), Normals(random, 3 * 2 * 9), Normals(random, 3), new Windows(3, 3) { Top = 1, Left = 1, Bottom = 1, Right = 1 }),
        ["convolution, stride, dilation, groups"] = random => new Convolution(new Shape(4, 9, 7), Normals(random, 6 * 2 * 6), Normals(random, 6), new Windows(2, 3) { StrideY = 2, StrideX = 3, DilationY = 2, DilationX = 2, Top = 1, Right = 2 }, 2),
        ["convolution, ceiling stride"] = random => new Convolution(new Shape(1, 8, 8), Normals(random, 2 * 9), null, new Windows(3, 3) { StrideX = 3, StrideY = 2, Left = 2 }),
        ["average pooling"] = _ => new AveragePooling(new Shape(2, 5, 5), new Windows(2, 3) { StrideX = 2, StrideY = 2 }),
        ["average pooling, padding counted"] = _ => new AveragePooling(new Shape(1, 5, 6), new Windows(3, 3) { StrideX = 2, StrideY = 2, Top = 1, Left = 1, Bottom = 1, Right = 1 }, true),
        ["average pooling, ceiling, padding not counted"] = _ => new AveragePooling(new Shape(1, 6, 5), new Windows(3, 2) { StrideX = 2, StrideY = 2, Top = 1, Left = 1, Ceiling = true }),
        ["batch normalization"] = random => new BatchNormalization(new Shape(3, 2, 2), Normals(random, 3), Normals(random, 3), Normals(random, 3), new double[] { 0.3, 1, 2 }, 1e-3),
        ["scaling"] = random => new Scaling(new Shape(6), Normals(random, 6), [0.5]),
        ["sum"] = _ => new Sum(new Shape(4), 1, -1, 0.5),
        ["concatenation"] = _ => new Concatenation([new Shape(2, 3), new Shape(2, 1), new Shape(2, 2)], 1),
        ["reshape"] = _ => new Reshape(new Shape(2, 3), new Shape(6)),
        ["transpose"] = _ => Rearrangement.Transpose(new Shape(2, 3, 4), [2, 0, 1]),
        ["padding"] = _ => new Rearrangement("padding", new Shape(3), new Shape(6), [-1, 0, 1, 2, 0, -1], 0.75),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_columns_and_pushes_are_of_one_matrix(string name)
    {
        AffineLayer layer = Layers[name](new RandomSource(1));
        int outputs = layer.OutputShape.Size;
        var terms = new List<Term>();
        var entries = new List<Entry>();
        var byRow = new Dictionary<(int Output, int Input, int Element), double>();
        for (int o = 0; o < outputs; o++)
        {
            layer.Row(o, terms);
            foreach (Term term in terms)
                byRow.Add((o, term.Input, term.Element), term.Weight);
        }
        for (int input = 0; input < layer.InputShapes.Length; input++)
        {
            for (int element = 0; element < layer.InputShapes[input].Size; element++)
            {
                double[] pushed = Push(layer, input, element);
                layer.Column(input, element, entries);
                var column = entries.ToDictionary(entry => entry.Output, entry => entry.Weight);
                for (int o = 0; o < outputs; o++)
                {
                    double expected = byRow.GetValueOrDefault((o, input, element));
                    Assert.Equal(expected, pushed[o], 1e-14);
                    Assert.Equal(expected, column.GetValueOrDefault(o), 1e-14);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_constant_goes_to_the_last_vectors_only(string name)
    {
        AffineLayer layer = Layers[name](new RandomSource(2));
        int outputs = layer.OutputShape.Size;
        double[][] zeros = [.. layer.InputShapes.Select(shape => new double[3 * shape.Size])];
        var pushed = new double[3 * outputs];
        layer.Push(zeros, 3, 2, pushed);
        for (int o = 0; o < outputs; o++)
        {
            Assert.Equal(0, pushed[o]);
            Assert.Equal(0, pushed[outputs + o]);
            Assert.Equal(layer.Row(o, []), pushed[2 * outputs + o], 1e-14);
        }
    }

    private static double[] Push(AffineLayer layer, int input, int element)
    {
        double[][] values = [.. layer.InputShapes.Select(shape => new double[shape.Size])];
        values[input][element] = 1;
        var output = new double[layer.OutputShape.Size];
        layer.Push(values, 1, 1, output);
        return output;
    }

    private static double[] Normals(RandomSource random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Normal())];
}
