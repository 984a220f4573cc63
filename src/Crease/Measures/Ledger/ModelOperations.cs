using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>Parameters and operations of a model, part by part.</summary>
/// <param name="Layers">All parts, in order.</param>
public sealed record ModelOperations(ImmutableArray<LayerOperations> Layers)
{
    /// <summary>Trained numbers.</summary>
    public Int128 Parameters { get; } = Layers.Aggregate(Int128.Zero, (sum, layer) => sum + layer.Parameters);

    /// <summary>One forward pass.</summary>
    public OperationCount Forward { get; } = Layers.Aggregate(default(OperationCount), (sum, layer) => sum + layer.Forward);

    /// <summary>One backward pass: twice the products of the forward pass, but for parts that see the input itself, whose gradient nobody needs.</summary>
    public OperationCount Backward { get; } = Layers.Aggregate(default(OperationCount), (sum, layer) => sum + layer.Backward);

    /// <summary>A forward and a backward pass.</summary>
    public OperationCount Training => Forward + Backward;

    /// <summary>Parts whose operations no rule counts: they are missing from the sums.</summary>
    public IEnumerable<LayerOperations> Uncounted => Layers.Where(layer => !layer.IsCounted);
}
