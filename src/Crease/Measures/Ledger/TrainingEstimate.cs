using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>Training compute by one method, with what it assumes.</summary>
/// <param name="Method">The method.</param>
/// <param name="Flop">Floating-point operations, at least 0; operations of every precision count the same.</param>
/// <param name="Assumptions">What the number rests on, one sentence each.</param>
public sealed record TrainingEstimate(ComputeMethod Method, double Flop, ImmutableArray<string> Assumptions)
{
    /// <summary>Share by which two methods may differ before they are said to disagree.</summary>
    public const double Disagreement = 0.3;

    /// <summary>Share of attention above which 6 P D is said to leave too much out.</summary>
    public const double NotableAttention = 0.05;

    /// <summary>Operations of a pass, times passes.</summary>
    /// <param name="pass">One pass of the model.</param>
    /// <param name="passes">Number of such passes, from 0.</param>
    /// <param name="isTraining">Whether a pass goes backward too.</param>
    /// <exception cref="ArgumentException"><paramref name="passes"/> is negative or not finite.</exception>
    public static TrainingEstimate ByOperations(OperationCount pass, double passes, bool isTraining = true)
    {
        Require(passes, nameof(passes));
        return new(ComputeMethod.OperationCount, (double)pass.ProductFlop * passes, [
            $"matrix products and attention{(isTraining ? ", forward and backward" : ", forward")}; biases, norms and activations are left out",
            .. isTraining ? (string[])["activations that are computed again in the backward pass are not counted"] : [],
        ]);
    }

    /// <summary>6 P D.</summary>
    /// <param name="parameters">Parameters P, those that a token meets where experts are chosen.</param>
    /// <param name="tokens">Training tokens D, repeats included.</param>
    /// <param name="attentionShare">Share of attention that the formula leaves out, or null where it is not known.</param>
    /// <exception cref="ArgumentException">A number is negative or not finite.</exception>
    public static TrainingEstimate ByParameters(double parameters, double tokens, double? attentionShare = null)
    {
        Require(parameters, nameof(parameters));
        Require(tokens, nameof(tokens));
        var assumptions = ImmutableArray.CreateBuilder<string>();
        assumptions.Add("6 FLOP per parameter and token: a dense transformer whose width is well above a twelfth of its context");
        if (attentionShare is double share)
            assumptions.Add(FormattableString.Invariant($"attention, about {share:P1} of it, is left out") + (share > NotableAttention ? ": more than 5 %, so take the operation count" : ""));
        return new(ComputeMethod.Parameters, 6 * parameters * tokens, assumptions.DrainToImmutable());
    }

    /// <summary>Sum over periods of units, time, peak rate and utilization.</summary>
    /// <param name="periods">Periods of the training, at least one; one per kind of hardware.</param>
    /// <exception cref="ArgumentException">There is no period.</exception>
    public static TrainingEstimate ByHardware(IReadOnlyList<HardwarePeriod> periods)
    {
        if (periods.Count == 0)
            throw new ArgumentException("'periods' is empty; expected at least one.");
        return new(ComputeMethod.Hardware, periods.Sum(period => period.Flop), [.. periods.Select(period => period.Assumption).Distinct()]);
    }

    /// <summary>A number from elsewhere.</summary>
    /// <param name="flop">Floating-point operations.</param>
    /// <exception cref="ArgumentException"><paramref name="flop"/> is negative or not finite.</exception>
    public static TrainingEstimate Given(double flop)
    {
        Require(flop, nameof(flop));
        return new(ComputeMethod.Stated, flop, ["as stated; not recomputed"]);
    }

    /// <summary>Largest relative difference between methods, of the larger one; 0 for a single method.</summary>
    public static double Spread(IReadOnlyCollection<TrainingEstimate> estimates)
    {
        double most = estimates.Count == 0 ? 0 : estimates.Max(estimate => estimate.Flop), least = estimates.Count == 0 ? 0 : estimates.Min(estimate => estimate.Flop);
        return most > 0 ? (most - least) / most : 0;
    }

    internal static void Require(double value, string name)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentException(FormattableString.Invariant($"'{name}' is {value}; expected a finite number from 0."));
    }
}
