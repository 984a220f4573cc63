using Crease.Measures;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Separation by random creases: exact functions against published values, algebra and seeded draws.</summary>
public sealed class SeparationTests
{
    private const int Draws = 400_000;

    [Theory]
    [InlineData(new double[] { 1, 0, 0 }, new double[] { 0, 1, 0 }, new double[] { 0, 0, 1 }, 1.0 / 3, 1.0 / 3)]
    [InlineData(new double[] { 2, 1 }, new double[] { -1, 0 }, new double[] { 0, 1 }, .75, .7322795272)]
    public void Angle_law_and_its_bound_have_the_published_values(double[] u, double[] v, double[] g, double probability, double bound)
    {
        Assert.Equal(probability, Separation.Probability(u, v, g), 1e-12);
        Assert.Equal(bound, Separation.Bound(u, v, g), 1e-10);
        Assert.Equal(Separation.Probability(v, u, g), Separation.Probability(u, v, g), 1e-15);
    }

    [Fact]
    public void Angle_law_is_what_seeded_draws_show()
    {
        var random = new RandomSource(5);
        double[][] triple = [random.Normals(20), random.Normals(20), random.Normals(20)];
        foreach ((double[] u, double[] v, double[] g) in new[] { (new double[] { 2, 1 }, new double[] { -1, 0 }, new double[] { 0, 1 }), (triple[0], triple[1], triple[2]) })
        {
            double law = Separation.Probability(u, v, g);
            Assert.Equal(law, Frequency(u, v, g, Draws, random), 4 * Math.Sqrt(law * (1 - law) / Draws));
        }
    }

    [Fact]
    public void A_crease_through_the_midpoint_always_separates()
    {
        var random = new RandomSource(6);
        double[] u = random.Normals(20), v = random.Normals(20), middle = [.. u.Zip(v, (a, b) => (a + b) / 2)];
        Assert.Equal(1, Separation.Probability(u, v, middle), 1e-7);
        Assert.Equal(1, Separation.Bound(u, v, middle), 1e-7);
        // With dyadic numbers the midpoint is exact, and so is the law.
        Assert.Equal(1, Separation.Probability([3, 0.5], [-1, 2.5], [1, 1.5]));
        Assert.Equal(1, Frequency([3, 0.5], [-1, 2.5], [1, 1.5], 10_000, random));
    }

    [Fact]
    public void The_bound_is_lower_inside_the_sphere_and_upper_outside()
    {
        var random = new RandomSource(7);
        (int inside, int outside) = (0, 0);
        for (int trial = 0; trial < 2000; trial++)
        {
            double[] u = random.Normals(3), v = random.Normals(3), g = random.Normals(3, 1.5);
            double r = Math.Sqrt(u.Zip(v, (a, b) => (a - b) * (a - b)).Sum()) / 2, m = Math.Sqrt(u.Zip(v, (a, b) => (a + b) / 2).Zip(g, (a, b) => (a - b) * (a - b)).Sum());
            (double law, double bound) = (Separation.Probability(u, v, g), Separation.Bound(u, v, g));
            if (m <= r)
                Assert.True(law >= bound - 1e-12 && bound >= 0.5, $"{law} {bound}");
            else
                Assert.True(law <= bound + 1e-12 && bound < 0.5, $"{law} {bound}");
            (inside, outside) = m <= r ? (inside + 1, outside) : (inside, outside + 1);
        }
        Assert.True(inside > 100 && outside > 100);
    }

