using Crease.Measures;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>What was measured of a tangent kernel; null for what was not asked for, or has no finite value.</summary>
public sealed record KernelMeasures
{
    /// <summary>Rows of the kernel.</summary>
    public required KernelRows Rows { get; init; }

    /// <summary>Test rows, or null.</summary>
    public KernelRows? Test { get; init; }

    /// <summary>Parameters that count.</summary>
    public required int Parameters { get; init; }

    /// <summary>Outputs of the network.</summary>
    public required int Outputs { get; init; }

    /// <summary>The kernel. Shape [rows, rows], or [rows · outputs, rows · outputs] of the full one: row i · outputs + o is output o at row i.</summary>
    public required KernelMatrix Kernel { get; init; }

    /// <summary>Its eigenvalues and status.</summary>
    public required KernelSpectrum Spectrum { get; init; }

    /// <summary>Alignment with the labels, as it is and centered.</summary>
    public double? Alignment { get; init; }

    /// <summary>Alignment of the centered kernel.</summary>
    public double? CenteredAlignment { get; init; }

    /// <summary>Parts of the trace by layer, of the mean over outputs.</summary>
    public IReadOnlyList<KernelLayer> Layers { get; init; } = [];

    /// <summary>Rank correlation with the overlap of region codes, over pairs of different rows.</summary>
    public double? OverlapCorrelation { get; init; }

    /// <summary>Each output's kernel in a few numbers.</summary>
    public IReadOnlyList<KernelOutput> PerOutput { get; init; } = [];

    /// <summary>Training under the fixed kernel, times ascending.</summary>
    public IReadOnlyList<KernelMoment> Moments { get; init; } = [];

    /// <summary>The regression with a ridge.</summary>
    public KernelMoment? Ridge { get; init; }

    /// <summary>What the network itself gets right: share of training rows.</summary>
    public double? NetworkAccuracy { get; init; }

    /// <summary>What the network itself gets right: share of test rows.</summary>
    public double? NetworkTestAccuracy { get; init; }

    /// <summary>The infinitely wide network.</summary>
    public InfiniteMeasures? Infinite { get; init; }

    /// <summary>What training rows add to the prediction of one test row.</summary>
    public KernelInfluence? Influence { get; init; }

    /// <summary>The spread of an ensemble of wide networks.</summary>
    public KernelEnsemble? Ensemble { get; init; }

    /// <summary>Largest difference to the kernel by all derivatives on the checked rows, relative to the largest entry.</summary>
    public double? Difference { get; init; }

    /// <summary>What it took.</summary>
    public required Cost Cost { get; init; }
}

/// <summary>The kernel of one output.</summary>
/// <param name="Output">0-based output.</param>
/// <param name="Trace">Sum of the eigenvalues; null where it is not finite.</param>
/// <param name="Largest">The largest eigenvalue; null where it is not finite.</param>
/// <param name="Alignment">Centered alignment with the labels of that class against all others, or null.</param>
public sealed record KernelOutput(int Output, double? Trace, double? Largest, double? Alignment);

/// <summary>The outputs under the fixed kernel at one time.</summary>
/// <param name="Time">η t; null for the end.</param>
/// <param name="Loss">Mean over rows of ½ ‖f - y‖².</param>
/// <param name="Accuracy">Share of training rows whose largest output is their class.</param>
/// <param name="TestLoss">The same loss of test rows, or null.</param>
/// <param name="TestAccuracy">Share of test rows, or null.</param>
public sealed record KernelMoment(double? Time, double Loss, double Accuracy, double? TestLoss, double? TestAccuracy);

/// <summary>The infinitely wide network of the same architecture.</summary>
/// <param name="Description">Depth and activation, or why there is no closed form.</param>
/// <param name="Spectrum">Eigenvalues of its tangent kernel, or null where there is no closed form.</param>
/// <param name="Distance">1 - cosine of its kernel and the empirical one.</param>
/// <param name="Alignment">Centered alignment with the labels.</param>
/// <param name="End">Kernel regression with it from 0.</param>
public sealed record InfiniteMeasures(string Description, KernelSpectrum? Spectrum, double? Distance, double? Alignment, KernelMoment? End);
