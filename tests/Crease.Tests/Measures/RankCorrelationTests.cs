using Crease.Measures;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Rank correlation sees order and nothing else.</summary>
public sealed class RankCorrelationTests
{
    [Fact]
    public void Rising_together_is_1_and_against_each_other_is_minus_1()
    {
        double[] a = [1, 2, 3, 10, 100], b = [-5, -4, 0, 0.5, 1e9], c = [9, 7, 1, 0, -3];
        Assert.Equal(1, RankCorrelation.Of(a, b), 15);
        Assert.Equal(-1, RankCorrelation.Of(a, c), 15);
    }

    [Fact]
    public void Equal_values_share_their_ranks() => Assert.Equal(0.9486832980505138, RankCorrelation.Of([1, 2, 2, 3], [1, 2, 3, 4]), 14);

    [Fact]
    public void Monotone_changes_of_the_values_change_nothing()
    {
        var random = new RandomSource(3);
        for (int repeat = 0; repeat < 50; repeat++)
        {
            double[] a = [.. Enumerable.Range(0, 20).Select(_ => random.Uniform(-2, 2))], b = [.. a.Select(value => value + random.Normal())];
            double found = RankCorrelation.Of(a, b);
            Assert.InRange(found, -1, 1);
            Assert.Equal(found, RankCorrelation.Of([.. a.Select(Math.Exp)], [.. b.Select(value => value * value * value)]), 12);
            Assert.Equal(-found, RankCorrelation.Of([.. a.Select(value => -value)], b), 12);
            Assert.Equal(found, RankCorrelation.Of(b, a), 15);
        }
    }

    [Fact]
    public void A_constant_correlates_with_nothing() => Assert.Equal(0, RankCorrelation.Of([1, 1, 1], [1, 2, 3]));

    [Fact]
    public void What_has_no_ranks_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RankCorrelation.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Of([1], [1]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Of([1, double.NaN], [1, 2]));
    }
}
