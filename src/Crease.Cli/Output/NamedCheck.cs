using Crease.Measures;

namespace Crease.Cli.Output;

/// <summary>A threshold with what exceeding it means.</summary>
/// <param name="Name">What it is the threshold of.</param>
/// <param name="Check">The comparison.</param>
/// <param name="Condition">What else must hold, or null.</param>
/// <param name="Days">Days until a training that goes on reaches it, or null.</param>
internal sealed record NamedCheck(string Name, ThresholdCheck Check, string? Condition, double? Days)
{
    /// <summary>The verdict in plain words.</summary>
    public string Sentence => FormattableString.Invariant($"{ScientificText.TwoFigures(Check.Flop)} FLOP is {(Check.IsAbove ? "above" : "not above")} {ScientificText.TwoFigures(Check.Threshold)}; with an error of ±{Check.Error:P0} it is ") + Check.Verdict switch
    {
        ThresholdVerdict.Above => "above all the same",
        ThresholdVerdict.Below => "not above either",
        _ => "open: the threshold lies within the band",
    };
}
