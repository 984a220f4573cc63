namespace Crease.Measures;

/// <summary>An estimate with its band of error beside a threshold, which only a strictly greater number exceeds.</summary>
/// <param name="Flop">The estimate, not rounded.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="Error">Relative error of the estimate, in [0, 1).</param>
public sealed record ThresholdCheck(double Flop, double Threshold, double Error)
{
    /// <summary>Lower end of the band.</summary>
    public double Low => Flop * (1 - Error);

    /// <summary>Upper end of the band.</summary>
    public double High => Flop * (1 + Error);

    /// <summary>Whether the estimate itself is above; the threshold itself is not.</summary>
    public bool IsAbove => Flop > Threshold;

    /// <summary>What the band says.</summary>
    public ThresholdVerdict Verdict => Low > Threshold ? ThresholdVerdict.Above : High <= Threshold ? ThresholdVerdict.Below : ThresholdVerdict.Indeterminate;

    /// <summary>Whether a modification makes who did it a provider: its compute is strictly more than a share of the original's.</summary>
    /// <param name="modification">Compute of the modification.</param>
    /// <param name="original">Training compute of the original model, or null where it is not known: then the threshold that it is held to.</param>
    /// <param name="isSystemic">Whether the original is a model with systemic risk, for the case that its compute is not known.</param>
    /// <param name="rules">The rules.</param>
    public static ThresholdCheck OfModification(double modification, double? original, bool isSystemic, ComputeRules rules) =>
        new(modification, (original ?? (isSystemic ? rules.Systemic : rules.GeneralPurpose)) / rules.ModificationParts, rules.Error);

    /// <summary>When a training that goes on at a steady rate reaches a threshold.</summary>
    /// <param name="flop">Compute so far.</param>
    /// <param name="perDay">Compute per day, above 0.</param>
    /// <param name="threshold">The threshold.</param>
    /// <returns>Days from now: 0 where it is passed already.</returns>
    /// <exception cref="ArgumentException"><paramref name="perDay"/> is not a finite number above 0.</exception>
    public static double DaysUntil(double flop, double perDay, double threshold)
    {
        if (!double.IsFinite(perDay) || perDay <= 0)
            throw new ArgumentException(FormattableString.Invariant($"'perDay' is {perDay}; expected a finite number above 0."));
        return Math.Max(0, (threshold - flop) / perDay);
    }
}
