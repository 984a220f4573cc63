using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models;

/// <summary>Builds the intermediate representation from a description and the weights file beside it.</summary>
internal sealed partial class DescribedNetwork
{
    private readonly NetworkDescription _description;
    private readonly SafetensorsFile _weights;
    private readonly NetworkBuilder _builder;
    private readonly Dictionary<string, int> _nodes = [];
    private readonly Dictionary<string, Weights> _read = [];
    private readonly Onnx.Allowance _allowance;

    private DescribedNetwork(NetworkDescription description, SafetensorsFile weights, string name)
    {
        (_description, _weights, _allowance) = (description, weights, new Onnx.Allowance(null, weights.Bytes));
        _builder = new NetworkBuilder(name);
    }

    /// <exception cref="ModelException">A tensor is missing or of another shape, or a layer refuses its settings.</exception>
    public static Network Build(NetworkDescription description, SafetensorsFile weights, string name)
    {
        try
        {
            return new DescribedNetwork(description, weights, name).Build();
        }
        // Whatever untrusted files bring about, the caller sees one type of error.
        catch (Exception fault) when (fault is not ModelException)
        {
            throw new ModelException(weights.Name, Model.Reason(fault), fault);
        }
    }

    private Network Build()
    {
        _nodes[NetworkDescription.InputName] = _builder.Input(NetworkDescription.InputName, InputShape());
        foreach (NodeDescription node in _description.Nodes)
        {
            try
            {
                _nodes[node.Name] = Add(node, _nodes[node.Inputs[0]]);
            }
            catch (Exception fault) when (fault is not ModelException)
            {
                throw new ModelException(_weights.Name, $"node '{node.Name}' ({node.Kind}): {Model.Reason(fault)}", fault);
            }
        }
        return _builder.Build(_nodes[_description.Output]);
    }

    // Tokens have no derivative; their one-hot rows do, and the embedding is a dense layer on them.
    private Shape InputShape()
    {
        NodeDescription? embedding = _description.Nodes.FirstOrDefault(node => node.Kind == NodeKinds.Embedding);
        if (embedding is null)
            return _description.InputShape;
        _builder.Note($"The input is one-hot rows, one per token: node '{embedding.Name}' is a dense layer on them.");
        try
        {
            return new Shape([.. _description.InputShape.Extents, Extents(embedding, "weight", 2)[0]]);
        }
        catch (Exception fault) when (fault is not ModelException)
        {
            throw new ModelException(_weights.Name, $"node '{embedding.Name}' ({embedding.Kind}): {Model.Reason(fault)}", fault);
        }
    }

    private int Add(NodeDescription node, int input)
    {
        if (node.Kind == NodeKinds.Attention)
            input = Attended(node, input);
        Shape shape = _builder.ShapeOf(input);
        if (shape.Rank < (node.Kind is NodeKinds.Positions or NodeKinds.Attention ? 2 : 1))
            throw new InvalidDataException($"takes a value of shape {shape}; expected more axes");
        Layer layer = node.Kind switch
        {
            NodeKinds.Dense => new Dense(Weights(node, "weight", null, shape[-1])!, Optional(node, "bias"), shape),
            NodeKinds.Convolution => Convolution(node, shape),
            NodeKinds.BatchNormalization => BatchNormalization(node, shape),
            NodeKinds.LayerNormalization => new LayerNormalization(shape, Weights(node, "gain", shape[-1])!, Weights(node, "bias", shape[-1]), node.Setting("epsilon", 1e-5)),
            NodeKinds.Relu or NodeKinds.LeakyRelu or NodeKinds.AbsoluteValue or NodeKinds.PiecewiseLinear => Softened(node, Function(node, shape)),
            NodeKinds.MaxPooling => Softened(node, new MaxPooling(shape, Window(node))),
            NodeKinds.AveragePooling => new AveragePooling(shape, Window(node), node.Whole("count padding", 0) != 0),
            NodeKinds.Softmax or NodeKinds.LogSoftmax => new Softmax(shape, node.Whole("axis", -1), node.Kind == NodeKinds.LogSoftmax),
            NodeKinds.Flatten => new Reshape(shape, new Shape(shape.Size)),
            NodeKinds.Reshape => new Reshape(shape, new Shape(Whole(node, "shape"))),
            NodeKinds.Concatenation => new Concatenation([.. node.Inputs.Select(name => _builder.ShapeOf(_nodes[name]))], node.Whole("axis", 0)),
            NodeKinds.Sum => new Sum(shape, node.Tensors.ContainsKey("signs") ? Weights(node, "signs", node.Inputs.Length)!.Values.ToArray() : [.. node.Inputs.Select(_ => 1.0)]),
            NodeKinds.ChannelScaling => new Scaling(shape, Spread(Channels(node, "scale", shape), shape), Spread(Channels(node, "shift", shape), shape)),
            NodeKinds.Embedding => new Dense(Transposed(node), null, shape),
            NodeKinds.Positions => Positions(node, shape),
            NodeKinds.Last => Last(shape),
            NodeKinds.Attention => new Dense(Weights(node, "output weight", shape[1], shape[1])!, Weights(node, "output bias", shape[1]), shape),
            _ when Smooth(node.Kind, shape) is { } smooth => smooth,
            _ => throw new InvalidDataException($"the kind is not one that Crease evaluates; accepted are {string.Join(", ", NodeKinds.All)}"),
        };
        return _builder.Add(node.Name, layer, [.. node.Inputs.Length == 1 ? [input] : node.Inputs.Select(name => _nodes[name])]);
    }

