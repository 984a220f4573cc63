namespace Crease.Measures;

/// <summary>What latent points are drawn from.</summary>
public enum LatentDensity
{
    /// <summary>Uniform in a box.</summary>
    Uniform,

    /// <summary>Standard normal.</summary>
    Normal,
}
