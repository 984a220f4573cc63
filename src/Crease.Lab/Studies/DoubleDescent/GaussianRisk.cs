namespace Crease.Lab;

/// <summary>Expected squared error of least squares with the smallest coefficients on some of many independent standard normal features; the noise of the answer counts.</summary>
/// <remarks>
/// <para>Notation: n samples, p features used, ‖w_p‖² and ‖w_q‖² of the used and the unused coefficients, σ² of the noise.</para>
/// <para>Source: Belkin, Hsu and Xu (<c>belkin2020two</c>), Theorem 1. Exactness: exact.</para>
/// </remarks>
internal static class GaussianRisk
{
    /// <summary>The risk.</summary>
    /// <param name="samples">n, at least 1.</param>
    /// <param name="used">p, at least 0.</param>
    /// <param name="usedSquares">‖w_p‖².</param>
    /// <param name="unusedSquares">‖w_q‖².</param>
    /// <param name="noiseSquares">σ².</param>
    /// <returns>Infinite for p from n - 1 to n + 1.</returns>
    public static double Of(int samples, int used, double usedSquares, double unusedSquares, double noiseSquares)
    {
        double unexplained = unusedSquares + noiseSquares;
        return used <= samples - 2 ? unexplained * (1 + used / (samples - used - 1.0))
            : used <= samples + 1 ? double.PositiveInfinity
            : usedSquares * (1 - samples / (double)used) + unexplained * (1 + samples / (used - samples - 1.0));
    }
}
