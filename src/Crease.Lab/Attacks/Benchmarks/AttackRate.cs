namespace Crease.Lab;

/// <summary>The rate of attack steps on one network beside that of bare forward and backward passes of libtorch on the same network and batch in the same precision, in the same run.</summary>
/// <param name="Name">The network.</param>
/// <param name="Batch">Rows of a batch of libtorch.</param>
/// <param name="Double">In float64.</param>
/// <param name="Single">In float32.</param>
public sealed record AttackRate(string Name, int Batch, PrecisionRate Double, PrecisionRate Single)
{
    /// <summary>The least ratio that is accepted.</summary>
    public const double Least = 0.8;
}

/// <summary>Both times in one precision.</summary>
/// <param name="Seconds">Processor seconds of one attack step of one row, by block.</param>
/// <param name="TheirSeconds">The same of a forward and backward pass of libtorch.</param>
/// <param name="Difference">Largest difference of both gradients, as a share of the largest entry.</param>
public sealed record PrecisionRate(IReadOnlyList<double> Seconds, IReadOnlyList<double> TheirSeconds, double Difference)
{
    /// <summary>Attack steps per pass of libtorch, the median over pairs of neighboring blocks.</summary>
    public double Ratio
    {
        get
        {
            double[] ratios = [.. TheirSeconds.Zip(Seconds, (their, own) => their / own).Order()];
            return ratios[ratios.Length / 2];
        }
    }

    /// <summary>Attack steps of a row per processor second, in the fastest block.</summary>
    public double StepsPerSecond => 1 / Seconds.Min();

    /// <summary>Passes of libtorch per processor second, in its fastest block.</summary>
    public double TheirPassesPerSecond => 1 / TheirSeconds.Min();
}
