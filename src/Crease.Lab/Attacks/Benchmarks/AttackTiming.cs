namespace Crease.Lab;

/// <summary>What the benchmark of attacks measured.</summary>
/// <param name="Rows">Number of inputs.</param>
/// <param name="Gradients">Gradient evaluations of all of them.</param>
/// <param name="Seconds">Fastest wall-clock seconds.</param>
/// <param name="Rate">Operations per second of forward passes and pulls (one multiply-add counts 2).</param>
/// <param name="SlowRate">The same row by row, layer by layer, on as many threads.</param>
/// <param name="Difference">Largest difference between the points of both ways, as a share of ε.</param>
public sealed record AttackTiming(int Rows, long Gradients, double Seconds, double Rate, double SlowRate, double Difference)
{
    /// <summary>How many times faster than row by row.</summary>
    public double Ratio => Rate / SlowRate;
}
