namespace Crease.Views;

/// <summary>Curves below the matrix of a kernel.</summary>
/// <param name="Title">Above the panel.</param>
/// <param name="XLabel">Name of the horizontal axis.</param>
/// <param name="YLabel">Name of the vertical axis.</param>
/// <param name="Xs">Shape [points].</param>
/// <param name="Curves">Curves by name, each of shape [points]; a single one may have an empty name.</param>
public sealed record KernelPanel(string Title, string XLabel, string YLabel, IReadOnlyList<double> Xs, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Curves)
{
    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    public bool IsLogarithmic { get; init; }
}
