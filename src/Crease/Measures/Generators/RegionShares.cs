namespace Crease.Measures;

/// <summary>Shares of regions in a re-weighted uniform latent density.</summary>
public static class RegionShares
{
    /// <summary>size · vol^ρ, normalized.</summary>
    /// <param name="sizes">Length, area or volume of each region in latent space, at least 0. Shape [regions].</param>
    /// <param name="logVolumes">Logarithm of each region's volume element. Shape [regions].</param>
    /// <param name="polarity">ρ, finite.</param>
    /// <returns>Shape [regions], sums to 1.</returns>
    /// <exception cref="ArgumentException">ρ is not finite; or every region has weight 0; or ρ is negative and a region has volume 0.</exception>
    public static double[] Of(ReadOnlySpan<double> sizes, ReadOnlySpan<double> logVolumes, double polarity)
    {
        if (!double.IsFinite(polarity))
            throw new ArgumentException(FormattableString.Invariant($"'polarity' is {polarity}; expected a finite number."), nameof(polarity));
        var logs = new double[sizes.Length];
        double largest = double.NegativeInfinity;
        for (int region = 0; region < logs.Length; region++)
        {
            bool isZero = double.IsNegativeInfinity(logVolumes[region]);
            if (isZero && polarity < 0 && sizes[region] > 0)
                throw new ArgumentException(FormattableString.Invariant($"Region {region} has volume 0, whose weight at a polarity of {polarity} is infinite. Use a polarity of at least 0, or fewer singular values."), nameof(polarity));
            logs[region] = Math.Log(sizes[region]) + (polarity == 0 ? 0 : polarity * logVolumes[region]);
            largest = Math.Max(largest, logs[region]);
        }
        if (double.IsNegativeInfinity(largest))
            throw new ArgumentException("Every region has weight 0: the generator is rank-deficient everywhere. Use a polarity of 0, or fewer singular values.", nameof(logVolumes));
        double sum = 0;
        for (int region = 0; region < logs.Length; region++)
            sum += logs[region] = Math.Exp(logs[region] - largest);
        for (int region = 0; region < logs.Length; region++)
            logs[region] /= sum;
        return logs;
    }
}
