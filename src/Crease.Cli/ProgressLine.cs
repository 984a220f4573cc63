using System.Globalization;
using Crease.Geometry;
using Crease.Numerics;

namespace Crease.Cli;

/// <summary>One line on a terminal that shows how far a job has come, once it takes over a second.</summary>
/// <param name="terminal">A terminal; nothing else is written to.</param>
/// <param name="clock">Time source.</param>
/// <param name="limits">Limits that may end the job before the whole area is done, or null.</param>
internal sealed class ProgressLine(TextWriter terminal, TimeProvider clock, CutOptions? limits = null) : IProgress<Progress>
{
    private const double FirstShown = 1, Pause = 0.1;

    private readonly long _start = clock.GetTimestamp();
    private readonly Lock _gate = new();
    private double _next = FirstShown;
    private bool _isShown;

    public void Report(Progress value)
    {
        double seconds = clock.GetElapsedTime(_start).TotalSeconds;
        if (seconds < Volatile.Read(ref _next))
            return;
        lock (_gate)
        {
            if (seconds < _next)
                return;
            Volatile.Write(ref _next, seconds + Pause);
            terminal.Write($"\r{Text(value, seconds)}\u001b[K");
            terminal.Flush();
            _isShown = true;
        }
    }

    /// <summary>Takes the line away, so that what is written next starts on a clean one.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (_isShown)
                terminal.Write("\r\u001b[K");
            _isShown = false;
        }
    }

    private string Text(Progress value, double seconds)
    {
        double left = value.Share > 0 ? seconds * (1 - value.Share) / value.Share : double.PositiveInfinity;
        if (limits is not null && value.Found > 0)
            left = Math.Min(left, seconds * Math.Max(0, (double)limits.MaxRegions / value.Found - 1));
        if (limits?.TimeLimit is TimeSpan limit)
            left = Math.Min(left, Math.Max(0, limit.TotalSeconds - seconds));
        return string.Create(CultureInfo.InvariantCulture, $"{100 * value.Share,5:F1} % of the area  {value.Found:N0} regions  {value.Found / seconds:N0}/s  {Duration(left)} left");
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 99.5 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
        < 99.5 * 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min"),
        < 99.5 * 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F0} h"),
        < 1000 * 86400.0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86400:F0} days"),
        _ => "unknown time",
    };
}
