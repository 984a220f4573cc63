using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>One node while it is read: its inputs, attributes and the way to add layers.</summary>
internal sealed class OpCall(GraphReader reader, OnnxNode node)
{
    public GraphReader Reader => reader;

    public OnnxNode Node => node;

    public bool Has(int input) => input < node.Inputs.Count && node.Inputs[input].Length > 0;

    public Value Input(int index)
    {
        if (!Has(index))
            throw new InvalidDataException($"input {index} is missing; it has {node.Inputs.Count}");
        return reader.Find(node.Inputs[index]) ?? throw new InvalidDataException($"its input '{node.Inputs[index]}' is neither an initializer nor made by a node");
    }

    public Constant Constant(int index)
    {
        Value value = Input(index);
        return value.IsConstant ? value.Constant : throw new InvalidDataException($"its input {index} ('{node.Inputs[index]}') depends on the network's input; expected a constant");
    }

    /// <summary>A constant of one element.</summary>
    public double Scalar(int index)
    {
        Constant constant = Constant(index);
        return constant.Count == 1 ? constant[0] : throw new InvalidDataException($"its input {index} ('{node.Inputs[index]}') has shape {Text(constant.Extents)}; expected one number");
    }

    /// <summary>An input that depends on the network's input.</summary>
    public Value Dynamic(int index)
    {
        Value value = Input(index);
        return value.IsConstant ? throw new InvalidDataException($"its input {index} ('{node.Inputs[index]}') is a constant; expected a value that depends on the network's input") : value;
    }

    /// <summary>Numbers of a constant input, as weights of a layer.</summary>
    public Weights Weights(int index)
    {
        Constant constant = Constant(index);
        reader.Spend(constant.Count);
        return constant.Weights();
    }

    /// <summary>Integers from an attribute in older operator sets, from an input in newer ones.</summary>
    public long[]? Integers(string attribute, int input) => node.Integers(attribute) ?? (Has(input) ? Constant(input).Integers($"input {input}") : null);

    /// <summary>A dynamic input brought to the representation's shape for a layer.</summary>
    public int Shaped(Value value, Shape shape)
    {
        Shape found = reader.ShapeOf(value.Node);
        return found == shape ? value.Node : reader.Add(node.Name + " reshape", new Reshape(found, shape), value.Node);
    }

    /// <summary>Adds a layer whose output has these extents in the file.</summary>
    public Value Add(Layer layer, int[] extents, params ReadOnlySpan<int> inputs)
    {
        int index = reader.Add(node.Name, layer, inputs);
        Shape stripped = Value.Stripped(extents);
        if (layer.OutputShape != stripped)
            index = reader.Add(node.Name + " reshape", new Reshape(layer.OutputShape, stripped), index);
        return Value.Of(index, extents);
    }

    /// <summary>An element-wise layer; its value at a constant is a constant.</summary>
    public Value Map(Func<Shape, Layer> layer)
    {
        Value x = Input(0);
        if (!x.IsConstant)
            return Add(layer(reader.ShapeOf(x.Node)), x.Extents, x.Node);
        reader.Spend(x.Constant.Count);
        var values = new double[x.Constant.Count];
        layer(new Shape(x.Extents)).Evaluate([x.Constant.Doubles()], 1, values);
        return Value.Of(ConstantOps.Finite(new Constant(x.Extents, values), values));
    }

    /// <summary>Each output element is an input element (or, at -1, a fill); folded for constants.</summary>
    public Value Rearrange(string kind, Value x, int[] extents, int[] sources, double fill = 0)
    {
        if (x.IsConstant)
            return Array.IndexOf(sources, -1) < 0 ? Value.Of(x.Constant.Pick(extents, sources)) : throw new InvalidDataException("padding of constants is not read");
        return Add(new Rearrangement(kind, reader.ShapeOf(x.Node), Value.Stripped(extents), sources, fill), extents, x.Node);
    }

    /// <summary>The same elements under other extents.</summary>
    public Value Reshape(Value x, int[] extents)
    {
        if (Size(extents) != Size(x.Extents))
            throw new InvalidDataException($"cannot turn {Text(x.Extents)} into {Text(extents)}: the sizes differ");
        return x.IsConstant ? Value.Of(x.Constant.Reshaped(extents)) : Value.Of(Shaped(x, Value.Stripped(extents)), extents);
    }

    /// <summary>An array for one entry per element, charged to what the model may cost.</summary>
    public int[] Sources(ReadOnlySpan<int> extents)
    {
        long size = Size(extents);
        reader.Spend(size);
        return new int[size];
    }

    public static int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new InvalidDataException($"axis {axis} is not one of the {rank} axes");

    public static long Size(ReadOnlySpan<int> extents)
    {
        long size = 1;
        foreach (int extent in extents)
            size = extent >= 0 ? checked(size * extent) : throw new InvalidDataException($"makes shape {Text(extents)}; expected extents of at least 0");
        return size;
    }

    public static string Text(ReadOnlySpan<int> extents) => $"[{string.Join(", ", extents.ToArray())}]";
}
