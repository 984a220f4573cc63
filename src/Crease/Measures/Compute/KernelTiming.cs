namespace Crease.Measures;

/// <summary>What the benchmark of tangent kernels measured.</summary>
/// <param name="Rows">Left inputs.</param>
/// <param name="Columns">Right inputs.</param>
/// <param name="Seconds">Fastest wall-clock seconds of the kernel, features included.</param>
/// <param name="ProcessorSeconds">Fewest processor seconds of the kernel, over all threads: other jobs of the machine count less than in wall-clock seconds.</param>
/// <param name="Flops">Operations of its matrix products: forward passes, pulls, inner products (one multiply-add counts 2).</param>
/// <param name="GramFlops">Operations of the inner products alone.</param>
/// <param name="Rate">Operations per processor second of one long inner-product kernel of the same shape on as many threads, in the same run.</param>
/// <param name="ContractionSeconds">Wall-clock seconds of the kernel by derivatives, scaled from a smaller number of inputs.</param>
/// <param name="Difference">Largest difference of both ways on those inputs, relative to the largest entry.</param>
public sealed record KernelTiming(int Rows, int Columns, double Seconds, double ProcessorSeconds, double Flops, double GramFlops, double Rate, double ContractionSeconds, double Difference)
{
    /// <summary>Processor seconds that the matrix products take at the measured rate.</summary>
    public double BoundSeconds => Flops / Rate;

    /// <summary>Processor seconds over the bound, at least about 1.</summary>
    public double Ratio => ProcessorSeconds / BoundSeconds;

    /// <summary>Processor seconds over the time of the inner products alone at the measured rate.</summary>
    public double GramRatio => ProcessorSeconds * Rate / GramFlops;
}
