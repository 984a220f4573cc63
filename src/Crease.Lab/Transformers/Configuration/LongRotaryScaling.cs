using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>One table of factors for texts within the first training's context, another for longer ones (LongRoPE, Phi 3).</summary>
/// <remarks>
/// The whole text decides, so that its tokens are turned alike; a key that a cache holds stays as it was turned, as in the models' own library. Prefixes that are
/// measured within a longer text are turned as the whole is. Source: Ding et al. (<c>ding2024longrope</c>).
/// </remarks>
/// <param name="ShortFactors">What the frequency of each pair is divided by in short texts, above 0. Shape [Width / 2].</param>
/// <param name="LongFactors">The same in longer ones.</param>
/// <param name="OriginalContext">The most tokens of a short text, from 1.</param>
/// <param name="Strength">What rotated queries and keys are multiplied by in both, above 0.</param>
public sealed record LongRotaryScaling(ImmutableArray<double> ShortFactors, ImmutableArray<double> LongFactors, int OriginalContext, double Strength) : RotaryScaling
{
    private readonly TableRotaryScaling _short = new(ShortFactors, Strength), _long = new(LongFactors, Strength);

    /// <inheritdoc/>
    public override double Magnitude => Strength;

    /// <summary>The strength where a configuration names none: √(1 + ln s / ln c) for a context of s times the c tokens of the first training.</summary>
    /// <param name="context">Tokens of the longest text.</param>
    /// <param name="originalContext">Tokens of the first training's context, above 1.</param>
    public static double UsualStrength(double context, double originalContext) =>
        context <= originalContext ? 1 : Math.Sqrt(1 + Math.Log(context / originalContext) / Math.Log(originalContext));

    /// <inheritdoc/>
    public override double Scaled(double frequency, int pair) => _short.Scaled(frequency, pair);

    /// <inheritdoc/>
    public override RotaryScaling For(int tokens) => tokens > OriginalContext ? _long : _short;
}
