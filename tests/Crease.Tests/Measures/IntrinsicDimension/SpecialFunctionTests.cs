using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Special functions against identities and tabulated values; eigenvalues against traces.</summary>
public sealed class SpecialFunctionTests
{
    [Fact]
    public void Gamma_interpolates_factorials()
    {
        double factorial = 1;
        for (int n = 1; n < 100; n++)
        {
            Assert.Equal(Math.Log(factorial), SpecialFunctions.LogGamma(n), 1e-12 * Math.Max(1, Math.Log(factorial)));
            factorial *= n;
        }
        Assert.Equal(0.5 * Math.Log(Math.PI), SpecialFunctions.LogGamma(0.5), 1e-13);
        Assert.Equal(SpecialFunctions.LogGamma(1e5) + Math.Log(1e5), SpecialFunctions.LogGamma(1e5 + 1), 1e-8);
    }

    [Fact]
    public void Digamma_is_harmonic()
    {
        const double euler = 0.57721566490153286;
        double harmonic = 0;
        for (int n = 1; n < 50; n++)
        {
            Assert.Equal(harmonic - euler, SpecialFunctions.Digamma(n), 1e-13);
            harmonic += 1.0 / n;
        }
        Assert.Equal(-euler - 2 * Math.Log(2), SpecialFunctions.Digamma(0.5), 1e-12);
    }

    [Fact]
    public void Bessel_functions_have_their_table_and_join()
    {
        Assert.Equal(1.2660658777520084, SpecialFunctions.ScaledBessel(0, 1) * Math.E, 1e-13);
        Assert.Equal(0.5651591039924851, SpecialFunctions.ScaledBessel(1, 1) * Math.E, 1e-13);
        foreach (int order in new[] { 0, 1 })
            Assert.Equal(SpecialFunctions.ScaledBessel(order, 29.999999999), SpecialFunctions.ScaledBessel(order, 30.000000001), 1e-11);
        Assert.Equal(1 / Math.Sqrt(2 * Math.PI * 1e6), SpecialFunctions.ScaledBessel(0, 1e6), 1e-9);
    }

    [Fact]
    public void Lambert_inverts()
    {
        foreach (double x in new[] { 0, 1e-12, 1e-3, 0.5, 1, Math.E, 10, 1e5, 1e100, 1e300 })
        {
            double w = SpecialFunctions.LambertW(x);
            if (x > 0)
                Assert.Equal(Math.Log(x), Math.Log(w) + w, 1e-12 * Math.Max(1, Math.Abs(Math.Log(x))));
            else
                Assert.Equal(0, w);
        }
    }

    [Fact]
    public void Eigenvalues_alone_are_those_with_vectors()
    {
        var random = new RandomSource(3);
        foreach (int size in new[] { 1, 2, 3, 8, 40 })
        {
            double[][] half = [.. Enumerable.Range(0, size).Select(_ => Enumerable.Range(0, size).Select(_ => random.Normal()).ToArray())];
            double[][] matrix = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Select(j => half[i][j] + half[j][i]).ToArray())];
            double[] values = SymmetricEigen.Values(matrix), expected = SymmetricEigen.Of(matrix).Values;
            for (int i = 0; i < size; i++)
                Assert.Equal(expected[i], values[i], 1e-11);
            Assert.Equal(Enumerable.Range(0, size).Sum(i => matrix[i][i]), values.Sum(), 1e-10);
        }
    }
}
