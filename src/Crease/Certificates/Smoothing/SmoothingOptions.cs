namespace Crease.Certificates;

/// <summary>Settings of randomized smoothing.</summary>
public sealed record SmoothingOptions
{
    /// <summary>σ: standard deviation of the noise in input units, above 0.</summary>
    public double Sigma { get; init; } = 0.25;

    /// <summary>n0: draws that pick the class, in [1, 10^6].</summary>
    public int Selection { get; init; } = 100;

    /// <summary>n: draws of the estimate, in [1, 10^8].</summary>
    public int Draws { get; init; } = 100_000;

    /// <summary>α: the chance that a certificate is wrong, in (0, 0.5).</summary>
    public double Level { get; init; } = 0.001;

    /// <summary>Refuses settings out of range.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public void Check()
    {
        if (!(Sigma > 0) || !double.IsFinite(Sigma))
            throw new ArgumentException(FormattableString.Invariant($"sigma is {Sigma}; expected a finite number above 0"));
        if (Selection is < 1 or > 1_000_000 || Draws is < 1 or > 100_000_000)
            throw new ArgumentException($"selection draws are {Selection} and draws {Draws}; expected 1 to 1000000 and 1 to 100000000");
        if (!(Level > 0 && Level < 0.5))
            throw new ArgumentException(FormattableString.Invariant($"the level is {Level}; expected above 0 and below 0.5"));
    }
}
