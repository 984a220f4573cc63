using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>Thresholds of a law on a date: data, because a delegated act may change them. Not legal advice.</summary>
/// <param name="Name">The law.</param>
/// <param name="Date">The day whose text this is.</param>
/// <param name="Source">Where it is written.</param>
/// <param name="Systemic">Cumulative training compute above which a model is presumed to pose systemic risk, in FLOP.</param>
/// <param name="GeneralPurpose">Training compute above which a model that makes language, or images or video from text, is indicatively a general-purpose model, in FLOP.</param>
/// <param name="ModificationParts">Who modifies a model with more than one part in so many of the original compute becomes its provider.</param>
/// <param name="Error">Relative error that an estimate may have.</param>
/// <param name="Dates">What applies from when.</param>
public sealed record ComputeRules(string Name, DateOnly Date, string Source, double Systemic, double GeneralPurpose, double ModificationParts, double Error, ImmutableArray<(DateOnly From, string What)> Dates)
{
    /// <summary>The European Union's AI Act as the Commission's guidelines of 18 July 2025 read it.</summary>
    public static ComputeRules EuropeanUnion2025 { get; } = new(
        "EU AI Act", new DateOnly(2025, 7, 18),
        "Regulation (EU) 2024/1689, Art. 51(2); Commission guidelines on general-purpose AI models of 18 July 2025, paragraph 17 and Annex A",
        1e25, 1e23, 3, 0.3,
        [
            (new DateOnly(2025, 8, 2), "obligations apply"),
            (new DateOnly(2026, 8, 2), "enforcement and fines, up to 3 % of turnover or EUR 15 million"),
            (new DateOnly(2027, 8, 2), "models placed on the market before 2 August 2025 comply"),
        ]);
}
