using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>Learning rates and cadences are their closed forms.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void Rates_are_those_of_the_definitions()
    {
        var step = new LearningRateSchedule(new() { Kind = ScheduleKind.Step, StepLength = 10, StepFactor = 0.5 }, 0.8, 100);
        Assert.Equal([0.8, 0.8, 0.4, 0.1], new long[] { 0, 9, 10, 35 }.Select(step.RateAt), (a, b) => Math.Abs(a - b) < 1e-15);
        var cosine = new LearningRateSchedule(new() { Kind = ScheduleKind.Cosine, CosineFloor = 0.1 }, 1, 100);
        Assert.Equal((1, 0.55, 0.1 + 0.9 * (1 + Math.Cos(Math.PI * 0.99)) / 2), (cosine.RateAt(0), Math.Round(cosine.RateAt(50), 12), Math.Round(cosine.RateAt(99), 15)), new Near());
        var cycle = new LearningRateSchedule(new() { Kind = ScheduleKind.OneCycle }, 1, 100);
        Assert.Equal((1 / 25.0, 1.0, 1 / 250_000.0), (cycle.RateAt(0), cycle.RateAt(29), cycle.RateAt(99)), new Near());
        Assert.Equal(29, Enumerable.Range(0, 100).MaxBy(t => cycle.RateAt(t)));
        var warm = new LearningRateSchedule(new() { Warmup = 4 }, 1, 100);
        Assert.Equal([0.25, 0.5, 0.75, 1, 1], Enumerable.Range(0, 5).Select(t => warm.RateAt(t)));
    }

    [Fact]
    public void The_published_cadence_is_that_of_its_steps()
    {
        IReadOnlyList<long> steps = Cadence.Parse("published", 100_000).Steps;
        Assert.Equal(Enumerable.Range(0, 31).Select(i => (long)i), steps.Take(31));
        Assert.Equal([40, 50, 140, 200, 900, 2000, 9000, 10_005, 10_672, 100_000], new[] { 31, 32, 41, 42, 49, 51, 58, 59, 60, steps.Count - 1 }.Select(i => steps[i]));
        Assert.Equal(steps.Order().Distinct(), steps);
    }

    [Theory]
    [InlineData("log:4", 1000, new long[] { 0, 1, 10, 100, 1000 })]
    [InlineData("log:3", 600, new long[] { 0, 1, 24, 600 })]
    [InlineData("every:4", 10, new long[] { 0, 4, 8, 10 })]
    [InlineData("ends", 7, new long[] { 0, 7 })]
    public void Rules_give_their_steps(string text, long last, long[] steps)
    {
        var cadence = Cadence.Parse(text, last);
        Assert.Equal(steps, cadence.Steps);
        Assert.All(Enumerable.Range(0, (int)last + 1), step => Assert.Equal(steps.Contains(step), cadence.Contains(step)));
    }

    [Theory]
    [InlineData("log")]
    [InlineData("every:0")]
    [InlineData("often")]
    public void Other_texts_are_refused_in_one_line(string text) =>
        Assert.Contains("expected published, log:N", Assert.Throws<ArgumentException>(() => Cadence.Parse(text, 10)).Message, StringComparison.Ordinal);

    private sealed class Near : IEqualityComparer<(double, double, double)>
    {
        public bool Equals((double, double, double) x, (double, double, double) y) =>
            Math.Abs(x.Item1 - y.Item1) + Math.Abs(x.Item2 - y.Item2) + Math.Abs(x.Item3 - y.Item3) < 1e-11;

        public int GetHashCode((double, double, double) obj) => 0;
    }
}
