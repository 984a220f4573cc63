using System.Collections.Immutable;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>Collects layers into a <see cref="Network"/>; each added node may use only nodes added before it.</summary>
/// <param name="name">Name of the network.</param>
public sealed class NetworkBuilder(string name)
{
    private readonly List<Node> _nodes = [];
    private readonly List<int> _inputs = [];
    private readonly List<string> _notes = [];

    /// <summary>Adds a network input.</summary>
    /// <param name="inputName">Name of the input.</param>
    /// <param name="shape">Shape without the batch axis.</param>
    /// <returns>Index of the new node.</returns>
    public int Input(string inputName, Shape shape)
    {
        int index = Append(inputName, new InputLayer(shape), []);
        _inputs.Add(index);
        return index;
    }

    /// <summary>Adds a layer.</summary>
    /// <param name="layer">The layer; its input shapes must equal those of <paramref name="inputs"/>.</param>
    /// <param name="inputs">Indices of earlier nodes.</param>
    /// <returns>Index of the new node.</returns>
    /// <exception cref="ArgumentException">An input does not exist, or a shape does not fit.</exception>
    public int Add(Layer layer, params ReadOnlySpan<int> inputs) => Add($"{layer.Kind} {_nodes.Count}", layer, inputs);

    /// <summary>Adds a named layer.</summary>
    /// <param name="nodeName">Name of the node.</param>
    /// <param name="layer">The layer; its input shapes must equal those of <paramref name="inputs"/>.</param>
    /// <param name="inputs">Indices of earlier nodes.</param>
    /// <returns>Index of the new node.</returns>
    /// <exception cref="ArgumentException">An input does not exist, or a shape does not fit.</exception>
    public int Add(string nodeName, Layer layer, params ReadOnlySpan<int> inputs)
    {
        if (inputs.Length != layer.InputShapes.Length)
            throw new ArgumentException($"node '{nodeName}' has {inputs.Length} inputs; {layer.Kind} takes {layer.InputShapes.Length}.", nameof(inputs));
        for (int i = 0; i < inputs.Length; i++)
        {
            if ((uint)inputs[i] >= (uint)_nodes.Count)
                throw new ArgumentException($"node '{nodeName}' takes its input {i} from node {inputs[i]}; nodes 0 to {_nodes.Count - 1} exist.", nameof(inputs));
            Shape found = _nodes[inputs[i]].Shape;
            if (found != layer.InputShapes[i])
                throw new ArgumentException($"node '{nodeName}' ({layer.Kind}): input {i} has shape {found}; expected {layer.InputShapes[i]}.", nameof(inputs));
        }
        return Append(nodeName, layer, [.. inputs]);
    }

    /// <summary>Shape of a node that was added before.</summary>
    /// <param name="index">Index that <c>Add</c> or <c>Input</c> returned.</param>
    public Shape ShapeOf(int index) => _nodes[index].Shape;

    /// <summary>Records what a reader changed or left out.</summary>
    /// <param name="sentence">One sentence.</param>
    public void Note(string sentence) => _notes.Add(sentence);

    /// <summary>The network whose outputs are the given nodes.</summary>
    /// <param name="outputs">Indices of earlier nodes, at least one.</param>
    public Network Build(params ReadOnlySpan<int> outputs)
    {
        if (outputs.Length == 0 || _inputs.Count == 0)
            throw new ArgumentException($"A network has at least one input and one output; found {_inputs.Count} and {outputs.Length}.", nameof(outputs));
        return new Network(name, [.. _nodes], [.. _inputs], [.. outputs], [.. _notes]);
    }

    private int Append(string nodeName, Layer layer, ImmutableArray<int> inputs)
    {
        _nodes.Add(new Node(_nodes.Count, nodeName, layer, inputs));
        return _nodes.Count - 1;
    }
}
