using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Schedules, ratios and projections against published numbers and slow twins.</summary>
public sealed class AttackScheduleTests
{
    private static readonly double[] Logits = [3, 1, 0.5, -2];

    [Theory]
    [InlineData(0, -0.8)]
    [InlineData(1, 0.8)]
    [InlineData(2, 1.0)]
    [InlineData(3, 2.0)]
    public void Ratio_of_logits_is_the_published_one(int label, double expected) => Assert.Equal(expected, Attacks.LogitRatio.Of(Logits, label, new double[4]), 1e-11);

    [Theory]
    [InlineData(1, -0.53333333333)]
    [InlineData(2, -0.66666666667)]
    [InlineData(3, -1.33333333333)]
    public void Targeted_ratio_is_the_published_one_and_its_gradient_the_finite_difference(int target, double expected)
    {
        var loss = new TargetedLogitRatioLoss(target);
        var gradient = new double[4];
        Assert.Equal(expected, loss.Of(Logits, 0, gradient), 1e-10);
        for (int j = 0; j < 4; j++)
        {
            double[] above = [.. Logits], below = [.. Logits];
            above[j] += 1e-6;
            below[j] -= 1e-6;
            Assert.Equal((loss.Of(above, 0, new double[4]) - loss.Of(below, 0, new double[4])) / 2e-6, gradient[j], 1e-8);
        }
    }

    [Fact]
    public void Ratios_keep_under_shift_and_scale()
    {
        foreach (IAttackLoss loss in (IAttackLoss[])[Attacks.LogitRatio, new TargetedLogitRatioLoss(2)])
            Assert.Equal(loss.Of(Logits, 0, new double[4]), loss.Of([.. Logits.Select(logit => 7 * logit - 40)], 0, new double[4]), 1e-11);
    }

    [Fact]
    public void Checkpoints_are_the_published_ones()
    {
        Assert.Equal([22, 41, 57, 70, 80, 87, 93, 99], CheckpointSchedule.Of(100));
        Assert.Equal([11, 21, 30, 38, 45], CheckpointSchedule.Of(50));
        Assert.Equal([1], CheckpointSchedule.Of(1));
        for (int steps = 1; steps <= 1000; steps++)
        {
            int[] at = [.. CheckpointSchedule.Of(steps)];
            int[] windows = [.. at.Zip(at.Prepend(0), (to, from) => to - from)];
            Assert.Equal(Math.Max(22 * steps / 100, 1), windows[0]);
            Assert.Equal(windows.OrderDescending(), windows);
            Assert.InRange(at[^1], 1, steps);
        }
    }

    [Fact]
    public void Windows_halve_on_schedule_and_fit_any_image()
    {
        Assert.Equal([0.8, 0.8, 0.4, 0.4, 0.2, 0.8 / 512], new[] { 0, 10, 11, 50, 51, 8001 }.Select(SquareSchedule.Share));
        Assert.Equal((25, 25), SquareSchedule.Window(0.8, 28, 28, 1));
        foreach ((int height, int width) in new[] { (1, 1), (1, 2), (1, 100), (100, 1), (3, 40), (28, 28), (7, 5) })
        {
            foreach (int least in new[] { 1, 3 })
            {
                for (double share = 0.8; share > 1e-4; share /= 2)
                {
                    (int rows, int columns) = SquareSchedule.Window(share, height, width, least);
                    Assert.InRange(rows, Math.Min(least, height), height);
                    Assert.InRange(columns, Math.Min(least, width), width);
                }
            }
        }
        Assert.Equal((1, 80), SquareSchedule.Window(0.8, 1, 100, 1));
    }

    [Fact]
    public void Projections_on_the_ball_and_the_box_are_soft_thresholds()
    {
        var random = new RandomSource(1);
        for (int trial = 0; trial < 300; trial++)
        {
            int size = 1 + random.Index(8);
            double[] center = Numbers(random, size, 0, 1), point = [.. center.Select(at => at + random.Uniform(-2, 2))], projected = [.. point];
            double radius = random.Uniform(0.01, 2);
            Attacks.L1.ProjectInside(center, radius, InputBox.Unit, projected);
            double low = 0, high = 4;
            double[] At(double threshold) => [.. point.Select((at, i) => center[i] + Math.Sign(at - center[i]) * Math.Min(Math.Max(Math.Abs(at - center[i]) - threshold, 0), at > center[i] ? 1 - center[i] : center[i]))];
            double Length(double[] other) => other.Zip(center).Sum(pair => Math.Abs(pair.First - pair.Second));
            for (int k = 0; k < 100; k++)
                (low, high) = Length(At((low + high) / 2)) > radius ? ((low + high) / 2, high) : (low, (low + high) / 2);
            double[] expected = Length(At(0)) <= radius ? At(0) : At(high);
            for (int i = 0; i < size; i++)
                Assert.Equal(expected[i], projected[i], 1e-12);
        }
    }

    [Theory]
    [InlineData("linf")]
    [InlineData("l2")]
    [InlineData("l1")]
    public void Moves_to_a_hyperplane_arrive_inside_the_box_and_none_is_shorter(string norm)
    {
        IAttackDistance distance = Attacks.Distances.Single(each => each.Name == norm);
        var random = new RandomSource(2);
        int reached = 0, compared = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            int size = 1 + random.Index(6);
            double[] slopes = Classifiers.Normals(random, size), point = Numbers(random, size, 0, 1), move = new double[size];
            if (size > 2)
                slopes[1] = 0;
            double residual = random.Normal();
            double[] caps = [.. slopes.Select((slope, i) => residual * slope > 0 ? point[i] : 1 - point[i])];
            distance.MoveToHyperplane(slopes, residual, InputBox.Unit, point, move);
            Assert.All(move.Zip(point), pair => Assert.InRange(pair.First + pair.Second, -1e-15, 1 + 1e-15));
            double gained = -Math.Sign(residual) * move.Zip(slopes).Sum(pair => pair.First * pair.Second), most = caps.Zip(slopes).Sum(pair => pair.First * Math.Abs(pair.Second));
            Assert.Equal(Math.Min(Math.Abs(residual), most), gained, 1e-12);
            if (most < Math.Abs(residual))
                continue;
            reached++;
            for (int other = 0; other < 50; other++)
            {
                double[] random01 = [.. caps.Select(cap => cap * random.Uniform())];
                double scale = Math.Abs(residual) / random01.Zip(slopes).Sum(pair => pair.First * Math.Abs(pair.Second));
                if (random01.Zip(caps).Any(pair => pair.First * scale > pair.Second))
                    continue;
                compared++;
                Assert.True(distance.Norm([.. random01.Select(length => length * scale)]) >= distance.Norm(move) * (1 - 1e-12));
            }
        }
        Assert.True(reached > 50 && compared > 500);
    }

    private static double[] Numbers(RandomSource random, int count, double low, double high) => [.. Enumerable.Range(0, count).Select(_ => random.Uniform(low, high))];
}
