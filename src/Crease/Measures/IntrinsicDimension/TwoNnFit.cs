namespace Crease.Measures;

/// <summary>How the distribution of ratios of the first two distances becomes a dimension.</summary>
public enum TwoNnFit
{
    /// <summary>A line through the origin, empirical distribution i / N: scikit-dimension since July 2024, DADApy's <c>base</c>.</summary>
    Line,

    /// <summary>A line through the origin, empirical distribution (i - 1) / N: scikit-dimension up to 0.3.4.</summary>
    LineBefore2024,

    /// <summary>Maximum likelihood without bias, (N - 1) / Σ log μ: DADApy's <c>ml</c>.</summary>
    Likelihood,

    /// <summary>Posterior mean under a Gamma(2, 5) prior: DADApy's <c>bayes</c>.</summary>
    Bayes,
}
