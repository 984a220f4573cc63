using Crease.Lab;

namespace Crease.Cli;

/// <summary>One line on a terminal that shows how far a sweep has come.</summary>
/// <param name="terminal">A terminal; nothing else is written to.</param>
/// <param name="clock">Time source.</param>
internal sealed class SweepLine(TextWriter terminal, TimeProvider clock) : IDisposable
{
    private readonly StatusLine _line = new(terminal, clock, firstShown: 1);

    /// <summary>Shows progress, unless some was shown just before.</summary>
    public void Report(SweepProgress progress) => _line.Report(seconds => Text(progress, seconds));

    /// <summary>Takes the line away.</summary>
    public void Clear() => _line.Clear();

    public void Dispose() => Clear();

    private static string Text(SweepProgress progress, double seconds)
    {
        string failed = progress.Failed > 0 ? FormattableString.Invariant($" ({progress.Failed} failed)") : "";
        string left = progress.Steps > 0 ? StatusLine.Duration(seconds * progress.StepsLeft / progress.Steps) + " left  " : "";
        return FormattableString.Invariant($"{progress.Runs:N0} of {progress.AllRuns:N0} runs{failed}  {left}{progress.Part}");
    }
}
