using Crease.Lab;

namespace Crease.Cli;

/// <summary>One line on a terminal that shows how far a training has come, once it takes over a second.</summary>
/// <remarks>Steps and metrics are timed apart: metrics are frequent at first, and the time left would else be many times too long.</remarks>
/// <param name="terminal">A terminal; nothing else is written to.</param>
/// <param name="clock">Time source.</param>
/// <param name="steps">All steps.</param>
internal sealed class TrainingLine(TextWriter terminal, TimeProvider clock, long steps) : IDisposable
{
    private readonly StatusLine _line = new(terminal, clock, firstShown: 1);
    private long? _first;

    /// <summary>Shows a step, unless one was shown just before.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="loss">Loss of its batch.</param>
    /// <param name="last">The last line of metrics, or null.</param>
    /// <param name="time">What metrics took, and how many are to come.</param>
    public void Report(long step, double loss, TrainingMetrics? last, MetricsTime time)
    {
        long first = _first ??= step - 1;
        _line.Report(seconds => Text(step, step - first, seconds, loss, last, time));
    }

    /// <summary>Shows how much of the metrics at a step is done, unless something was shown just before.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="share">Share of the rows that were looked at.</param>
    public void Measure(long step, double share) => _line.Report(_ => FormattableString.Invariant($"{step:N0} of {steps:N0} steps  metrics {100 * share:F0} %"));

    /// <summary>Takes the line away.</summary>
    public void Clear() => _line.Clear();

    public void Dispose() => Clear();

    private string Text(long step, long done, double seconds, double loss, TrainingMetrics? last, MetricsTime time)
    {
        string accuracy = last?.TestAccuracy is double test ? FormattableString.Invariant($"  test {100 * test:F1} %") : "";
        double each = Math.Max(0, seconds - time.Seconds) / done, left = (steps - step) * each + (time.Taken > 0 ? time.Left * time.Seconds / time.Taken : 0);
        return FormattableString.Invariant($"{step:N0} of {steps:N0} steps  {StatusLine.Rate(1 / each)}/s  {StatusLine.Duration(left)} left  loss {loss:G4}{accuracy}");
    }
}
