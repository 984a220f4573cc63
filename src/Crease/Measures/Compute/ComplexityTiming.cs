namespace Crease.Measures;

/// <summary>What the benchmark of local complexity measured.</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="Total">Mean and standard error of the total.</param>
/// <param name="Seconds">Fastest wall-clock seconds, preparation included.</param>
/// <param name="NaiveSeconds">Wall-clock seconds of 2P forward passes per sample, one by one, on as many threads.</param>
/// <param name="NaiveCount">Sign changes that the forward passes found, over all samples.</param>
/// <param name="Count">Sign changes found, over all samples.</param>
/// <param name="Flops">Operations of all forward passes (one multiply-add counts 2).</param>
public sealed record ComplexityTiming(int Samples, SampleMean Total, double Seconds, double NaiveSeconds, long NaiveCount, long Count, double Flops)
{
    /// <summary>How many times faster than one by one.</summary>
    public double Ratio => NaiveSeconds / Seconds;
}
