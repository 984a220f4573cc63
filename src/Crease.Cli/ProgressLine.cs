using System.Diagnostics;
using Crease.Numerics;

namespace Crease.Cli;

/// <summary>One line on a terminal that shows how far a job has come, once it takes over a second.</summary>
internal sealed class ProgressLine(TextWriter terminal) : IProgress<Progress>
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();
    private double _shown = 1;

    public void Report(Progress value)
    {
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        lock (_gate)
        {
            if (seconds < _shown)
                return;
            _shown = seconds + 0.1;
            double left = value.Share > 0 ? seconds * (1 - value.Share) / value.Share : 0;
            terminal.Write($"\r{value.Share,6:P1}  {value.Found:N0} regions  {value.Found / seconds:N0}/s  {left:F0} s left   ");
            if (value.Share >= 1 - 1e-9)
                terminal.Write("\r\u001b[K");
        }
    }
}
