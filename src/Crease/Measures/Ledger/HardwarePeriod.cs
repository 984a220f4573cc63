namespace Crease.Measures;

/// <summary>Hardware that trained for a while: C = N L H U.</summary>
/// <remarks>The formula and the usual utilizations are those of the Commission's guidelines on general-purpose AI models of 18 July 2025, Annex A.2.</remarks>
public sealed record HardwarePeriod
{
    /// <summary>Utilization that is assumed for language models where none is known.</summary>
    public const double LanguageUtilization = 0.3;

    /// <summary>Utilization that is assumed for other models where none is known.</summary>
    public const double OtherUtilization = 0.4;

    /// <summary>A period.</summary>
    /// <param name="units">Units N, from 0.</param>
    /// <param name="hours">Hours L that each of them ran, from 0.</param>
    /// <param name="peak">Peak rate H of one unit in FLOP/s, from 0.</param>
    /// <param name="utilization">Share U of the peak that was reached, in (0, 1], or null for the assumed one.</param>
    /// <param name="isLanguageModel">Which utilization is assumed where none is given.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public HardwarePeriod(double units, double hours, double peak, double? utilization = null, bool isLanguageModel = true)
    {
        TrainingEstimate.Require(units, nameof(units));
        TrainingEstimate.Require(hours, nameof(hours));
        TrainingEstimate.Require(peak, nameof(peak));
        if (utilization is double share && !(share is > 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"'utilization' is {share}; expected a number above 0, to 1."));
        (Units, Hours, Peak, IsAssumed) = (units, hours, peak, utilization is null);
        Utilization = utilization ?? (isLanguageModel ? LanguageUtilization : OtherUtilization);
    }

    /// <summary>Units N.</summary>
    public double Units { get; }

    /// <summary>Hours L.</summary>
    public double Hours { get; }

    /// <summary>Peak rate H in FLOP/s.</summary>
    public double Peak { get; }

    /// <summary>Utilization U in (0, 1].</summary>
    public double Utilization { get; }

    /// <summary>Whether the utilization is assumed.</summary>
    public bool IsAssumed { get; }

    /// <summary>Operations of the period.</summary>
    public double Flop => Units * (Hours * 3600) * Peak * Utilization;

    internal string Assumption => FormattableString.Invariant($"utilization {Utilization:P0}, {(IsAssumed ? "assumed" : "given")}");
}
