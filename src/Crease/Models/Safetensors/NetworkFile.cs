using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models;

/// <summary>A network as a pair of files: a <c>.safetensors</c> file and the <see cref="NetworkDescription"/> beside it. <see cref="Model.Load"/> reads the same network back.</summary>
/// <remarks>Numbers keep their precision (F32 or F64). Nodes take their names where these are unique.</remarks>
public sealed class NetworkFile
{
    private readonly List<SafetensorsTensor> _tensors = [];
    private readonly List<NodeDescription> _nodes = [];
    private readonly Dictionary<int, string> _names = [];
    private readonly Network _network;

    private NetworkFile(Network network)
    {
        _network = network;
        if (network.Inputs.Length != 1 || network.Outputs.Length != 1)
            throw new ModelException(network.Name, $"has {network.Inputs.Length} inputs and {network.Outputs.Length} outputs; a network with one of each can be saved");
        var taken = new HashSet<string> { NetworkDescription.InputName };
        foreach (Node node in network.Nodes)
        {
            if (node.Layer is InputLayer)
            {
                _names[node.Index] = NetworkDescription.InputName;
                continue;
            }
            string name = taken.Contains(node.Name) ? $"{node.Name} {node.Index}" : node.Name;
            while (!taken.Add(name))
                name += "'";
            _names[node.Index] = name;
            _nodes.Add(Described(node, name));
        }
        Description = new NetworkDescription(network.Name, network.InputShape, [.. _nodes], _names[network.Outputs[0]]);
    }

    /// <summary>The graph.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The weights, in the order of the nodes.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors => _tensors;

    /// <summary>Describes a network.</summary>
    /// <param name="network">With one input and one output.</param>
    /// <exception cref="ModelException">A layer has no description; the message names the node.</exception>
    public static NetworkFile Of(Network network) => new(network);

    /// <summary>Writes the <c>.safetensors</c> file.</summary>
    /// <param name="stream">Where to.</param>
    public void WriteWeights(Stream stream) => SafetensorsWriter.Write(stream, _tensors);

    private NodeDescription Described(Node node, string name)
    {
        LayerForm form;
        try
        {
            form = LayerForm.Of(node);
        }
        catch (NotSupportedException fault)
        {
            throw new ModelException(_network.Name, $"node '{node.Name}' ({node.Layer.Kind}) cannot be saved: {fault.Message}; accepted are {string.Join(", ", NodeKinds.All.Except(NodeKinds.TokensOnly))}", fault);
        }
        var named = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach ((string role, Weights? weights, int[] extents) in form.Tensors)
        {
            if (weights is null)
                continue;
            named[role] = $"{name}.{role}";
            _tensors.Add(Tensor(named[role], weights, extents));
        }
        return new NodeDescription(name, form.Kind, [.. node.Inputs.Select(input => _names[input])])
        {
            Tensors = named.ToImmutable(),
            Settings = form.Settings.ToImmutableSortedDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal),
        };
    }

    private static SafetensorsTensor Tensor(string name, Weights weights, int[] extents)
    {
        double[] values = weights.Values.ToArray();
        byte[] bytes = weights.Bits == 64
            ? MemoryMarshal.AsBytes<double>(values).ToArray()
            : MemoryMarshal.AsBytes<float>(Array.ConvertAll(values, value => (float)value)).ToArray();
        return new SafetensorsTensor(name, weights.Bits == 64 ? "F64" : "F32", extents, bytes);
    }
}
