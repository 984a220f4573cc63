namespace Crease.Measures;

/// <summary>Where the dimension lies, with 95 % as the estimator sees it.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Method">How it was found, for example <c>bootstrap of points</c>.</param>
/// <remarks>It says how much the value scatters, not how far it is off: the bias of an estimator is not in it.</remarks>
public readonly record struct DimensionInterval(double Low, double High, string Method)
{
    /// <summary>Standard deviations on either side of the value that hold 95 % of a normal distribution.</summary>
    internal const double Deviations = 1.959963984540054;

    internal static DimensionInterval Normal(double value, double error, string method) => new(Math.Max(0, value - Deviations * error), value + Deviations * error, method);
}
