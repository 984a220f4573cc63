using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>What ML.NET trains, against Newton's method and laws of forests.</summary>
public sealed class ProbeTrainingTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.1)]
    [InlineData(20.0)]
    public void Logistic_regression_is_the_minimum_that_Newton_finds(double penalty)
    {
        (double[][] rows, bool[] labels) = Drawn(300, 6, 1);
        var inputs = new DenseRows(rows, 6);
        var found = (LogisticScorer)ProbeTraining.Train(inputs, [.. Enumerable.Range(0, 300)], labels, ProbeOptions.Default with { Penalty = penalty }, 0);
        double[] exact = Newton(rows, labels, penalty);
        for (int i = 0; i < 6; i++)
            Assert.Equal(exact[i], found.Weights[i], 2e-4);
        Assert.Equal(exact[6], found.Bias, 2e-4);
        for (int row = 0; row < 20; row++)
            Assert.Equal(1 / (1 + Math.Exp(-exact[6] - rows[row].Zip(exact).Sum(pair => pair.First * pair.Second))), found.Score(inputs, row), 1e-4);
    }

    [Fact]
    public void Sparse_and_dense_rows_train_alike()
    {
        string[] texts = [.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? $"the river is calm {i % 7}" : $"a stone rolls down {i % 5}")];
        bool[] labels = [.. texts.Select((_, i) => i % 2 == 0 || i % 10 == 1)];
        var words = new WordInputs(texts);
        int[] all = [.. Enumerable.Range(0, 60)];
        var dense = new DenseRows([.. all.Select(row => Enumerable.Range(0, WordInputs.Places).Select(column => words[row, column]).ToArray())], WordInputs.Places);
        ProbeScorer sparse = ProbeTraining.Train(words, all, labels, ProbeOptions.Default, 0), full = ProbeTraining.Train(dense, all, labels, ProbeOptions.Default, 0);
        foreach (int row in all)
            Assert.Equal(full.Score(dense, row), sparse.Score(words, row), 1e-4);
    }

    [Fact]
    public void Leaves_hold_the_weighted_mean_of_their_rows()
    {
        // One column that says all: its two values are the two leaves.
        bool[] labels = [.. Enumerable.Range(0, 400).Select(i => i % 10 == 0 || (i % 2 == 0 && i % 10 == 2))];
        double[][] rows = [.. labels.Select((_, i) => (double[])[i % 2])];
        var inputs = new DenseRows(rows, 1);
        var forest = (ForestScorer)ProbeTraining.Train(inputs, [.. Enumerable.Range(0, 400)], labels, ProbeOptions.Default with { Kind = ProbeKind.Forest, Trees = 200 }, 3);
        double positives = labels.Count(label => label), weight = 400 / (2 * positives), other = 400 / (2 * (400 - positives));
        double even = positives * weight / (positives * weight + (200 - positives) * other);
        Assert.Equal(even, forest.Score(inputs, 0), 0.02);
        Assert.Equal(0, forest.Score(inputs, 1), 0.02);
    }

    [Fact]
    public void Small_data_lower_the_rows_of_a_leaf_or_are_refused()
    {
        ProbeOptions forest = ProbeOptions.Default with { Kind = ProbeKind.Forest };
        Assert.Equal(100, ProbeTraining.LeafRows(forest, 5000));
        Assert.Equal(10, ProbeTraining.LeafRows(forest, 200));
        Assert.Equal(7, ProbeTraining.LeafRows(forest with { LeafRows = 7 }, 5000));
        Assert.Contains("at least 40", Assert.Throws<ArgumentException>(() => ProbeTraining.LeafRows(forest, 39)).Message);
        Assert.Contains("no tree can split", Assert.Throws<ArgumentException>(() => ProbeTraining.LeafRows(forest with { LeafRows = 100 }, 150)).Message);
    }

    [Fact]
    public void Standardization_looks_at_training_rows_only_and_fills_gaps_with_their_mean()
    {
        double[][] rows = [[1, 4], [3, double.NaN], [double.NaN, 4], [1000, -7]];
        Standardization scale = Standardization.Of(rows, [0, 1], [0, 1, 2]);
        Assert.Equal([2.0, 4.0], scale.Means);
        Assert.Equal([1.0, 0.0], scale.Deviations);
        Assert.Equal([0.0, 0.0], scale.Of(rows[2], [0, 1]));
        Assert.Equal([998.0, 0.0], scale.Of(rows[3], [0, 1]));
    }

    private static (double[][], bool[]) Drawn(int count, int width, ulong seed)
    {
        var random = new RandomSource(seed);
        bool[] labels = [.. Enumerable.Range(0, count).Select(i => i % 5 == 0)];
        // Rounded to single precision, in which the trainer reads.
        return ([.. labels.Select(label => Enumerable.Range(0, width).Select(column => (double)(float)(random.Normal() + (label ? 0.5 * column / width : 0))).ToArray())], labels);
    }

    private static double[] Newton(double[][] rows, bool[] labels, double penalty)
    {
        int width = rows[0].Length, positives = labels.Count(label => label);
        double[] w = new double[width + 1], weights = [labels.Length / (2.0 * (labels.Length - positives)), labels.Length / (2.0 * positives)];
        for (int step = 0; step < 40; step++)
        {
            var system = new double[width + 1, width + 2];
            for (int i = 0; i < width; i++)
                (system[i, i], system[i, width + 1]) = (penalty, penalty * w[i]);
            for (int row = 0; row < rows.Length; row++)
            {
                double[] x = [.. rows[row], 1];
                double p = 1 / (1 + Math.Exp(-x.Zip(w).Sum(pair => pair.First * pair.Second))), weight = weights[labels[row] ? 1 : 0];
                for (int a = 0; a <= width; a++)
                {
                    system[a, width + 1] += weight * (p - (labels[row] ? 1 : 0)) * x[a];
                    for (int b = 0; b <= width; b++)
                        system[a, b] += weight * p * (1 - p) * x[a] * x[b];
                }
            }
            for (int pivot = 0; pivot <= width; pivot++)
            {
                for (int row = 0; row <= width; row++)
                {
                    double factor = row == pivot ? 0 : system[row, pivot] / system[pivot, pivot];
                    for (int column = pivot; column <= width + 1; column++)
                        system[row, column] -= factor * system[pivot, column];
                }
            }
            for (int i = 0; i <= width; i++)
                w[i] -= system[i, width + 1] / system[i, i];
        }
        return w;
    }
}
