using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>The three descriptions of an affine layer, pushing vectors, rows and columns, are of one matrix and one constant.</summary>
public sealed class AffineLayerLawsTests
{
    public static TheoryData<string> Names => [.. LayerCases.Affine.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_columns_and_pushes_are_of_one_matrix(string name)
    {
        AffineLayer layer = LayerCases.Affine[name](new RandomSource(1));
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
        AffineLayer layer = LayerCases.Affine[name](new RandomSource(2));
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
}
