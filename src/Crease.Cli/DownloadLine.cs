using Crease.Models;

namespace Crease.Cli;

/// <summary>One line on a terminal that shows how far a transfer has come.</summary>
/// <param name="terminal">A terminal; nothing else is written to.</param>
/// <param name="clock">Time source.</param>
internal sealed class DownloadLine(TextWriter terminal, TimeProvider clock) : IProgress<DownloadProgress>, IDisposable
{
    private const double Mebi = 1 << 20;

    private readonly StatusLine _line = new(terminal, clock, firstShown: 0);
    private string _file = "";
    private long _startBytes;

    public void Report(DownloadProgress value)
    {
        if (value.File != _file)
        {
            (_file, _startBytes) = (value.File, value.Bytes);
            _line.Restart();
        }
        _line.Report(seconds => Text(value, seconds));
    }

    /// <summary>Takes the line away.</summary>
    public void Clear() => _line.Clear();

    public void Dispose() => Clear();

    private string Text(DownloadProgress value, double seconds)
    {
        string total = value.Total is long all ? FormattableString.Invariant($" of {all / Mebi:F1}") : "";
        double rate = seconds > 0 ? (value.Bytes - _startBytes) / Mebi / seconds : 0;
        return FormattableString.Invariant($"{value.File}  {value.Bytes / Mebi:F1}{total} MiB  {rate:F1} MiB/s");
    }
}
