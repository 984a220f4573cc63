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
        Form form = node.Layer switch
        {
            Dense dense => new Form(NodeKinds.Dense, [("weight", dense.Weights, [dense.Outputs, dense.Inputs]), ("bias", dense.Bias, [dense.Outputs])], []),
            Convolution convolution => Of(convolution, node),
            BatchNormalization own => new Form(NodeKinds.BatchNormalization, [("gain", own.Gain, [own.Gain.Count]), ("bias", own.Bias, [own.Gain.Count]), ("mean", own.Mean, [own.Gain.Count]), ("variance", own.Variance, [own.Gain.Count])], [("epsilon", own.Epsilon)]),
            PiecewiseLinear function => Of(function, node),
            SmoothFunction { Kind: "gelu" } => new Form(NodeKinds.Gelu, [], []),
            SmoothFunction { Kind: "silu" } => new Form(NodeKinds.Silu, [], []),
            MaxPooling pooling => new Form(NodeKinds.MaxPooling, [], Of(pooling.Windows, node, hasKernel: true, mayPad: true)),
            AveragePooling pooling => new Form(NodeKinds.AveragePooling, [], Of(pooling.Windows, node, hasKernel: true, mayPad: false)),
            Reshape when node.Shape.Rank == 1 => new Form(NodeKinds.Flatten, [], []),
            Sum when Signs(node).All(sign => sign == 1) => new Form(NodeKinds.Sum, [], []),
            Scaling scaling => Of(scaling, node),
            _ => throw Refusal(node, "the kind has no description"),
        };
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

    private Form Of(Convolution layer, Node node)
    {
        Windows windows = layer.Windows;
        int outputs = layer.OutputShape[0];
        return new Form(NodeKinds.Convolution, [("weight", layer.Weights, [outputs, layer.Weights.Count / outputs / windows.Height / windows.Width, windows.Height, windows.Width]), ("bias", layer.Bias, [outputs])],
            [.. Of(windows, node, hasKernel: false, mayPad: true), ("groups", layer.Groups)]);
    }

    private (string, double)[] Of(Windows windows, Node node, bool hasKernel, bool mayPad)
    {
        bool isPlain = windows.StrideX == windows.StrideY && windows.DilationX == 1 && windows.DilationY == 1 && !windows.Ceiling
            && windows.Top == windows.Bottom && windows.Top == windows.Left && windows.Top == windows.Right && (mayPad || windows.Top == 0);
        if (!isPlain || hasKernel && windows.Height != windows.Width)
            throw Refusal(node, $"windows that are dilated, rounded up or uneven in stride, padding{(hasKernel ? " or kernel" : "")} have no description");
        var settings = new List<(string, double)> { ("stride", windows.StrideX) };
        if (hasKernel)
            settings.Add(("kernel", windows.Height));
        if (mayPad)
            settings.Add(("padding", windows.Top));
        return [.. settings];
    }

    private Form Of(PiecewiseLinear function, Node node)
    {
        double slope = function.Slope(0, 0);
        for (int unit = 0; unit < function.Units; unit++)
        {
            if (function.Knots is not [0] || function.Slope(unit, 1) != 1 || function.Offset(unit, 1) != 0 || function.Slope(unit, 0) != slope)
                throw Refusal(node, "element-wise functions other than relu, leaky relu and absolute value have no description");
        }
        return slope switch
        {
            0 => new Form(NodeKinds.Relu, [], []),
            -1 => new Form(NodeKinds.AbsoluteValue, [], []),
            _ => new Form(NodeKinds.LeakyRelu, [], [("slope", slope)]),
        };
    }

    private Form Of(Scaling scaling, Node node)
    {
        if (node.Shape.Rank == 0)
            throw Refusal(node, "a scale of a scalar has no description");
        int channels = node.Shape[0], inner = node.Shape.Size / channels;
        double[] scales = new double[channels], shifts = new double[channels];
        var terms = new List<Term>();
        for (int i = 0; i < node.Shape.Size; i++)
        {
            double shift = scaling.Row(i, terms), scale = terms.Count == 0 ? 0 : terms[0].Weight;
            if (i % inner == 0)
                (scales[i / inner], shifts[i / inner]) = (scale, shift);
            else if ((scale, shift) != (scales[i / inner], shifts[i / inner]))
                throw Refusal(node, "a scale that differs within a channel has no description");
        }
        return new Form(NodeKinds.ChannelScaling, [("scale", scales, [channels]), ("shift", shifts, [channels])], []);
    }

    private static IEnumerable<double> Signs(Node node)
    {
        var terms = new List<Term>();
        ((Sum)node.Layer).Row(0, terms);
        return terms.Select(term => term.Weight);
    }

    private static SafetensorsTensor Tensor(string name, Weights weights, int[] extents)
    {
        double[] values = weights.Values.ToArray();
        byte[] bytes = weights.Bits == 64
            ? MemoryMarshal.AsBytes<double>(values).ToArray()
            : MemoryMarshal.AsBytes<float>(Array.ConvertAll(values, value => (float)value)).ToArray();
        return new SafetensorsTensor(name, weights.Bits == 64 ? "F64" : "F32", extents, bytes);
    }

    private sealed record Form(string Kind, (string Role, Weights? Weights, int[] Extents)[] Tensors, (string Name, double Value)[] Settings);

    private ModelException Refusal(Node node, string reason) => new(_network.Name, $"node '{node.Name}' ({node.Layer.Kind}) cannot be saved: {reason}; accepted are {string.Join(", ", NodeKinds.All.Take(14))}");
}
