namespace Crease.Cli;

/// <summary>One line on a terminal that is written over now and then, and taken away at the end.</summary>
/// <remarks>Safe to be called from several threads.</remarks>
/// <param name="terminal">A terminal; nothing else is written to.</param>
/// <param name="clock">Time source.</param>
/// <param name="firstShown">Seconds before anything is shown.</param>
internal sealed class StatusLine(TextWriter terminal, TimeProvider clock, double firstShown)
{
    private const double Pause = 0.1;

    private readonly Lock _gate = new();
    private long _start = clock.GetTimestamp();
    private double _next = firstShown;
    private bool _isShown;

    /// <summary>Starts to count seconds anew, and shows the next report at once.</summary>
    public void Restart() => (_start, _next) = (clock.GetTimestamp(), 0);

    /// <summary>Shows a text, unless one was shown just before.</summary>
    /// <param name="text">Makes the text from the seconds since the start.</param>
    public void Report(Func<double, string> text)
    {
        double seconds = clock.GetElapsedTime(_start).TotalSeconds;
        if (seconds < Volatile.Read(ref _next))
            return;
        lock (_gate)
        {
            if (seconds < _next)
                return;
            Volatile.Write(ref _next, seconds + Pause);
            terminal.Write($"\r{text(seconds)}\u001b[K");
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

    /// <summary>How many in a second: whole numbers from 10 on, else two digits.</summary>
    public static string Rate(double rate) => rate >= 9.95 ? FormattableString.Invariant($"{rate:N0}") : FormattableString.Invariant($"{rate:G2}");

    /// <summary>Seconds in the unit that reads best.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 99.5 => FormattableString.Invariant($"{seconds:F0} s"),
        < 99.5 * 60 => FormattableString.Invariant($"{seconds / 60:F0} min"),
        < 99.5 * 3600 => FormattableString.Invariant($"{seconds / 3600:F0} h"),
        < 1000 * 86400.0 => FormattableString.Invariant($"{seconds / 86400:F0} days"),
        _ => "unknown time",
    };
}
