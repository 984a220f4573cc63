using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Builds the intermediate representation from an ONNX graph, node by node in topological order.</summary>
/// <remarks>Shapes are kept as in the file with the batch axis set to 1; the representation's shapes leave a leading 1 out.</remarks>
internal sealed class GraphReader(OnnxModel model, string name, string? folder)
{
    private readonly NetworkBuilder _builder = new(name);
    private readonly Dictionary<string, Value> _values = [];
    private readonly Dictionary<string, int> _uses = [];
    private readonly Dictionary<string, OnnxNode> _makers = [];

    /// <summary>The fixed batch extent of the file's input, or 1: reshapes to it are reshapes to a batch of 1.</summary>
    public int Batch { get; private set; } = 1;

    public long Opset => model.Opset;

    public Network Network()
    {
        foreach (OnnxNode node in model.Nodes)
        {
            foreach (string output in node.Outputs)
            {
                if (output.Length > 0 && (!_makers.TryAdd(output, node) || model.Initializers.ContainsKey(output)))
                    throw new InvalidDataException($"node '{node.Name}': its output '{output}' is made twice; names must be unique");
            }
            foreach (string input in node.Inputs)
                _uses[input] = _uses.GetValueOrDefault(input) + 1;
        }
        if (model.Outputs.Count == 0)
            throw new InvalidDataException("the graph has no output; expected at least one");
        foreach (OnnxPort input in model.Inputs)
        {
            if (!model.Initializers.ContainsKey(input.Name))
                AddInput(input);
        }
        string output0 = model.Outputs[0].Name;
        foreach (OnnxNode node in Ordered(output0))
            Read(node);
        if (!_values.TryGetValue(output0, out Value? result))
            throw new InvalidDataException($"output '{output0}' is made by no node; expected one of the graph's values");
        if (result.IsConstant)
            throw new InvalidDataException($"output '{output0}' does not depend on the input; expected a network");
        if (model.Outputs.Count > 1)
            _builder.Note($"The file has {model.Outputs.Count} outputs; the first, '{output0}', is used.");
        return _builder.Build(result.Node);
    }

    public Shape ShapeOf(int node) => _builder.ShapeOf(node);

    public bool IsUsedOnce(string value) => _uses.GetValueOrDefault(value) == 1 && model.Outputs.All(output => output.Name != value);

    /// <summary>The only node that takes a value, if there is exactly one.</summary>
    public OnnxNode? OnlyUser(string value) => IsUsedOnce(value) ? model.Nodes.Find(node => node.Inputs.Contains(value)) : null;

    /// <summary>A value by name; initializers are read on first use.</summary>
    public Value? Find(string value)
    {
        if (_values.TryGetValue(value, out Value? known))
            return known;
        if (!model.Initializers.TryGetValue(value, out OnnxTensor? tensor))
            return null;
        return _values[value] = Value.Of(tensor.Constant(folder));
    }

    public int Add(string node, Layer layer, params ReadOnlySpan<int> inputs) => _builder.Add(node, layer, inputs);

    public Constant ConstantOf(OnnxTensor tensor) => tensor.Constant(folder);

    private void Read(OnnxNode node)
    {
        try
        {
            var call = new OpCall(this, node);
            Value[] results = OpCatalog.Read(call);
            for (int i = 0; i < node.Outputs.Count && i < results.Length; i++)
                _values[node.Outputs[i]] = results[i];
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidDataException or OverflowException or NotSupportedException)
        {
            string reason = fault is OverflowException ? "a size is larger than 2^31" : fault.Message;
            throw new InvalidDataException(reason.StartsWith("node '", StringComparison.Ordinal) ? reason : $"node '{node.Name}' ({node.Op}): {reason}", fault);
        }
    }

    private void AddInput(OnnxPort input)
    {
        if (input.Extents is null || input.Extents.Count == 0)
            throw new InvalidDataException($"input '{input.Name}' has no shape; expected one such as [batch, channels, height, width]");
        if (input.ElementType is not (0 or 1 or 10 or 11 or 16))
            throw new InvalidDataException($"input '{input.Name}' has element type {input.ElementType}; expected a floating-point type");
        var extents = new int[input.Extents.Count];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            long extent = input.Extents[axis];
            if (extent < 1 && !(axis == 0 && extents.Length > 1 && extent >= -1))
                throw new InvalidDataException($"input '{input.Name}': axis {axis} has no fixed extent ({(extent == -1 ? $"'{input.Symbols[axis]}'" : extent)}); accepted is a free extent for the batch axis only");
            extents[axis] = extent > Shape.MaxSize ? throw new InvalidDataException($"input '{input.Name}': axis {axis} has extent {extent}; at most {Shape.MaxSize} elements are accepted") : (int)Math.Max(extent, 1);
        }
        if (extents.Length > 1 && extents[0] > 1)
        {
            Batch = extents[0];
            extents[0] = 1;
            _builder.Note($"Input '{input.Name}' has a fixed batch of {Batch}; the network is read for a batch of 1.");
        }
        _values[input.Name] = Value.Of(_builder.Input(input.Name, Value.Stripped(extents)), extents);
    }

    // Depth-first from the output, with an explicit stack: files may nest deeper than any call stack.
    private List<OnnxNode> Ordered(string output)
    {
        var ordered = new List<OnnxNode>();
        var state = new Dictionary<OnnxNode, int>(ReferenceEqualityComparer.Instance);
        var stack = new Stack<OnnxNode>();
        if (_makers.TryGetValue(output, out OnnxNode? last))
            stack.Push(last);
        while (stack.Count > 0)
        {
            OnnxNode node = stack.Peek();
            int next = state.GetValueOrDefault(node);
            if (next > node.Inputs.Count)
            {
                stack.Pop();
                continue;
            }
            state[node] = next + 1;
            if (next == node.Inputs.Count)
            {
                ordered.Add(node);
                state[node] = int.MaxValue;
                stack.Pop();
            }
            else if (_makers.TryGetValue(node.Inputs[next], out OnnxNode? maker))
            {
                int progress = state.GetValueOrDefault(maker);
                if (progress is > 0 and < int.MaxValue)
                    throw new InvalidDataException($"node '{maker.Name}' depends on itself through '{node.Inputs[next]}'; expected a graph without cycles");
                if (progress == 0)
                    stack.Push(maker);
            }
        }
        return ordered;
    }
}
