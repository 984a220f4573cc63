using Crease.Measures;

namespace Crease.Views;

/// <summary>What a figure of a tangent kernel shows.</summary>
public sealed record KernelPicture
{
    /// <summary>Θ. Square and finite.</summary>
    public required KernelMatrix Kernel { get; init; }

    /// <summary>Class of each row, by which rows are sorted, or null.</summary>
    public IReadOnlyList<int>? Labels { get; init; }

    /// <summary>Spectra by name, eigenvalues largest first; the first is the kernel's own.</summary>
    public required IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Spectra { get; init; }

    /// <summary>Title of the matrix.</summary>
    public string Title { get; init; } = "Tangent kernel";

    /// <summary>Panels between the spectrum and the course of a training.</summary>
    public IReadOnlyList<KernelPanel> Panels { get; init; } = [];

    /// <summary>Name of the axis of <see cref="Drift"/>, for example <c>step</c>.</summary>
    public string StepLabel { get; init; } = "step";

    /// <summary>Steps of a training, ascending; empty for none.</summary>
    public IReadOnlyList<double> Steps { get; init; } = [];

    /// <summary>Curves over the steps by name, a panel for each; NaN for a gap.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Drift { get; init; } = [];
}
