using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>All compute that went into a model, with what counts and what does not. Not legal advice.</summary>
/// <param name="Items">All rows, those that do not count included.</param>
public sealed record ComputeLedger(ImmutableArray<LedgerItem> Items)
{
    /// <summary>Rows that count toward cumulative training compute.</summary>
    public IEnumerable<LedgerItem> Included => Items.Where(item => IsIncluded(item.Kind));

    /// <summary>Rows that do not.</summary>
    public IEnumerable<LedgerItem> Excluded => Items.Where(item => !IsIncluded(item.Kind));

    /// <summary>Cumulative training compute in FLOP.</summary>
    public double Cumulative => Included.Sum(item => item.Estimate.Flop);

    /// <summary>The part of it that updated parameters directly, which is what the test of a general-purpose model counts.</summary>
    public double Direct => Items.Where(item => IsDirect(item.Kind)).Sum(item => item.Estimate.Flop);

    /// <summary>Whether a kind counts toward cumulative training compute (guidelines of 18 July 2025, Annex A.1).</summary>
    public static bool IsIncluded(LedgerItemKind kind) => IsDirect(kind) || kind is LedgerItemKind.SyntheticData or LedgerItemKind.InitialWeights;

    /// <summary>Whether a kind updates parameters directly.</summary>
    public static bool IsDirect(LedgerItemKind kind) => kind is LedgerItemKind.PreTraining or LedgerItemKind.FineTuning;
}
