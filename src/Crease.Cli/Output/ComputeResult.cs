using Crease.Measures;

namespace Crease.Cli.Output;

/// <summary>What <c>crease compute</c> found.</summary>
/// <param name="Name">Name of the model, or null for a ledger alone.</param>
/// <param name="Convention">What one pass is, and how attention is counted.</param>
/// <param name="Pass">Operations of one pass, or null.</param>
/// <param name="Token">Operations of writing one more token, or null.</param>
/// <param name="Methods">Training compute of the model by each method that was asked for; the first is the one in the ledger.</param>
/// <param name="Ledger">All rows.</param>
/// <param name="Checks">The sum beside each threshold, with its name.</param>
internal sealed record ComputeResult(
    string? Name, string Convention, ModelOperations? Pass, OperationCount? Token, IReadOnlyList<TrainingEstimate> Methods, ComputeLedger Ledger, IReadOnlyList<NamedCheck> Checks)
{
    public const string Disclaimer = "not legal advice";

    public static ComputeRules Rules => ComputeRules.EuropeanUnion2025;

    /// <summary>Whether the methods differ by more than their error.</summary>
    public bool Disagrees => TrainingEstimate.Spread(Methods) > TrainingEstimate.Disagreement;
}
