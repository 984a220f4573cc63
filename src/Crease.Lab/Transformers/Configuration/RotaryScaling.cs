using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>How rotary frequencies are stretched for contexts longer than those of the training.</summary>
public abstract record RotaryScaling
{
    /// <summary>The scaled frequency.</summary>
    /// <param name="frequency">Angle per position in radians, above 0.</param>
    /// <param name="pair">Index of the two coordinates that turn at it.</param>
    public abstract double Scaled(double frequency, int pair);

    /// <summary>What rotated queries and keys are multiplied by, above 0.</summary>
    public virtual double Magnitude => 1;

    /// <summary>What holds for a text of so many tokens.</summary>
    /// <param name="tokens">Number of tokens, from 1.</param>
    public virtual RotaryScaling For(int tokens) => this;
}

/// <summary>All frequencies are divided by the factor.</summary>
/// <param name="Factor">What frequencies are divided by, at least 1.</param>
public sealed record LinearRotaryScaling(double Factor) : RotaryScaling
{
    /// <inheritdoc/>
    public override double Scaled(double frequency, int pair) => frequency / Factor;
}

/// <summary>Low frequencies are divided by the factor, high ones are kept, those between are blended (Llama 3).</summary>
/// <param name="Factor">What low frequencies are divided by, at least 1.</param>
/// <param name="LowFrequencyFactor">Frequencies of fewer turns than this in the original context are low.</param>
/// <param name="HighFrequencyFactor">Frequencies of more turns than this in the original context are high; above the low factor.</param>
/// <param name="OriginalContext">Tokens of the context that the model was trained with first.</param>
public sealed record Llama3RotaryScaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalContext) : RotaryScaling
{
    /// <inheritdoc/>
    public override double Scaled(double frequency, int pair)
    {
        double turns = OriginalContext * frequency / (2 * Math.PI);
        if (turns > HighFrequencyFactor)
            return frequency;
        if (turns < LowFrequencyFactor)
            return frequency / Factor;
        double blend = (turns - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
        return (1 - blend) * frequency / Factor + blend * frequency;
    }
}

/// <summary>Each frequency is divided by a factor of its own, as GGUF files of Llama 3 keep them.</summary>
/// <param name="Factors">What the frequency of each pair is divided by, above 0. Shape [Width / 2].</param>
/// <param name="Strength">What rotated queries and keys are multiplied by, above 0.</param>
public sealed record TableRotaryScaling(ImmutableArray<double> Factors, double Strength = 1) : RotaryScaling
{
    /// <inheritdoc/>
    public override double Magnitude => Strength;

    /// <inheritdoc/>
    public override double Scaled(double frequency, int pair) => frequency / Factors[pair];
}
