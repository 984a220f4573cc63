namespace Crease.Lab;

/// <summary>A number against training steps, read between its samples on a logarithmic axis.</summary>
/// <param name="Steps">Steps, ascending; at least one.</param>
/// <param name="Values">Values at them.</param>
internal sealed record StepCurve(double[] Steps, double[] Values)
{
    /// <summary>Last step.</summary>
    public double LastStep => Steps[^1];

    /// <summary>Value at the last step.</summary>
    public double Last => Values[^1];

    /// <summary>The value at a step, linear in log(step + 1) between samples; the nearest end outside.</summary>
    public double At(double step)
    {
        int after = Array.FindIndex(Steps, at => at >= step);
        if (after <= 0)
            return after < 0 ? Values[^1] : Values[0];
        double low = Math.Log(Steps[after - 1] + 1), high = Math.Log(Steps[after] + 1), share = (Math.Log(step + 1) - low) / (high - low);
        return Values[after - 1] + share * (Values[after] - Values[after - 1]);
    }

    /// <summary>The smallest value in a range of steps and its step; null without samples there.</summary>
    public (double Step, double Value)? Smallest(double from, double to) => Extreme(from, to, (a, b) => a < b);

    /// <summary>The largest value in a range of steps and its step; null without samples there.</summary>
    public (double Step, double Value)? Largest(double from, double to) => Extreme(from, to, (a, b) => a > b);

    /// <summary>The mean of the samples from a step on; null without any.</summary>
    public double? MeanFrom(double step)
    {
        double[] late = [.. Steps.Zip(Values).Where(point => point.First >= step).Select(point => point.Second)];
        return late.Length == 0 ? null : late.Average();
    }

    /// <summary>The first step at which a level is reached, read between samples; null where it is not.</summary>
    public double? Reaches(double level)
    {
        int first = Array.FindIndex(Values, value => value >= level);
        if (first <= 0)
            return first < 0 ? null : Steps[0];
        double share = (level - Values[first - 1]) / (Values[first] - Values[first - 1]), low = Math.Log(Steps[first - 1] + 1), high = Math.Log(Steps[first] + 1);
        return Math.Exp(low + share * (high - low)) - 1;
    }

    private (double Step, double Value)? Extreme(double from, double to, Func<double, double, bool> isBetter)
    {
        (double Step, double Value)? found = null;
        for (int i = 0; i < Steps.Length; i++)
        {
            if (Steps[i] >= from && Steps[i] <= to && (found is null || isBetter(Values[i], found.Value.Value)))
                found = (Steps[i], Values[i]);
        }
        return found;
    }
}
