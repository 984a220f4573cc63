namespace Crease.Lab;

/// <summary>The functions that the study <c>spline-fit</c> knows, on [-2 π, 2 π].</summary>
internal static class TargetCurve
{
    /// <summary>Half the length of the domain.</summary>
    public const double End = 2 * Math.PI;

    private static readonly (string Name, Func<double, double> Value)[] Curves =
    [
        ("sin", Math.Sin),
        ("chirp", t => Math.Sin(t * t / 4)),
        ("sawtooth", t => 2 * (t / 3 - Math.Floor(t / 3 + 0.5))),
        ("bumps", t => Math.Exp(-4 * (t - 2) * (t - 2)) + 0.5 * Math.Exp(-(t + 3) * (t + 3))),
    ];

    /// <summary>Names of all curves.</summary>
    public static IEnumerable<string> Names => Curves.Select(curve => curve.Name);

    /// <summary>The function of a name.</summary>
    public static Func<double, double> Of(string name) => Curves.Single(curve => curve.Name == name).Value;
}
