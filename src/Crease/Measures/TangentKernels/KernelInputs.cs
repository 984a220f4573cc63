namespace Crease.Measures;

/// <summary>Checks that infinite kernels share.</summary>
internal static class KernelInputs
{
    public static int Count(double[] values, int inputs) => inputs >= 1 && values.Length > 0 && values.Length % inputs == 0
        ? values.Length / inputs
        : throw new ArgumentException($"'left' or 'right' has {values.Length} entries; expected [count, inputs] = [count, {inputs}] with at least one of each.");

    public static void Check(List<string> faults, double weightVariance, double biasVariance)
    {
        if (!(weightVariance > 0 && double.IsFinite(weightVariance)))
            faults.Add(FormattableString.Invariant($"'WeightVariance' is {weightVariance}; expected a positive number."));
        if (!(biasVariance >= 0 && double.IsFinite(biasVariance)))
            faults.Add(FormattableString.Invariant($"'BiasVariance' is {biasVariance}; expected at least 0."));
    }
}
