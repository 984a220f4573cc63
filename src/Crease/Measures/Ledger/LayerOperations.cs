using Crease.Networks;

namespace Crease.Measures;

/// <summary>What one layer costs.</summary>
/// <param name="Name">Name of the node, or of the part of a model.</param>
/// <param name="Kind">The field's noun for the operation.</param>
/// <param name="Shape">Shape of the output without the batch axis, or null where the part has none of its own.</param>
/// <param name="Calls">How often it runs in one pass.</param>
/// <param name="Parameters">Trained numbers, all calls together: shared ones count once.</param>
/// <param name="Forward">Operations of all its calls in one forward pass.</param>
/// <param name="Backward">Operations of the gradients by its weights and by its inputs.</param>
/// <param name="IsCounted">False where no rule says what the operation costs; its counts are zero and it is listed.</param>
public sealed record LayerOperations(string Name, string Kind, Shape? Shape, int Calls, Int128 Parameters, OperationCount Forward, OperationCount Backward, bool IsCounted = true);
