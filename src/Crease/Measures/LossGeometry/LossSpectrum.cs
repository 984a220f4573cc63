using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>Eigenvalues of the Hessian of a squared loss by one layer's weights.</summary>
/// <param name="Values">Descending; those beyond samples × outputs are 0 and not listed.</param>
/// <param name="Size">Number of weights: of eigenvalues with the zeros.</param>
/// <param name="Nonzero">How many count as nonzero: above 1e-10 of the largest.</param>
public sealed record LossSpectrum(ImmutableArray<double> Values, int Size, int Nonzero)
{
    /// <summary>√(λ_max / λ_min) over the nonzero eigenvalues; null where there are none.</summary>
    public double? Eccentricity => Nonzero == 0 ? null : Math.Sqrt(Values[0] / Values[Nonzero - 1]);
}
