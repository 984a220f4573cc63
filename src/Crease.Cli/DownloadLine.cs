using System.Globalization;
using Crease.Models;

namespace Crease.Cli;

/// <summary>One line on a terminal that shows how far a transfer has come.</summary>
/// <param name="terminal">A terminal; nothing else is written to.</param>
/// <param name="clock">Time source.</param>
internal sealed class DownloadLine(TextWriter terminal, TimeProvider clock) : IProgress<DownloadProgress>, IDisposable
{
    private const double Pause = 0.1, Mebi = 1 << 20;

    private string _file = "";
    private long _start, _startBytes;
    private double _next;
    private bool _isShown;

    public void Report(DownloadProgress value)
    {
        if (value.File != _file)
            (_file, _start, _startBytes, _next) = (value.File, clock.GetTimestamp(), value.Bytes, 0);
        double seconds = clock.GetElapsedTime(_start).TotalSeconds;
        if (seconds < _next)
            return;
        _next = seconds + Pause;
        string total = value.Total is long all ? string.Create(CultureInfo.InvariantCulture, $" of {all / Mebi:F1}") : "";
        double rate = seconds > 0 ? (value.Bytes - _startBytes) / Mebi / seconds : 0;
        terminal.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value.File}  {value.Bytes / Mebi:F1}{total} MiB  {rate:F1} MiB/s\u001b[K"));
        terminal.Flush();
        _isShown = true;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_isShown)
            terminal.Write("\r\u001b[K");
        _isShown = false;
    }

    public void Dispose() => Clear();
}
