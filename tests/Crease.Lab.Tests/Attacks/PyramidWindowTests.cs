using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>The changes of Square in L2 and L1 against what the paper says of them.</summary>
public sealed class PyramidWindowTests
{
    private const double Epsilon = 0.7;

    [Fact]
    public void Heights_are_the_sums_of_the_paper()
    {
        // η(r, s) = Σ 1/(n + 1 - k)² for k = 0 to M(r, s) = n - max(|r - n - 1|, |s - ⌊w/2⌋ - 1|), r and s from 1 on, n half the longer side.
        foreach ((int length, int width) in new[] { (6, 3), (7, 3), (9, 4), (5, 5), (3, 1) })
        {
            int n = length / 2;
            for (int r = 1; r <= length; r++)
            {
                for (int s = 1; s <= width; s++)
                {
                    int most = n - Math.Max(Math.Abs(r - n - 1), Math.Abs(s - width / 2 - 1));
                    double sum = Enumerable.Range(0, most + 1).Sum(k => 1.0 / ((n + 1 - k) * (n + 1 - k)));
                    Assert.Equal(sum, PyramidWindows.Height(r - 1, length, s - 1, width), 1e-12);
                }
            }
        }
    }

    [Theory]
    [InlineData("l2")]
    [InlineData("l1")]
    public void Changes_have_the_length_of_the_ball_and_stay_in_two_windows(string norm)
    {
        IAttackDistance distance = Attacks.Distances.Single(each => each.Name == norm);
        var image = (Channels: 3, Height: 12, Width: 9);
        int moved = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            var random = new RandomSource(seed);
            double[] input = [.. Enumerable.Range(0, 3 * 12 * 9).Select(_ => random.Uniform())], point = [.. input];
            var windows = new PyramidWindows(image, distance, Epsilon, new RandomSource(seed));
            windows.Begin(point);
            Assert.Equal(Epsilon, Length(point), 1e-9);
            foreach (double share in (double[])[0.3, 0.1, 0.02])
            {
                double[] before = [.. point];
                windows.Change(input, point, share);
                Assert.Equal(Epsilon, Length(point), 1e-9);
                (int rows, int columns) = SquareSchedule.Window(share, image.Height, image.Width, 3);
                for (int channel = 0; channel < 3; channel++)
                {
                    int changed = Enumerable.Range(0, 108).Count(k => Math.Abs(point[channel * 108 + k] - before[channel * 108 + k]) > 1e-9);
                    // The rest is scaled by rounding errors only: the budget of a channel stays in it.
                    Assert.InRange(changed, 0, 2 * rows * columns);
                    moved += changed > 0 ? 1 : 0;
                    Assert.Equal(Part(before, channel), Part(point, channel), 1e-9);
                }
            }

            double Length(double[] at) => distance.Norm([.. at.Zip(input, (a, b) => a - b)]);

            double Part(double[] at, int channel) => distance.Norm([.. Enumerable.Range(channel * 108, 108).Select(k => at[k] - input[k])]);
        }
        // Two windows without any change have nothing to give.
        Assert.True(moved > 270, $"{moved} of {40 * 3 * 3} changes");
    }

    [Theory]
    [InlineData("l2")]
    [InlineData("l1")]
    public void What_the_box_took_away_is_spent_again(string norm)
    {
        IAttackDistance distance = Attacks.Distances.Single(each => each.Name == norm);
        double[] input = new double[64], point = new double[64];
        var windows = new PyramidWindows((1, 8, 8), distance, Epsilon, new RandomSource(3));
        windows.Begin(point);
        for (int i = 0; i < 64; i++)
            point[i] = Math.Max(point[i], 0);
        Assert.True(distance.Norm(point) < 0.9 * Epsilon);
        windows.Change(input, point, 0.2);
        Assert.Equal(Epsilon, distance.Norm(point), 1e-9);
    }
}