    // Many nodes may share a tensor, and each of these makes arrays of its own.
    private Scaling Positions(NodeDescription node, Shape shape)
    {
        Weights shifts = Weights(node, "weight", shape[0], shape[1])!;
        _allowance.Spend(shifts.Count);
        return new Scaling(shape, null, shifts.Values.ToArray());
    }

    private BatchNormalization BatchNormalization(NodeDescription node, Shape shape)
    {
        _allowance.Spend(2L * shape[0]);
        return new BatchNormalization(shape, Channels(node, "gain", shape), Channels(node, "bias", shape), Channels(node, "mean", shape), Channels(node, "variance", shape), node.Setting("epsilon", 1e-5));
    }

    private Convolution Convolution(NodeDescription node, Shape shape)
    {
        int[] extents = Extents(node, "weight", 4);
        return new Convolution(shape, All(node, "weight"), Optional(node, "bias"), WindowSettings.Read(node, extents[2], extents[3], 1), node.Whole("groups", 1));
    }

    private static Windows Window(NodeDescription node)
    {
        int kernel = node.Whole("kernel", 2);
        return WindowSettings.Read(node, kernel, node.Whole("kernel columns", kernel), kernel);
    }

    private Rearrangement Last(Shape shape)
    {
        int size = shape.Size / shape[0];
        _allowance.Spend(size);
        return new Rearrangement("slice", shape, new Shape([.. shape.Extents.Skip(1)]), [.. Enumerable.Range(shape.Size - size, size)]);
    }

    private double[] Transposed(NodeDescription node)
    {
        int[] extents = Extents(node, "weight", 2);
        ReadOnlySpan<double> rows = All(node, "weight").Values;
        _allowance.Spend(rows.Length);
        var columns = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            columns[i % extents[1] * extents[0] + i / extents[1]] = rows[i];
        return columns;
    }

    private double[] Spread(Weights channels, Shape shape)
    {
        _allowance.Spend(shape.Size);
        var all = new double[shape.Size];
        for (int i = 0; i < all.Length; i++)
            all[i] = channels.Values[i / (all.Length / channels.Count)];
        return all;
    }

    private Weights Channels(NodeDescription node, string role, Shape shape) => Weights(node, role, shape[0])
        ?? throw new InvalidDataException($"names no tensor '{role}'");

    private Weights? Optional(NodeDescription node, string role) => Weights(node, role, [null]);

    // Many nodes may share a tensor.
    private Weights All(NodeDescription node, string role)
    {
        string name = Named(node, role);
        if (!_read.TryGetValue(name, out Weights? weights))
            _read[name] = weights = _weights.Weights(name);
        return weights;
    }

    private int[] Extents(NodeDescription node, string role, int axes)
    {
        int[] extents = _weights[Named(node, role)].Extents;
        return extents.Length == axes && extents.All(extent => extent > 0)
            ? extents
            : throw new InvalidDataException($"tensor '{Named(node, role)}' has shape [{string.Join(", ", extents)}]; expected {axes} axes");
    }

    private static string Named(NodeDescription node, string role) =>
        node.Tensors.GetValueOrDefault(role) ?? throw new InvalidDataException($"names no tensor '{role}'; it has {(node.Tensors.Count == 0 ? "none" : string.Join(", ", node.Tensors.Keys))}");

    // A bias may be absent, everything else may not; an extent of null is any.
    private Weights? Weights(NodeDescription node, string role, params ReadOnlySpan<int?> expected)
    {
        if (role.EndsWith("bias", StringComparison.Ordinal) && !node.Tensors.ContainsKey(role))
            return null;
        int[] extents = _weights[Named(node, role)].Extents;
        bool fits = extents.Length == expected.Length;
        for (int axis = 0; fits && axis < extents.Length; axis++)
            fits = extents[axis] > 0 && (expected[axis] ?? extents[axis]) == extents[axis];
        return fits
            ? All(node, role)
            : throw new InvalidDataException($"tensor '{Named(node, role)}' has shape [{string.Join(", ", extents)}]; expected [{string.Join(", ", expected.ToArray().Select(extent => extent?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "any"))}]");
    }

}
