namespace Crease.Certificates;

/// <summary>Limits and choices of a proof; none of them can make a verdict wrong.</summary>
public sealed record VerificationOptions
{
    /// <summary>Seconds after which the verdict is unknown, above 0.</summary>
    public double TimeLimit { get; init; } = 60;

    /// <summary>Most boxes or unit decisions that are looked at, at least 1.</summary>
    public long MostDomains { get; init; } = 50_000_000;

    /// <summary>Random starts of the search for a counterexample per set of outputs, at least 0; with 0 there is no such search.</summary>
    public int Starts { get; init; } = 20;

    /// <summary>Gradient steps of each start, at least 1.</summary>
    public int Steps { get; init; } = 60;

    /// <summary>Up to so many inputs of more than one value, boxes of inputs are halved; above, units are decided.</summary>
    public int MostSplitInputs { get; init; } = 12;

    /// <summary>Steps in which the limits of each unstable unit are improved before units are decided, at least 0.</summary>
    public int RangeSteps { get; init; } = 12;

    /// <summary>Steps in which slopes and multipliers are improved at the root, at least 0.</summary>
    public int RootSteps { get; init; } = 40;

    /// <summary>The same in every later node.</summary>
    public int BranchSteps { get; init; } = 12;

    /// <summary>Steps in which the limits of each unstable unit are improved in every later node, at least 0.</summary>
    public int BranchRangeSteps { get; init; } = 4;

    /// <summary>Most rounds in which the limits of unstable units are improved by branching before units are decided, at least 0; with 0 there are none.</summary>
    public int LimitRounds { get; init; } = 3;

    /// <summary>Refuses settings out of range.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public void Check()
    {
        if (!(TimeLimit > 0) || TimeLimit > 1e7)
            throw new ArgumentException(FormattableString.Invariant($"the time limit is {TimeLimit} s; expected above 0 and at most 10000000"));
        if (MostDomains < 1 || Starts < 0 || Steps < 1 || RootSteps < 0 || RangeSteps < 0 || BranchSteps < 0 || BranchRangeSteps < 0 || LimitRounds < 0)
            throw new ArgumentException($"domains, starts, steps and rounds are {MostDomains}, {Starts}, {Steps}, {RangeSteps}, {RootSteps}, {BranchSteps}, {BranchRangeSteps}, {LimitRounds}; expected at least 1, 0, 1, 0, 0, 0, 0, 0");
    }
}
