namespace Crease.Measures;

/// <summary>The summary of numbers that come one by one and are not kept.</summary>
/// <remarks>Source: Welford's recurrence for mean and sum of squares, which does not cancel. Cost: constant time and memory per number.</remarks>
public sealed class RunningSummary
{
    private double _mean, _square, _min, _max;

    /// <summary>How many numbers came.</summary>
    public long Count { get; private set; }

    /// <summary>The summary of the numbers so far; all zero for none.</summary>
    public Summary Summary => Count == 0 ? default : new Summary(_mean, Math.Sqrt(_square / Count), _min, _max);

    /// <summary>Takes a number.</summary>
    /// <param name="value">Finite.</param>
    public void Add(double value)
    {
        if (Count++ == 0)
            _min = _max = value;
        double step = value - _mean;
        _mean += step / Count;
        _square += step * (value - _mean);
        (_min, _max) = (Math.Min(_min, value), Math.Max(_max, value));
    }
}
