namespace Crease.Lab;

/// <summary>The learning rate of every step in closed form, so that no schedule has a state to save.</summary>
/// <remarks>
/// Notation: η the largest rate, t the 0-based step, T all steps. Step: η γ^⌊t / s⌋. Cosine: f + (η - f)(1 + cos(π t / T)) / 2. One cycle: cosine from η/25
/// to η at 0.3 T - 1, then cosine to η/250,000 at T - 1 (torch.optim.lr_scheduler.OneCycleLR with its defaults; <c>smith2019super</c>). Warmup multiplies by
/// min(1, (t + 1) / w).
/// </remarks>
public sealed class LearningRateSchedule
{
    private const double OneCycleRise = 0.3, OneCycleStart = 25, OneCycleEnd = 1e4;

    private readonly ScheduleOptions _options;
    private readonly double _rate;
    private readonly long _steps;

    /// <summary>Makes a schedule.</summary>
    /// <param name="options">The curve.</param>
    /// <param name="rate">Largest rate, more than 0.</param>
    /// <param name="steps">All steps, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public LearningRateSchedule(ScheduleOptions options, double rate, long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        if (!(rate > 0 && double.IsFinite(rate)))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, $"'rate' is {rate}; expected a finite number above 0.");
        if (options.Warmup < 0 || options.StepLength < 1 || options.StepFactor is not (> 0 and <= 1) || options.CosineFloor is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), $"The schedule is {options}; expected a warmup of at least 0, a step of at least 1, its factor in (0, 1] and a floor in [0, 1].");
        (_options, _rate, _steps) = (options, rate, steps);
    }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">0-based step.</param>
    public double RateAt(long step) => Curve(step) * (step + 1 < _options.Warmup ? (step + 1.0) / _options.Warmup : 1);

    private double Curve(long step) => _options.Kind switch
    {
        ScheduleKind.Step => _rate * Math.Pow(_options.StepFactor, step / _options.StepLength),
        ScheduleKind.Cosine => Between(_rate, _rate * _options.CosineFloor, (double)step / _steps),
        ScheduleKind.OneCycle => OneCycle(step),
        _ => _rate,
    };

    private double OneCycle(long step)
    {
        double peak = OneCycleRise * _steps - 1, low = _rate / OneCycleStart;
        return step <= peak || peak >= _steps - 1
            ? Between(low, _rate, peak > 0 ? Math.Min(1, step / peak) : 1)
            : Between(_rate, low / OneCycleEnd, (step - peak) / (_steps - 1 - peak));
    }

    private static double Between(double from, double to, double share) => to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));
}
