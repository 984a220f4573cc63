namespace Crease.Measures;

/// <summary>A training step at which something happens, known to the spacing of the samples.</summary>
/// <param name="Step">The step of the sample.</param>
/// <param name="Value">The smoothed value there.</param>
/// <param name="Before">Step of the sample before, or of this one where it is the first.</param>
/// <param name="After">Step of the sample after, or of this one where it is the last.</param>
public readonly record struct PhaseStep(double Step, double Value, double Before, double After)
{
    internal static PhaseStep At(ReadOnlySpan<double> steps, ReadOnlySpan<double> values, int index) =>
        new(steps[index], values[index], steps[Math.Max(0, index - 1)], steps[Math.Min(steps.Length - 1, index + 1)]);

    internal static void Check(ReadOnlySpan<double> steps, ReadOnlySpan<double> values)
    {
        if (steps.Length != values.Length || steps.Length < 3)
            throw new ArgumentException($"'steps' has {steps.Length} entries and 'values' {values.Length}; expected as many, at least 3.", nameof(steps));
        for (int i = 0; i < steps.Length; i++)
        {
            if (!double.IsFinite(steps[i]) || steps[i] < 0 || (i > 0 && steps[i] < steps[i - 1]))
                throw new ArgumentException($"'steps' holds {steps[i]} at index {i}; expected numbers of at least 0 that do not descend.", nameof(steps));
            if (!double.IsFinite(values[i]))
                throw new ArgumentException($"'values' holds {values[i]} at index {i}; expected finite numbers.", nameof(values));
        }
    }
}
