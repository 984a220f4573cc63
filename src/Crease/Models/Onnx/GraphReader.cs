using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Builds the intermediate representation from an ONNX graph, node by node in topological order.</summary>
/// <remarks>Shapes are kept as in the file with the batch axis set to 1; the representation's shapes leave a leading 1 out.</remarks>
internal sealed class GraphReader(OnnxModel model, string name, Allowance allowance)
{
    private readonly NetworkBuilder _builder = new(name);
    private readonly GraphOrder _order = new(model);
    private readonly Dictionary<string, Value> _values = [];

    /// <summary>The fixed batch extent of the file's input, or 1: reshapes to it are reshapes to a batch of 1.</summary>
    public int Batch { get; private set; } = 1;

    /// <summary>Whether the network's inputs have a leading axis for the batch.</summary>
    public bool HasBatchAxis { get; private set; }

    public long Opset => model.Opset;

    public Network Network()
    {
        if (model.Outputs.Count == 0)
            throw new InvalidDataException("the graph has no output; expected at least one");
        string output = model.Outputs[0].Name;
        List<OnnxNode> nodes = _order.Before(output);
        HashSet<string> used = [output, .. nodes.SelectMany(node => node.Inputs)];
        foreach (OnnxPort input in model.Inputs)
            Enter(input, used);
        foreach (OnnxNode node in nodes)
            Read(node);
        Value result = Find(output) ?? throw new InvalidDataException($"output '{output}' is made by no node; expected one of the graph's values");
        if (result.IsConstant)
            throw new InvalidDataException($"output '{output}' does not depend on the input; expected a network");
        if (model.Outputs.Count > 1)
            _builder.Note($"The file has {model.Outputs.Count} outputs; the first, '{output}', is used.");
        return _builder.Build(result.Node);
    }

    public Shape ShapeOf(int node) => _builder.ShapeOf(node);

    /// <summary>The only node that takes a value, if there is exactly one and the value is no output.</summary>
    public OnnxNode? OnlyUser(string value) => _order.OnlyUser(value);

    /// <summary>All nodes that take a value.</summary>
    public IReadOnlyList<OnnxNode> Users(string value) => _order.Users(value);

    /// <summary>A value by name; initializers are read on first use.</summary>
    public Value? Find(string value)
    {
        if (_values.TryGetValue(value, out Value? known))
            return known;
        if (!model.Initializers.TryGetValue(value, out OnnxTensor? tensor))
            return null;
        return _values[value] = Value.Of(tensor.Constant(allowance));
    }

    public int Add(string node, Layer layer, params ReadOnlySpan<int> inputs) => _builder.Add(node, layer, inputs);

    public Constant ConstantOf(OnnxTensor tensor) => tensor.Constant(allowance);

    public void Spend(long elements) => allowance.Spend(elements);

    private void Read(OnnxNode node)
    {
        try
        {
            var call = new OpCall(this, node);
            Value[] results = node.Fused is null ? OpCatalog.Read(call) : [call.Input(node.Inputs.IndexOf(node.Fused))];
            for (int i = 0; i < node.Outputs.Count && i < results.Length; i++)
                _values[node.Outputs[i]] = results[i];
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidDataException or OverflowException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            string reason = fault is OverflowException ? "a size is larger than 2^31" : Model.Reason(fault);
            throw new InvalidDataException(reason.StartsWith("node '", StringComparison.Ordinal) ? reason : $"node '{node.Name}' ({node.Op}): {reason}", fault);
        }
    }

    private void Enter(OnnxPort input, HashSet<string> used)
    {
        // Older files list their initializers among the inputs.
        if (model.Initializers.ContainsKey(input.Name))
            return;
        if (!used.Contains(input.Name))
        {
            _builder.Note($"Input '{input.Name}' is left out: the output does not depend on it.");
            return;
        }
        int[] extents = input.Shape();
        if (extents.Length > 1)
        {
            HasBatchAxis = true;
            if (extents[0] > 1)
            {
                Batch = extents[0];
                _builder.Note($"Input '{input.Name}' has a fixed batch of {Batch}; the network is read for a batch of 1.");
            }
            extents[0] = 1;
        }
        if (!_values.TryAdd(input.Name, Value.Of(_builder.Input(input.Name, Value.Stripped(extents)), extents)))
            throw new InvalidDataException($"input '{input.Name}' occurs twice; names must be unique");
    }
}
