using Crease.Lab;

namespace Crease.Cli;

/// <summary>One line on a terminal that shows what a study is doing and how far its part has come.</summary>
/// <param name="terminal">A terminal; nothing else is written to.</param>
/// <param name="clock">Time source.</param>
internal sealed class StudyLine(TextWriter terminal, TimeProvider clock) : IDisposable
{
    private readonly StatusLine _line = new(terminal, clock, firstShown: 1);
    private string? _part;
    private long _start, _first;

    /// <summary>Shows progress, unless some was shown just before.</summary>
    public void Report(StudyProgress progress)
    {
        if (progress.Part != _part)
            (_part, _start, _first) = (progress.Part, clock.GetTimestamp(), progress.Done - 1);
        _line.Report(_ => Text(progress, clock.GetElapsedTime(_start).TotalSeconds));
    }

    /// <summary>Takes the line away.</summary>
    public void Clear() => _line.Clear();

    public void Dispose() => Clear();

    private string Text(StudyProgress progress, double seconds)
    {
        double rate = (progress.Done - _first) / Math.Max(seconds, 1e-3);
        return FormattableString.Invariant($"{progress.Part}: {progress.Done:N0} of {progress.All:N0}  {rate:N1}/s  {StatusLine.Duration((progress.All - progress.Done) / rate)} left");
    }
}
