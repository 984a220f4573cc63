using Crease.Lab;

namespace Crease.Cli;

/// <summary>One line on a terminal that shows how far a training has come, once it takes over a second.</summary>
/// <param name="terminal">A terminal; nothing else is written to.</param>
/// <param name="clock">Time source.</param>
/// <param name="steps">All steps.</param>
internal sealed class TrainingLine(TextWriter terminal, TimeProvider clock, long steps) : IDisposable
{
    private readonly StatusLine _line = new(terminal, clock, firstShown: 1);
    private long? _first;

    /// <summary>Shows a step, unless one was shown just before.</summary>
    public void Report(long step, double loss, TrainingMetrics? last)
    {
        long first = _first ??= step - 1;
        _line.Report(seconds => Text(step, (step - first) / seconds, loss, last));
    }

    /// <summary>Takes the line away.</summary>
    public void Clear() => _line.Clear();

    public void Dispose() => Clear();

    private string Text(long step, double rate, double loss, TrainingMetrics? last)
    {
        string accuracy = last?.TestAccuracy is double test ? FormattableString.Invariant($"  test {100 * test:F1} %") : "";
        return FormattableString.Invariant($"{step:N0} of {steps:N0} steps  {rate:N0}/s  {StatusLine.Duration((steps - step) / rate)} left  loss {loss:G4}{accuracy}");
    }
}
