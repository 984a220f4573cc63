namespace Crease.Lab;

/// <summary>The rate of attack steps on one network beside that of bare forward and backward passes of libtorch on the same network and batch, in the same run.</summary>
/// <param name="Name">The network.</param>
/// <param name="Batch">Rows of a batch of libtorch.</param>
/// <param name="Seconds">Processor seconds of one attack step of one row, by block.</param>
/// <param name="Seconds64">The same of a forward and backward pass of libtorch in float64.</param>
/// <param name="Seconds32">The same in float32.</param>
/// <param name="Difference">Largest difference of both gradients in float64, as a share of the largest entry.</param>
public sealed record AttackRate(string Name, int Batch, IReadOnlyList<double> Seconds, IReadOnlyList<double> Seconds64, IReadOnlyList<double> Seconds32, double Difference)
{
    /// <summary>The least ratio that is accepted in float64, in which attacks run.</summary>
    public const double Least = 0.8;

    /// <summary>Attack steps per pass of libtorch in float64, the median over pairs of neighboring blocks.</summary>
    public double Ratio64 => Median(Seconds64);

    /// <summary>The same against float32.</summary>
    public double Ratio32 => Median(Seconds32);

    /// <summary>Attack steps of a row per processor second, in the fastest block.</summary>
    public double StepsPerSecond => 1 / Seconds.Min();

    private double Median(IReadOnlyList<double> theirs)
    {
        double[] ratios = [.. theirs.Zip(Seconds, (their, own) => their / own).Order()];
        return ratios[ratios.Length / 2];
    }
}
