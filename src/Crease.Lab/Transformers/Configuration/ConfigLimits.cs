using Crease.Models;

namespace Crease.Lab;

/// <summary>What a configuration must fulfill before any tensor is looked for.</summary>
internal static class ConfigLimits
{
    private const int MostLayers = 1 << 12, WidestVector = 1 << 20, LargestVocabulary = 1 << 24, LongestContext = 1 << 28;

    /// <exception cref="ModelException">A number is out of its range or does not fit another; the message is one line.</exception>
    public static LanguageModelConfig Checked(this LanguageModelConfig config, string file)
    {
        void Require(bool holds, string found, string expected)
        {
            if (!holds)
                throw new ModelException(file, $"{found}; expected {expected}");
        }
        void Range(string name, int value, int most) => Require(value >= 1 && value <= most, $"{name} is {value}", $"1 to {most}");
        Range("the number of layers", config.Layers, MostLayers);
        Range("the width", config.Width, WidestVector);
        Range("the number of heads", config.Heads, WidestVector);
        Range("the width of a head", config.HeadWidth, WidestVector);
        Range("the width of the perceptron", config.MlpWidth, WidestVector);
        Range("the vocabulary", config.Vocabulary, LargestVocabulary);
        Range("the context", config.Context, LongestContext);
        Require(config.KeyValueHeads >= 1 && config.Heads % config.KeyValueHeads == 0, $"there are {config.KeyValueHeads} key/value heads for {config.Heads} heads", "a divisor of the heads");
        Require((long)config.Heads * config.HeadWidth <= WidestVector, $"{config.Heads} heads have width {config.HeadWidth}", $"at most {WidestVector} in all");
        Require(double.IsFinite(config.NormEpsilon) && config.NormEpsilon >= 0, $"the norm's epsilon is {config.NormEpsilon}", "a number from 0");
        Require(config.SlidingWindow is null or >= 1, $"the sliding window is {config.SlidingWindow}", "at least 1");
        Require(config.AttentionSoftCap is null or > 0 && config.LogitSoftCap is null or > 0, "a soft cap is not above 0", "a positive number");
        if (config.Rotary is RotaryPositions rotary)
        {
            Require(rotary.Width >= 2 && rotary.Width % 2 == 0 && rotary.Width <= config.HeadWidth, $"{rotary.Width} coordinates are rotated", $"an even number up to the head's width {config.HeadWidth}");
            Require(double.IsFinite(rotary.Base) && rotary.Base > 0, $"the rotary base is {rotary.Base}", "a positive number");
            double factor = rotary.Scaling switch { LinearRotaryScaling linear => linear.Factor, Llama3RotaryScaling parts => parts.Factor, YarnRotaryScaling yarn => yarn.Factor, _ => 1 };
            Require(factor >= 1 && double.IsFinite(factor), $"the rotary scaling's factor is {factor}", "a number from 1");
            if (rotary.Scaling is LongRotaryScaling tables)
            {
                Require(tables.OriginalContext is >= 2 and <= LongestContext, $"the rotary scaling's original context is {tables.OriginalContext}", $"2 to {LongestContext}");
                Require(tables.ShortFactors.Length == rotary.Width / 2 && tables.LongFactors.Length == rotary.Width / 2, $"the rotary scaling has {tables.ShortFactors.Length} factors for short texts and {tables.LongFactors.Length} for long ones", $"{rotary.Width / 2} of each");
                Require(tables.ShortFactors.Concat(tables.LongFactors).All(value => value > 0 && double.IsFinite(value)), "a factor of the rotary scaling is not above 0", "positive numbers");
            }
            double strength = rotary.Scaling?.Magnitude ?? 1;
            Require(strength > 0 && double.IsFinite(strength), $"the rotary scaling's attention factor is {strength}", "a positive number");
            if (rotary.Scaling is YarnRotaryScaling ramp)
                Require(double.IsFinite(ramp.FirstPair) && double.IsFinite(ramp.LastPair) && ramp.LastPair >= ramp.FirstPair, $"the rotary scaling's ramp is from pair {ramp.FirstPair} to {ramp.LastPair}", "an original context from 1 and beta_fast above beta_slow above 0");
            if (rotary.Scaling is Llama3RotaryScaling llama)
                Require(llama.LowFrequencyFactor > 0 && llama.HighFrequencyFactor > llama.LowFrequencyFactor && llama.OriginalContext >= 1, $"the rotary scaling has factors {llama.LowFrequencyFactor} and {llama.HighFrequencyFactor} for context {llama.OriginalContext}", "0 < low < high and a context from 1");
        }
        return config;
    }
}
