using Crease.Measures;

namespace Crease.Cli;

/// <summary>What a call of <c>crease compute</c> asks for.</summary>
/// <param name="Model">The model, or null for a ledger alone.</param>
/// <param name="Batch">Inputs, or texts, per pass.</param>
/// <param name="Tokens">Tokens of a text.</param>
/// <param name="IsCausal">Whether attention counts half of the pairs.</param>
/// <param name="TrainedTokens">Tokens of the training, or null.</param>
/// <param name="Examples">Inputs of the training, repeats included, or null.</param>
/// <param name="Hardware">Periods of hardware.</param>
/// <param name="Ledger">More rows.</param>
/// <param name="Original">Compute of the model that was modified, or null.</param>
/// <param name="IsModified">Whether the rows modify another model.</param>
/// <param name="PerDay">FLOP per day of a training that goes on, or null.</param>
/// <param name="Error">Relative error of the sum.</param>
/// <param name="Grouping">What a row of the model's operations stands for.</param>
/// <param name="Files">Where the result is saved.</param>
internal sealed record ComputeCall(
    string? Model, long Batch, long Tokens, bool IsCausal, double? TrainedTokens, double? Examples, IReadOnlyList<HardwarePeriod> Hardware,
    IReadOnlyList<LedgerItem> Ledger, double? Original, bool IsModified, double? PerDay, double Error, OperationGrouping Grouping, string[] Files);
