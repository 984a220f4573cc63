namespace Crease.Measures;

/// <summary>One row of a ledger.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Kind">What it counts as.</param>
/// <param name="Estimate">Its compute.</param>
/// <param name="Evidence">Where the number comes from: a log, an invoice, a paper; may be empty, and then it is said.</param>
public sealed record LedgerItem(string Name, LedgerItemKind Kind, TrainingEstimate Estimate, string Evidence);
