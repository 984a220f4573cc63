namespace Crease.Tests.Corpus;

/// <summary>Builds small ONNX models, well-formed or not: <c>new OnnxWriter().Input("x", 1, 2).Node("Relu", "x", "y").Output("y").Bytes()</c>.</summary>
public sealed class OnnxWriter(long opset = 13)
{
    private readonly ProtoWriter _graph = new();
    private int _nodes;

    /// <summary>The graph message, for fields that have no method here.</summary>
    public ProtoWriter Graph => _graph;

    /// <summary>A graph input; an extent of -1 is the free dimension 'batch'.</summary>
    public OnnxWriter Input(string name, params long[] extents) => Port(11, name, OnnxTensorWriter.F32, extents);

    public OnnxWriter Output(string name, params long[] extents) => Port(12, name, OnnxTensorWriter.F32, extents);

    public OnnxWriter Port(int field, string name, int type, params long[] extents)
    {
        var shape = new ProtoWriter();
        foreach (long extent in extents)
            shape.Message(1, extent == -1 ? new ProtoWriter().Text(2, "batch") : new ProtoWriter().Number(1, extent));
        ProtoWriter tensor = new ProtoWriter().Number(1, type);
        if (extents.Length > 0)
            tensor.Message(2, shape);
        _graph.Message(field, new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor)));
        return this;
    }

    public OnnxWriter Initializer(string name, long[] extents, params float[] values) => Initializer(OnnxTensorWriter.Of(name, extents, values));

    public OnnxWriter Integers(string name, params long[] values) => Initializer(OnnxTensorWriter.Of(name, [values.Length], values));

    public OnnxWriter Initializer(ProtoWriter tensor)
    {
        _graph.Message(5, tensor);
        return this;
    }

    /// <summary>A node; inputs and outputs are names with spaces between, <c>-</c> for a left-out one; it is called OP_INDEX.</summary>
    public OnnxWriter Node(string op, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        var node = new ProtoWriter();
        foreach (string input in inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            node.Text(1, input == "-" ? "" : input);
        foreach (string output in outputs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            node.Text(2, output);
        node.Text(3, $"{op}_{_nodes++}").Text(4, op);
        foreach ((string name, object value) in attributes)
            node.Message(5, Attribute(name, value));
        return Node(node);
    }

    public OnnxWriter Node(ProtoWriter node)
    {
        _graph.Message(1, node);
        return this;
    }

    public byte[] Bytes() => new ProtoWriter()
        .Number(1, opset >= 23 ? 10 : 8)
        .Message(7, _graph.Text(2, "graph"))
        .Message(8, new ProtoWriter().Text(1, "").Number(2, opset))
        .Bytes;

    public static ProtoWriter Attribute(string name, object value)
    {
        ProtoWriter attribute = new ProtoWriter().Text(1, name);
        switch (value)
        {
            case float single:
                return attribute.Real(2, single).Number(20, 1);
            case int or long:
                return attribute.Number(3, Convert.ToInt64(value, null)).Number(20, 2);
            case string text:
                return attribute.Text(4, text).Number(20, 3);
            case ProtoWriter tensor:
                return attribute.Message(5, tensor).Number(20, 4);
            case float[] singles:
                foreach (float single in singles)
                    attribute.Real(7, single);
                return attribute.Number(20, 6);
            case long[] integers:
                foreach (long integer in integers)
                    attribute.Number(8, integer);
                return attribute.Number(20, 7);
            default:
                throw new ArgumentException($"'{name}' is a {value.GetType().Name}; expected a number, text, array or tensor.", nameof(value));
        }
    }
}
