using System.CommandLine;
using Crease.Geometry;
using Crease.Numerics;

namespace Crease.Cli;

/// <summary>Options that end a cut early, and how a call ends then: what was found is kept.</summary>
internal sealed class BudgetWords
{
    private const double LongestSeconds = 1e9;

    private readonly Option<int?> _maxRegions = new("--max-regions") { Description = "Stop after so many regions (default: 100,000,000; with --stream no limit).", HelpName = "N" };
    private readonly Option<double?> _timeLimit = new("--time-limit") { Description = "Stop after so many seconds of cutting.", HelpName = "SECONDS" };

    public void AddTo(Command command)
    {
        command.Options.Add(_maxRegions);
        command.Options.Add(_timeLimit);
    }

    /// <summary>The options with the limits that the call names.</summary>
    public CutOptions Limit(ParseResult words, CutOptions options, bool streamed)
    {
        int most = words.GetValue(_maxRegions) ?? (streamed ? int.MaxValue : CutOptions.Default.MaxRegions);
        if (most < 1)
            throw new WordsException($"--max-regions is {most}; expected at least 1");
        double? seconds = words.GetValue(_timeLimit);
        if (seconds is not null and not (> 0 and <= LongestSeconds))
            throw new WordsException(FormattableString.Invariant($"--time-limit is {seconds}; expected seconds above 0, at most {LongestSeconds:G}"));
        return options with { MaxRegions = most, TimeLimit = seconds is double limit ? Ceiling(limit) : null };
    }

    /// <summary>Says why a job is incomplete and returns its exit status.</summary>
    /// <param name="shell">Where to say it.</param>
    /// <param name="status">How the job ended.</param>
    /// <param name="regions">Regions of the cut that ended it.</param>
    /// <param name="options">The limits.</param>
    /// <param name="others">What helps beside a higher limit, in words and options that the verb has.</param>
    public static int End(Shell shell, Status status, long regions, CutOptions options, string others = "or narrow the slice")
    {
        if (status == Status.Complete)
            return 0;
        if (status == Status.Interrupted)
        {
            shell.Errors.WriteLine($"crease: interrupted after {regions} regions; what was found is kept");
            return 130;
        }
        (string budget, string option) = regions < options.MaxRegions && options.TimeLimit is TimeSpan limit
            ? (FormattableString.Invariant($"time limit of {limit.TotalSeconds:G} s"), "--time-limit")
            : ("budget", "--max-regions");
        shell.Errors.WriteLine($"crease: stopped after {regions} regions ({budget}); raise {option}, {others}");
        return 1;
    }

    // A time below one tick is not zero, which would be no limit to stop at.
    private static TimeSpan Ceiling(double seconds) => TimeSpan.FromTicks((long)Math.Ceiling(seconds * TimeSpan.TicksPerSecond));
}
