using System.Numerics.Tensors;

namespace Crease.Networks.Layers;

/// <summary>What soft units share: β, its sharpness, and weights of scores.</summary>
internal static class SoftCode
{
    /// <summary>κ = β / (1 - β).</summary>
    public static double Sharpness(double beta) => beta / (1 - beta);

    /// <exception cref="ArgumentException">There are neither 1 nor as many as units, or one is not in (0, 1).</exception>
    public static void Check(ReadOnlySpan<double> betas, int units)
    {
        if (betas.Length != 1 && betas.Length != units)
            throw new ArgumentException($"'betas' has {betas.Length} entries; expected 1 or one per unit ({units}).", nameof(betas));
        foreach (double beta in betas)
        {
            if (!(beta is > 0 and < 1))
                throw new ArgumentException(FormattableString.Invariant($"'betas' holds {beta}; expected numbers in (0, 1), both ends excluded: 1 is the hard unit itself."), nameof(betas));
        }
    }

    /// <summary>Scores become softmax(κ scores).</summary>
    public static void Of(Span<double> scores, double sharpness)
    {
        double largest = TensorPrimitives.Max<double>(scores), sum = 0;
        for (int r = 0; r < scores.Length; r++)
            sum += scores[r] = Math.Exp(sharpness * (scores[r] - largest));
        for (int r = 0; r < scores.Length; r++)
            scores[r] /= sum;
    }

    /// <summary>The derivative of Σ t_r s_r by β: Var_t(s) dκ/dβ with dκ/dβ = 1 / (1 - β)².</summary>
    public static double BetaSlope(ReadOnlySpan<double> code, Func<int, double> score, double beta)
    {
        double mean = 0, variance = 0;
        for (int r = 0; r < code.Length; r++)
            mean += code[r] * score(r);
        for (int r = 0; r < code.Length; r++)
            variance += code[r] * (score(r) - mean) * (score(r) - mean);
        return variance / ((1 - beta) * (1 - beta));
    }
}
