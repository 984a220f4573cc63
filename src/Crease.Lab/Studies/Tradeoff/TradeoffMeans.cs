namespace Crease.Lab;

/// <summary>Means over seeds of the networks of one factor and value.</summary>
/// <param name="Factor">What is varied.</param>
/// <param name="Value">Its value; 0 for the plain network.</param>
/// <param name="Points">The networks.</param>
internal sealed record TradeoffMeans(string Factor, double Value, IReadOnlyList<TradeoffPoint> Points)
{
    /// <summary>The values of a factor, ascending, the plain networks first.</summary>
    public static IReadOnlyList<TradeoffMeans> Of(string factor, IEnumerable<TradeoffPoint> points) =>
        [.. points.Where(point => point.Factor == factor || point.Factor == TradeoffPlan.Plain).GroupBy(point => point.Value).OrderBy(group => group.Key).Select(group => new TradeoffMeans(factor, group.Key, [.. group]))];

    /// <summary>A mean.</summary>
    public double Mean(Func<TradeoffPoint, double> value) => Points.Average(value);

    /// <summary>Standard error of a mean; NaN of one network.</summary>
    public double Error(Func<TradeoffPoint, double> value) => StandardError.Of([.. Points.Select(value)]);
}
