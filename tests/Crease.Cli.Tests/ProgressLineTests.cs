using Crease.Geometry;
using Crease.Numerics;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>The line on a terminal, with a clock that stands still unless told.</summary>
public sealed class ProgressLineTests : IDisposable
{
    private readonly StillClock _clock = new();
    private readonly StringWriter _terminal = new();

    [Fact]
    public void A_job_of_less_than_a_second_shows_nothing()
    {
        var line = new ProgressLine(_terminal, _clock);
        foreach (double seconds in new[] { 0, 0.5, 0.999 })
        {
            _clock.Seconds = seconds;
            line.Report(new Progress(seconds / 2, 1000));
        }
        line.Clear();
        Assert.Empty(_terminal.ToString());
    }

    [Fact]
    public void A_transfer_shows_bytes_and_rate()
    {
        using var line = new DownloadLine(_terminal, _clock);
        line.Report(new Crease.Models.DownloadProgress("a.gz", 1 << 20, 8 << 20));
        _clock.Seconds = 2;
        line.Report(new Crease.Models.DownloadProgress("a.gz", 5 << 20, 8 << 20));
        line.Report(new Crease.Models.DownloadProgress("a.gz", 6 << 20, 8 << 20));
        Assert.Equal("\ra.gz  1.0 of 8.0 MiB  0.0 MiB/s\u001b[K\ra.gz  5.0 of 8.0 MiB  2.0 MiB/s\u001b[K", _terminal.ToString());
    }

    [Theory]
    [InlineData(4, 0.25, 1_000, " 25.0 % of the area  1,000 regions  250/s  12 s left")]
    [InlineData(10, 0.001, 4_000_000, "  0.1 % of the area  4,000,000 regions  400,000/s  3 h left")]
    [InlineData(60, 0.1, 600, " 10.0 % of the area  600 regions  10/s  9 min left")]
    [InlineData(2, 1, 50, "100.0 % of the area  50 regions  25/s  0 s left")]
    [InlineData(10, 1e-5, 50, "  0.0 % of the area  50 regions  5/s  12 days left")]
    [InlineData(2, 0, 0, "  0.0 % of the area  0 regions  0/s  unknown time left")]
    public void It_shows_regions_share_rate_and_time_left(double seconds, double share, long found, string text)
    {
        var line = new ProgressLine(_terminal, _clock);
        _clock.Seconds = seconds;
        line.Report(new Progress(share, found));
        Assert.Equal($"\r{text}\u001b[K", _terminal.ToString());
        Assert.True(text.Length < 80);
    }

    [Theory]
    [InlineData(1000, null, "6 s left")]
    [InlineData(100_000, 5.0, "1 s left")]
    [InlineData(100, 1.0, "0 s left")]
    [InlineData(int.MaxValue, 1e6, "36 s left")]
    public void Limits_shorten_the_time_left(int most, double? limit, string left)
    {
        var line = new ProgressLine(_terminal, _clock, new CutOptions { MaxRegions = most, TimeLimit = limit is double seconds ? TimeSpan.FromSeconds(seconds) : null });
        _clock.Seconds = 4;
        line.Report(new Progress(0.1, 400));
        Assert.EndsWith(left + "\u001b[K", _terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_written_ten_times_a_second_at_most_and_cleared_once()
    {
        var line = new ProgressLine(_terminal, _clock);
        for (int i = 0; i <= 2000; i++)
        {
            _clock.Seconds = i / 1000.0;
            line.Report(new Progress(i / 4000.0, i));
        }
        Assert.InRange(_terminal.ToString().Count(c => c == '\r'), 9, 11);
        line.Clear();
        line.Clear();
        Assert.EndsWith("left\u001b[K\r\u001b[K", _terminal.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _terminal.Dispose();
}
