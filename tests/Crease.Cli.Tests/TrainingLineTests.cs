using Crease.Lab;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>The line of a training on a terminal, with a clock that stands still unless told.</summary>
public sealed class TrainingLineTests : IDisposable
{
    private readonly StillClock _clock = new();
    private readonly StringWriter _terminal = new();

    // 4 s for 2 steps beside 100 s of metrics: 98 steps at 2 s each and 3 more metrics at 50 s each.
    [Fact]
    public void Time_left_counts_steps_and_metrics_apart()
    {
        using var line = new TrainingLine(_terminal, _clock, 100);
        line.Report(1, 2.5, null, default);
        _clock.Seconds = 104;
        line.Report(2, 2.25, null, new MetricsTime(Taken: 2, Left: 3, Rows: 20_000, Seconds: 100));
        Assert.Equal("\r2 of 100 steps  0.5/s  6 min left  loss 2.25\u001b[K", _terminal.ToString());
    }

    [Fact]
    public void Metrics_that_take_long_are_seen()
    {
        using var line = new TrainingLine(_terminal, _clock, 100);
        line.Measure(0, 0.25);
        _clock.Seconds = 2;
        line.Measure(0, 0.5);
        Assert.Equal("\r0 of 100 steps  metrics 50 %\u001b[K", _terminal.ToString());
    }

    [Theory]
    [InlineData(12_345.6, "12,346")]
    [InlineData(10, "10")]
    [InlineData(9.96, "10")]
    [InlineData(2.34, "2.3")]
    [InlineData(0.1234, "0.12")]
    [InlineData(0, "0")]
    public void Slow_rates_are_no_zeros(double rate, string text) => Assert.Equal(text, StatusLine.Rate(rate));

    public void Dispose() => _terminal.Dispose();
}
