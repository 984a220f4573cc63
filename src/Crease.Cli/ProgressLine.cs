using Crease.Geometry;
using Crease.Numerics;

namespace Crease.Cli;

/// <summary>One line on a terminal that shows how far a job has come, once it takes over a second.</summary>
/// <param name="terminal">A terminal; nothing else is written to.</param>
/// <param name="clock">Time source.</param>
/// <param name="limits">Limits that may end the job before the whole area is done, or null.</param>
/// <param name="whole">What the share is of.</param>
/// <param name="found">What is counted.</param>
internal sealed class ProgressLine(TextWriter terminal, TimeProvider clock, CutOptions? limits = null, string whole = "area", string found = "regions") : IProgress<Progress>
{
    private readonly StatusLine _line = new(terminal, clock, firstShown: 1);

    public void Report(Progress value) => _line.Report(seconds => Text(value, seconds));

    /// <summary>Takes the line away, so that what is written next starts on a clean one.</summary>
    public void Clear() => _line.Clear();

    private string Text(Progress value, double seconds)
    {
        double left = value.Share > 0 ? seconds * (1 - value.Share) / value.Share : double.PositiveInfinity;
        if (limits is not null && value.Found > 0)
            left = Math.Min(left, seconds * Math.Max(0, (double)limits.MaxRegions / value.Found - 1));
        if (limits?.TimeLimit is TimeSpan limit)
            left = Math.Min(left, Math.Max(0, limit.TotalSeconds - seconds));
        return FormattableString.Invariant($"{100 * value.Share,5:F1} % of the {whole}  {value.Found:N0} {found}  {value.Found / seconds:N0}/s  {StatusLine.Duration(left)} left");
    }
}
