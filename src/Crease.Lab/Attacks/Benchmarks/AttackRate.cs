namespace Crease.Lab;

/// <summary>The rate of attack steps on one network beside that of bare forward and backward passes of libtorch on the same network and batch in the same precision, in the same run.</summary>
/// <param name="Name">The network.</param>
/// <param name="Batch">Rows of a batch of libtorch.</param>
/// <param name="Rate64">In float64.</param>
/// <param name="Rate32">In float32.</param>
public sealed record AttackRate(string Name, int Batch, PrecisionRate Rate64, PrecisionRate Rate32)
{
    /// <summary>The least ratio that is accepted.</summary>
    public const double Least = 0.8;
}
