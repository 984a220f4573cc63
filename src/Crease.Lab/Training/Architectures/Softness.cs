using System.Globalization;

namespace Crease.Lab;

/// <summary>Whether the units of a trained network are soft, and where their β comes from.</summary>
/// <param name="Beta">β in (0, 1), at the start where it is learned.</param>
/// <param name="Scope">Which units share a learned β; null for a fixed one.</param>
public sealed record Softness(double Beta, BetaScope? Scope)
{
    /// <summary>Where a learned β starts: SiLU instead of ReLU.</summary>
    private const double Start = 0.5;

    /// <summary>The logit of β.</summary>
    public double Logit => Math.Log(Beta / (1 - Beta));

    /// <summary>Reads the text of <see cref="NetworkOptions.Beta"/>.</summary>
    /// <param name="text">A number in (0, 1), <c>learned</c>, <c>learned:network</c>, <c>learned:layer</c> or <c>learned:unit</c>; null for hard units.</param>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static Softness? Parse(string? text) => text switch
    {
        null => null,
        "learned" or "learned:layer" => new Softness(Start, BetaScope.Layer),
        "learned:network" => new Softness(Start, BetaScope.Network),
        "learned:unit" => new Softness(Start, BetaScope.Unit),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double beta) && beta is > 0 and < 1 => new Softness(beta, null),
        _ => throw new ArgumentException($"'beta' is '{text}'; expected a number in (0, 1), learned:network, learned:layer (or learned) or learned:unit.", nameof(text)),
    };
}
