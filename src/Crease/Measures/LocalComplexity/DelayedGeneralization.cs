namespace Crease.Measures;

/// <summary>How much later than training accuracy another accuracy, on test data or under attack, is reached.</summary>
/// <remarks>
/// Curves are smoothed by a running median of 3. The training data are fitted at the first sample that reaches 99 % of the training curve's last value. The other
/// curve has half, or 95 %, of its own last value at the first sample from which on it never falls below that again: early bumps of robustness do not count. The delay is the decades of steps, log10 of their ratio, from fitting to
/// half (negative when half comes first). Steps of 0 count as 1.
/// </remarks>
/// <param name="Fitted">Where training accuracy reaches its level.</param>
/// <param name="Half">Where the other curve reaches half of its last value.</param>
/// <param name="Nearly">Where it reaches 95 % of its last value.</param>
/// <param name="DelayInDecades">log10(step of <paramref name="Half"/> / step of <paramref name="Fitted"/>).</param>
/// <param name="IsDelayed">Whether the delay is at least the decades asked for.</param>
public sealed record DelayedGeneralization(PhaseStep Fitted, PhaseStep Half, PhaseStep Nearly, double DelayInDecades, bool IsDelayed)
{
    /// <summary>Share of the last training accuracy that counts as fitted.</summary>
    public const double FittedShare = 0.99;

    /// <summary>Share of the last value that counts as nearly reached.</summary>
    public const double NearlyShare = 0.95;

    private const int MedianWidth = 3;

    /// <summary>Compares two curves on the same steps.</summary>
    /// <param name="steps">Shape [samples], at least 3: training steps, not descending.</param>
    /// <param name="training">Shape [samples]: accuracy on training data, in any unit, at least 0.</param>
    /// <param name="other">Shape [samples]: accuracy on test data or under attack, in any unit, at least 0.</param>
    /// <param name="delay">Decades from which on generalization is called delayed.</param>
    /// <exception cref="ArgumentException">Lengths differ, steps descend, a number is not finite, or a curve ends at 0.</exception>
    public static DelayedGeneralization Of(ReadOnlySpan<double> steps, ReadOnlySpan<double> training, ReadOnlySpan<double> other, double delay = 0.5) =>
        Of(steps, training, steps, other, delay);

    /// <summary>Compares two curves on different steps.</summary>
    /// <param name="trainingSteps">Shape [samples], at least 3: steps of the training curve, not descending.</param>
    /// <param name="training">Shape [samples]: accuracy on training data.</param>
    /// <param name="otherSteps">Shape [other samples], at least 3: steps of the other curve, not descending.</param>
    /// <param name="other">Shape [other samples]: accuracy on test data or under attack.</param>
    /// <param name="delay">Decades from which on generalization is called delayed.</param>
    /// <exception cref="ArgumentException">Lengths differ, steps descend, a number is not finite, or a curve ends at 0.</exception>
    public static DelayedGeneralization Of(ReadOnlySpan<double> trainingSteps, ReadOnlySpan<double> training, ReadOnlySpan<double> otherSteps, ReadOnlySpan<double> other, double delay = 0.5)
    {
        PhaseStep.Check(trainingSteps, training);
        PhaseStep.Check(otherSteps, other);
        if (!(training[^1] > 0) || !(other[^1] > 0))
            throw new ArgumentException($"The curves end at {training[^1]} and {other[^1]}; expected positive accuracies.", nameof(training));
        double[] smooth = TrainingPhases.Median(other, MedianWidth);
        PhaseStep fitted = Fit(trainingSteps, TrainingPhases.Median(training, MedianWidth)), half = Kept(otherSteps, smooth, 0.5), nearly = Kept(otherSteps, smooth, NearlyShare);
        double decades = Math.Log10(Math.Max(1, half.Step) / Math.Max(1, fitted.Step));
        return new DelayedGeneralization(fitted, half, nearly, decades, decades >= delay);
    }

    private static PhaseStep Fit(ReadOnlySpan<double> steps, double[] values)
    {
        int first = Array.FindIndex(values, value => value >= FittedShare * values[^1]);
        return PhaseStep.At(steps, values, first);
    }

    private static PhaseStep Kept(ReadOnlySpan<double> steps, double[] values, double share)
    {
        int first = values.Length - 1;
        while (first > 0 && values[first - 1] >= share * values[^1])
            first--;
        return PhaseStep.At(steps, values, first);
    }
}
