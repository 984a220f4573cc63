using System.Globalization;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>One line on a terminal that shows how far a training has come.</summary>
/// <param name="terminal">A terminal.</param>
/// <param name="clock">Time source.</param>
/// <param name="steps">All steps.</param>
internal sealed class TrainingProgress(TextWriter terminal, TimeProvider clock, long steps)
{
    private const double Pause = 0.2;

    private readonly long _start = clock.GetTimestamp();
    private double _next = 1;
    private long _first = -1;

    /// <summary>Shows a step, unless one was shown just before.</summary>
    public void Report(long step, double loss, TrainingMetrics? last)
    {
        if (_first < 0)
            _first = step - 1;
        double seconds = clock.GetElapsedTime(_start).TotalSeconds;
        if (seconds < _next)
            return;
        _next = seconds + Pause;
        double rate = (step - _first) / seconds;
        string accuracy = last?.TestAccuracy is double test ? string.Create(CultureInfo.InvariantCulture, $"  test {100 * test:F1} %") : "";
        terminal.Write(string.Create(CultureInfo.InvariantCulture, $"\r{step:N0} of {steps:N0} steps  {rate:N0}/s  {(steps - step) / rate:N0} s left  loss {loss:G4}{accuracy}\u001b[K"));
        terminal.Flush();
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_next > 1)
            terminal.Write("\r\u001b[K");
    }
}
