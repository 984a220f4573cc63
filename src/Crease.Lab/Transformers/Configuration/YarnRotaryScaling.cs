namespace Crease.Lab;

/// <summary>High frequencies are kept, low ones divided by the factor, with a linear ramp over the pairs between (YaRN).</summary>
/// <remarks>Source: Peng et al. (<c>peng2024yarn</c>), section 3.2; the bounds of the ramp are whole pairs, as in the models' own library.</remarks>
/// <param name="Factor">What low frequencies are divided by, at least 1.</param>
/// <param name="FirstPair">The pair at which the ramp begins.</param>
/// <param name="LastPair">The pair at which it ends, at least the first.</param>
/// <param name="Strength">What rotated queries and keys are multiplied by, above 0.</param>
public sealed record YarnRotaryScaling(double Factor, double FirstPair, double LastPair, double Strength) : RotaryScaling
{
    /// <summary>Turns from which a frequency is kept, and below which it is divided by the whole factor, where a configuration names none.</summary>
    public const double UsualFastTurns = 32, UsualSlowTurns = 1;

    // A ramp must have a length.
    private const double Shortest = 0.001;

    /// <inheritdoc/>
    public override double Magnitude => Strength;

    /// <summary>The strength where a configuration names none: 1 + 0.1 ln s for a factor s.</summary>
    /// <param name="factor">The factor, at least 1.</param>
    /// <param name="share">What the logarithm is multiplied by beside 0.1.</param>
    public static double UsualStrength(double factor, double share = 1) => factor <= 1 ? 1 : 0.1 * share * Math.Log(factor) + 1;

    /// <summary>The ramp between the pairs that turn fast and those that turn slowly within the first training's context.</summary>
    /// <param name="factor">What low frequencies are divided by.</param>
    /// <param name="root">Base of the wavelengths.</param>
    /// <param name="width">Number of coordinates that are rotated.</param>
    /// <param name="originalContext">Tokens of the first training's context.</param>
    /// <param name="fastTurns">Turns from which a frequency is kept.</param>
    /// <param name="slowTurns">Turns below which it is divided by the whole factor.</param>
    /// <param name="isWhole">Whether the ramp is widened to whole pairs.</param>
    /// <param name="strength">What rotated queries and keys are multiplied by.</param>
    public static YarnRotaryScaling Of(double factor, double root, int width, double originalContext, double fastTurns, double slowTurns, bool isWhole, double strength)
    {
        double first = Pair(fastTurns, width, root, originalContext), last = Pair(slowTurns, width, root, originalContext);
        return new YarnRotaryScaling(factor, Math.Max(0, isWhole ? Math.Floor(first) : first), Math.Min(width - 1, isWhole ? Math.Ceiling(last) : last), strength);
    }

    // The pair whose coordinates turn so many times within the context; not a whole number.
    private static double Pair(double turns, int width, double root, double originalContext) => width * Math.Log(originalContext / (turns * 2 * Math.PI)) / (2 * Math.Log(root));

    /// <inheritdoc/>
    public override double Scaled(double frequency, int pair)
    {
        double last = LastPair == FirstPair ? LastPair + Shortest : LastPair, ramp = Math.Clamp((pair - FirstPair) / (last - FirstPair), 0, 1);
        return frequency / Factor * ramp + frequency * (1 - ramp);
    }
}
