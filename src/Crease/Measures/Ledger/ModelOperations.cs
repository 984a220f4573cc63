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

    /// <summary>The same operations with one row per kind or per module; parts that no rule counts stay rows of their own.</summary>
    /// <param name="grouping">What a row stands for.</param>
    /// <returns>Groups in the order of their first parts, with the same sums. The kind of a group says how many layers it holds, or names the kind of its only one.</returns>
    public ModelOperations By(OperationGrouping grouping)
    {
        if (grouping == OperationGrouping.Layer)
            return this;
        return new ModelOperations([.. Layers.Select((layer, place) => (Layer: layer, Place: layer.IsCounted ? -1 : place))
            .GroupBy(each => (each.Place, Name: each.Place >= 0 ? each.Layer.Name : grouping == OperationGrouping.Operator ? each.Layer.Kind : Module(each.Layer.Name)), each => each.Layer)
            .Select(group => Sum(group.Key.Name, new ModelOperations([.. group])))]);
    }

    private static string Module(string name) => name.LastIndexOfAny(['.', '/']) is > 0 and int end ? name[..end] : name;

    private static LayerOperations Sum(string name, ModelOperations group) => new(
        name, group.Layers.Length == 1 ? group.Layers[0].Kind : $"{group.Layers.Length} layers", null, group.Layers.Sum(layer => layer.Calls), group.Parameters, group.Forward, group.Backward, group.Layers[0].IsCounted);
}
