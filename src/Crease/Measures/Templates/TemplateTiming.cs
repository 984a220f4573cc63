namespace Crease.Measures;

/// <summary>What the benchmark of templates measured for one network.</summary>
/// <param name="Name">The network.</param>
/// <param name="Samples">Number of inputs.</param>
/// <param name="Outputs">Number of templates of each input.</param>
/// <param name="ForwardFlops">Operations of all forward passes (one multiply-add counts 2).</param>
/// <param name="ForwardSeconds">Fastest wall-clock seconds of all forward passes, as blocked matrix products.</param>
/// <param name="Seconds">Fastest wall-clock seconds of all templates and offsets.</param>
/// <param name="Difference">Largest difference of a score between the two.</param>
public sealed record TemplateTiming(string Name, int Samples, int Outputs, double ForwardFlops, double ForwardSeconds, double Seconds, double Difference)
{
    /// <summary>Time of one forward pass per output and input over that of the templates: 1 is a template for the price of a forward pass.</summary>
    public double Ratio => Outputs * ForwardSeconds / Seconds;

    /// <summary>Floating-point operations a second of the forward passes.</summary>
    public double ForwardRate => ForwardFlops / ForwardSeconds;

    /// <summary>The same of the templates, each counted as one forward pass.</summary>
    public double Rate => Outputs * ForwardFlops / Seconds;
}
