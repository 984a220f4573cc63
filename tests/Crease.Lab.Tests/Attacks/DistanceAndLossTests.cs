using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>What attacks rely on in norms, balls and losses.</summary>
public sealed class DistanceAndLossTests
{
    public static TheoryData<string> Norms => [.. Attacks.Distances.Select(distance => distance.Name)];

    public static TheoryData<string> Losses => [.. Attacks.Losses.Select(loss => loss.Name)];

    [Theory]
    [MemberData(nameof(Norms))]
    public void A_step_is_as_long_as_said_and_rises_by_the_dual_norm(string norm)
    {
        IAttackDistance distance = Attacks.Distances.Single(each => each.Name == norm);
        var random = new RandomSource(1);
        foreach (double scale in new[] { 1e-300, 1e-160, 1, 1e160, 1e300 })
        {
            double[] gradient = [.. Classifiers.Normals(random, 9).Select(entry => entry * scale)], point = new double[9];
            distance.Step(gradient, 0.7, point);
            Assert.Equal(0.7, distance.Norm(point), 1e-12);
            Assert.Equal(1, point.Zip(gradient).Sum(pair => pair.First * (pair.Second / scale)) / (0.7 * (distance.DualNorm(gradient) / scale)), 1e-12);
        }
        double[] still = [1, 2, 3];
        distance.Step([0, 0, 0], 0.7, still);
        Assert.Equal([1, 2, 3], still);
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void Projections_are_nearest_points_and_leave_the_ball_alone(string norm)
    {
        IAttackDistance distance = Attacks.Distances.Single(each => each.Name == norm);
        var random = new RandomSource(2);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] center = Classifiers.Normals(random, 6), far = [.. center.Zip(Classifiers.Normals(random, 6), (c, d) => c + d)], projected = [.. far];
            distance.Project(center, 0.5, projected);
            Assert.InRange(distance.Norm([.. projected.Zip(center, (a, b) => a - b)]), 0, 0.5 * (1 + 1e-14));
            // No point of the ball is nearer in Euclidean length.
            var other = new double[6];
            distance.Start(center, 0.5, random, other);
            Assert.InRange(distance.Norm([.. other.Zip(center, (a, b) => a - b)]), 0, 0.5 * (1 + 1e-14));
            Assert.True(Length(projected, far) <= Length(other, far) + 1e-12);
            double[] again = [.. other];
            distance.Project(center, 0.5 * (1 + 1e-14), again);
            Assert.Equal(other, again);
        }
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void Random_starts_fill_the_ball_evenly(string norm)
    {
        IAttackDistance distance = Attacks.Distances.Single(each => each.Name == norm);
        var random = new RandomSource(3);
        int inner = 0, positive = 0;
        for (int trial = 0; trial < 4000; trial++)
        {
            var point = new double[3];
            distance.Start([0, 0, 0], 2, random, point);
            inner += distance.Norm(point) < 1 ? 1 : 0;
            positive += point[0] > 0 ? 1 : 0;
        }
        // An eighth of the volume lies within half the radius.
        Assert.InRange(inner / 4000.0, 0.11, 0.14);
        Assert.InRange(positive / 4000.0, 0.47, 0.53);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Gradients_are_finite_differences_and_sum_to_zero(string name)
    {
        IAttackLoss loss = Attacks.Losses.Single(each => each.Name == name);
        var random = new RandomSource(4);
        double[] logits = Classifiers.Normals(random, 5), gradient = new double[5], ignored = new double[5];
        for (int label = 0; label < 5; label++)
        {
            loss.Of(logits, label, gradient);
            Assert.Equal(0, gradient.Sum(), 1e-15);
            for (int j = 0; j < 5; j++)
            {
                double at = logits[j];
                logits[j] = at + 1e-6;
                double above = loss.Of(logits, label, ignored);
                logits[j] = at - 1e-6;
                double below = loss.Of(logits, label, ignored);
                logits[j] = at;
                Assert.Equal((above - below) / 2e-6, gradient[j], 1e-8);
            }
        }
    }

    [Fact]
    public void Cross_entropy_neither_overflows_nor_vanishes_early()
    {
        var gradient = new double[2];
        Assert.Equal(1e5, Attacks.CrossEntropy.Of([1e5, 0], 1, gradient));
        Assert.Equal([1, -1], gradient);
        Assert.Equal(0, Attacks.CrossEntropy.Of([700, 0], 0, gradient));
        Assert.True(gradient[0] < 0 && gradient[1] > 0);
        Attacks.CrossEntropy.Of([800, 0], 0, gradient);
        Assert.Equal([0, 0], gradient);
    }

    private static double Length(double[] a, double[] b) => Math.Sqrt(a.Zip(b).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
}
