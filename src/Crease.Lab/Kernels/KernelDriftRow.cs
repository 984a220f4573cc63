using Crease.Measures;

namespace Crease.Lab;

/// <summary>The tangent kernel at one network of a training; null where there is no finite value.</summary>
public sealed record KernelDriftRow
{
    /// <summary>How far training was.</summary>
    public required long Step { get; init; }

    /// <summary>Whether the eigenvalues mean something.</summary>
    public required KernelStatus Status { get; init; }

    /// <summary>‖Θ - Θ_first‖ / ‖Θ_first‖.</summary>
    public double? Drift { get; init; }

    /// <summary>1 - cosine of the kernel and the one of the first network.</summary>
    public double? Distance { get; init; }

    /// <summary>1 - cosine of the kernel and the one before, per step between them; null at the first.</summary>
    public double? Velocity { get; init; }

    /// <summary>Alignment with the labels.</summary>
    public double? Alignment { get; init; }

    /// <summary>Alignment of the centered kernel.</summary>
    public double? CenteredAlignment { get; init; }

    /// <summary>The largest eigenvalue.</summary>
    public double? Largest { get; init; }

    /// <summary>(Σ λ)² / Σ λ².</summary>
    public double? ParticipationRatio { get; init; }

    /// <summary>‖f_lin - f‖ / ‖f - f_first‖ of the network linearized at the first one; see <see cref="LinearizedTraining"/>. Null where it was not asked for.</summary>
    public double? Linearization { get; init; }
}