    [Fact]
    public void Clusters_far_apart_fail_to_separate_less_often_than_the_bound_says()
    {
        const int Dimensions = 100, Points = 3, Trials = 3000;
        double[] failures = [.. new[] { 20.0, 200 }.Select(ratio =>
        {
            var random = new RandomSource(8);
            int failed = 0;
            for (int trial = 0; trial < Trials; trial++)
            {
                double[] w = random.Normals(Dimensions), center = Unit(random, Dimensions);
                bool whole = true;
                int side = 0;
                for (int p = 0; p < 2 * Points; p++)
                {
                    double[] step = Unit(random, Dimensions);
                    double sign = p < Points ? 1 : -1, length = Math.Pow(random.Uniform(), 1.0 / Dimensions);
                    double projection = sign * NormalNumbers.Dot(w, center) + length / ratio * NormalNumbers.Dot(w, step);
                    side = p == 0 ? Math.Sign(projection) : side;
                    whole &= Math.Sign(projection) == (p < Points ? side : -side);
                }
                failed += whole ? 0 : 1;
            }
            double frequency = (double)failed / Trials;
            Assert.InRange(frequency, 0, Separation.FailureBound(Points, ratio));
            return frequency;
        })];
        Assert.True(failures[1] < failures[0] && failures[0] > 0);
        Assert.Equal(.168, Separation.FailureBound(Points, 20), 5e-4);
        Assert.Equal(.016, Separation.FailureBound(Points, 200), 5e-4);
    }

    [Theory]
    [InlineData(10, .5, .629456)]
    [InlineData(10, 1, .329877)]
    [InlineData(10, 2, .042086)]
    [InlineData(25, 1, .322223)]
    [InlineData(50, .5, .619507)]
    [InlineData(50, 1, .319748)]
    [InlineData(50, 2, .044935)]
    public void Balls_are_missed_with_the_published_probability(int dimensions, double t, double probability) =>
        Assert.Equal(probability, Separation.OfBalls(dimensions, t / Math.Sqrt(2.0 * dimensions)), 1e-6);

    [Fact]
    public void Balls_are_missed_as_often_as_seeded_draws_say()
    {
        const int Count = 200_000;
        var random = new RandomSource(9);
        double share = 1 / Math.Sqrt(50.0), law = Separation.OfBalls(25, share);
        int missed = 0;
        for (int draw = 0; draw < Count; draw++)
        {
            double[] w = random.Normals(50);
            missed += Math.Abs(w[0]) >= share * Math.Sqrt(NormalNumbers.Dot(w, w)) ? 1 : 0;
        }
        Assert.Equal(law, (double)missed / Count, 4 * Math.Sqrt(law * (1 - law) / Count));
    }

    [Theory]
    [InlineData(.5, .617075)]
    [InlineData(1, .317311)]
    [InlineData(2, .045500)]
    public void Balls_tend_to_the_normal_tail(double t, double limit)
    {
        Assert.Equal(limit, Separation.OfBallsLimit(t), 1e-6);
        double[] errors = [.. new[] { 5, 10, 25, 50, 200, 1000 }.Select(dimensions => Math.Abs(Separation.OfBalls(dimensions, t / Math.Sqrt(2.0 * dimensions)) - Separation.OfBallsLimit(t)))];
        Assert.Equal(errors.OrderDescending(), errors);
    }

    [Fact]
    public void Two_dimensional_balls_have_the_elementary_tail()
    {
        // In two dimensions |w_1| / ‖w‖ is the cosine of a uniform angle.
        for (double share = 0; share <= 1; share += 0.0625)
            Assert.Equal(2 / Math.PI * Math.Acos(share), Separation.OfBalls(1, share), 1e-12);
        Assert.Equal(0, Separation.OfBalls(3, 1.5));
    }

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Separation.Probability([1, 2], [1], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Separation.FailureBound(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Separation.OfBalls(0, 0.5));
        Assert.Equal(0, Separation.Probability([1, 1], [2, 2], [1, 1]));
    }

    private static double Frequency(double[] u, double[] v, double[] g, int draws, RandomSource random)
    {
        double[] a = [.. u.Zip(g, (x, y) => x - y)], b = [.. v.Zip(g, (x, y) => x - y)];
        int between = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            double[] w = random.Normals(g.Length);
            between += NormalNumbers.Dot(w, a) > 0 != NormalNumbers.Dot(w, b) > 0 ? 1 : 0;
        }
        return (double)between / draws;
    }

    private static double[] Unit(RandomSource random, int dimensions)
    {
        double[] v = random.Normals(dimensions);
        double norm = Math.Sqrt(NormalNumbers.Dot(v, v));
        return Array.ConvertAll(v, x => x / norm);
    }
}
