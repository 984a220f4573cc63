namespace Crease.Lab;

/// <summary>Random features of the study <c>double-descent</c>.</summary>
internal enum FeatureKind
{
    /// <summary>√2 cos(⟨v, x⟩ + b): v normal with deviation 1 / σ, b uniform in [0, 2π).</summary>
    Fourier,

    /// <summary>max(⟨v, x⟩, 0): v uniform on the unit sphere.</summary>
    Relu,
}
