using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>A block of random weights on a sine of 1000 bins: how often the gates of its perceptron change along the curve.</summary>
public sealed class ToyTransformerTests
{
    private const int Width = 24, HeadWidth = 4, Units = 100, Bins = 1000, Seeds = 10;

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Regions_grow_on_average_with_heads_and_with_context()
    {
        double Mean(int heads, int context) => Enumerable.Range(0, Seeds).Average(seed => Regions((ulong)seed, heads, context));
        double few = Mean(1, 10), heads = Mean(10, 10), context = Mean(1, 100), both = Mean(10, 100);
        string found = FormattableString.Invariant($"1 head, 10 tokens: {few}; 10 heads, 10 tokens: {heads}; 1 head, 100 tokens: {context}; 10 heads, 100 tokens: {both}");
        TestContext.Current.TestOutputHelper?.WriteLine(found);
        Assert.True(few <= heads && few <= context && heads <= both && context <= both, found);
    }

    // 1 + the number of bins at which some gate of the last token changes its sign.
    private static int Regions(ulong seed, int heads, int context)
    {
        var random = new RandomSource(seed);
        double[][] Matrix(int rows, int columns, double scale) => [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => scale * random.Normal()).ToArray())];
        double[][] embedding = Matrix(Width, 2, 1), positions = Matrix(100, Width, 1), gate = Matrix(Units, Width, 1 / Math.Sqrt(Width));
        double[][][] Heads(int rows, int columns) => [.. Enumerable.Range(0, 10).Select(_ => Matrix(rows, columns, 1 / Math.Sqrt(columns)))];
        double[][][] queries = Heads(HeadWidth, Width), keys = Heads(HeadWidth, Width), values = Heads(HeadWidth, Width), outputs = Heads(Width, HeadWidth);
        double[] bias = [.. Enumerable.Range(0, Units).Select(_ => random.Normal())];
        bool[]? before = null;
        int regions = 1;
        // From where the longer context is full, so that both see the same part of the curve.
        for (int bin = 99; bin < Bins; bin++)
        {
            double[][] tokens = [.. Enumerable.Range(0, context).Select(place => Token(bin - context + 1 + place, context - 1 - place))];
            double[] u = [.. tokens[^1]];
            for (int head = 0; head < heads; head++)
            {
                double[] query = Times(queries[head], tokens[^1]);
                double[] scores = [.. tokens.Select(token => Math.Exp(Dot(query, Times(keys[head], token)) / Math.Sqrt(HeadWidth)))];
                double sum = scores.Sum();
                var mixed = new double[Width];
                for (int token = 0; token < context; token++)
                {
                    for (int i = 0; i < Width; i++)
                        mixed[i] += scores[token] / sum * tokens[token][i];
                }
                double[] added = Times(outputs[head], Times(values[head], mixed));
                for (int i = 0; i < Width; i++)
                    u[i] += added[i];
            }
            bool[] code = [.. Times(gate, u).Select((value, unit) => value + bias[unit] > 0)];
            if (before is not null && !code.AsSpan().SequenceEqual(before))
                regions++;
            before = code;
        }
        return regions;

        // Positions count from the last token, which always has the same.
        double[] Token(int bin, int back) => [.. embedding.Select((row, i) => row[0] * Math.Sin(4 * Math.PI * bin / Bins - 2 * Math.PI) + positions[back][i])];
    }

    private static double[] Times(double[][] matrix, double[] vector) => Array.ConvertAll(matrix, row => Dot(row, vector));

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
