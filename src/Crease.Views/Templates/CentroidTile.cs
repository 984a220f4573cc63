namespace Crease.Views;

/// <summary>The centroid of the region of an input, of the composition up to one layer.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Centroid">μ. Shape [inputs].</param>
/// <param name="Radius">ρ, a squared radius that may be negative.</param>
public sealed record CentroidTile(string Layer, IReadOnlyList<double> Centroid, double Radius);
