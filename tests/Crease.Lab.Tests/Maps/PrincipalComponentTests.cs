using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Principal components against their definition and against repeated multiplication.</summary>
public sealed class PrincipalComponentTests
{
    [Theory]
    [InlineData(40, 7, false)]
    [InlineData(40, 7, true)]
    [InlineData(5, 12, false)]
    [InlineData(300, 90, true)]
    public void Axes_are_orthonormal_and_variances_fall(int rows, int columns, bool isScaled)
    {
        double[][] x = Skewed(rows, columns);
        PrincipalComponents found = PrincipalComponents.Of(x, columns, isScaled, RunContext.Default);
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j <= i; j++)
                Assert.Equal(i == j ? 1 : 0, Dot(found.Axes[i], found.Axes[j]), 1e-10);
            Assert.True(i == 0 || found.Variances[i] <= found.Variances[i - 1]);
            Assert.Equal(found.Variances[i], Variance([.. x.Select(row => found.Of(row)[i])]), 1e-9 * found.Variances[0]);
        }
        Assert.Equal(found.TotalVariance, found.Variances.Sum(), 1e-9 * found.TotalVariance);
        Assert.Equal(1, Enumerable.Range(0, columns).Sum(found.Share), 1e-9);
    }

    [Fact]
    public void Components_are_those_of_repeated_multiplication()
    {
        double[][] x = Skewed(60, 6);
        PrincipalComponents found = PrincipalComponents.Of(x, 3, isScaled: false, RunContext.Default);
        double[] means = [.. Enumerable.Range(0, 6).Select(column => x.Average(row => row[column]))];
        var known = new List<double[]>();
        for (int component = 0; component < 3; component++)
        {
            double[] axis = [1, 0.7, -0.3, 0.4, -0.9, 0.2];
            for (int step = 0; step < 5000; step++)
            {
                foreach (double[] other in known)
                {
                    double along = Dot(other, axis);
                    axis = [.. axis.Select((entry, i) => entry - along * other[i])];
                }
                var next = new double[6];
                foreach (double[] row in x)
                {
                    double along = row.Select((value, i) => (value - means[i]) * axis[i]).Sum();
                    for (int i = 0; i < 6; i++)
                        next[i] += along * (row[i] - means[i]);
                }
                double length = Math.Sqrt(Dot(next, next));
                axis = [.. next.Select(entry => entry / length)];
            }
            known.Add(axis);
            Assert.Equal(1, Math.Abs(Dot(axis, found.Axes[component])), 1e-9);
        }
    }

    [Fact]
    public void Threads_change_no_bit_and_columns_that_do_not_vary_count_nothing()
    {
        double[][] x = [.. Skewed(80, 9).Select(row => row.Append(0.1).ToArray())];
        PrincipalComponents one = PrincipalComponents.Of(x, 4, true, new RunContext { Threads = 1 }), several = PrincipalComponents.Of(x, 4, true, new RunContext { Threads = 5 });
        Assert.Equal(one.Variances, several.Variances);
        Assert.Equal(one.Axes.SelectMany(axis => axis), several.Axes.SelectMany(axis => axis));
        Assert.All(one.Axes, axis => Assert.Equal(0, axis[9], 1e-12));
        Assert.Equal(9, one.TotalVariance, 1e-9);
        Assert.Throws<ArgumentException>(() => PrincipalComponents.Of([[1, double.NaN], [2, 3]], 1, false, RunContext.Default));
        Assert.Throws<ArgumentException>(() => PrincipalComponents.Of(x, 11, false, RunContext.Default));
    }

    private static double[][] Skewed(int rows, int columns)
    {
        var random = new RandomSource(5);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            double shared = random.Normal();
            return Enumerable.Range(0, columns).Select(column => 3 + shared * column + random.Normal() / (column + 1)).ToArray();
        })];
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
