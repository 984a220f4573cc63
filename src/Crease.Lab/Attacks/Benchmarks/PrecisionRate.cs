namespace Crease.Lab;

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
