using System.Runtime.InteropServices;

namespace ExampleNetworks;

/// <summary>A chain of ONNX nodes with one input and one output, and their float32 weights.</summary>
/// <remarks>Source: onnx.proto of ONNX 1.12; field numbers below are those of its messages.</remarks>
internal sealed class OnnxGraph(string name, ReadOnlySpan<int> inputShape, int outputs)
{
    private const int IrVersion = 8, Opset = 17, Float = 1;
    private const int IntegerAttribute = 2, IntegersAttribute = 7;
    private const string Input = "input", Output = "logits", Batch = "batch";

    private readonly int[] _inputShape = inputShape.ToArray();
    private readonly List<(string Op, string Name, string[] Weights, ProtoMessage[] Attributes)> _nodes = [];
    private readonly List<ProtoMessage> _weights = [];

    public static ProtoMessage Attribute(string name, int value) =>
        new ProtoMessage().Text(1, name).Integer(3, value).Integer(20, IntegerAttribute);

    public static ProtoMessage Attribute(string name, params ReadOnlySpan<int> values)
    {
        ProtoMessage attribute = new ProtoMessage().Text(1, name);
        foreach (int value in values)
            attribute.Integer(8, value);
        return attribute.Integer(20, IntegersAttribute);
    }

    /// <summary>Adds a weight tensor.</summary>
    /// <returns>Its name, for <see cref="Add"/>.</returns>
    public string AddWeight(string weight, ReadOnlySpan<long> shape, ReadOnlySpan<float> values)
    {
        var tensor = new ProtoMessage();
        foreach (long extent in shape)
            tensor.Integer(1, extent);
        _weights.Add(tensor.Integer(2, Float).Text(8, weight).Bytes(9, MemoryMarshal.AsBytes(values)));
        return weight;
    }

    /// <summary>Adds a node behind the last one.</summary>
    public void Add(string op, string node, string[] weights, params ProtoMessage[] attributes) =>
        _nodes.Add((op, node, weights, attributes));

    /// <summary>The whole model file.</summary>
    public byte[] ToBytes()
    {
        var graph = new ProtoMessage();
        string value = Input;
        for (int i = 0; i < _nodes.Count; i++)
        {
            (string op, string node, string[] weights, ProtoMessage[] attributes) = _nodes[i];
            string result = i + 1 < _nodes.Count ? $"{node}_output" : Output;
            ProtoMessage message = new ProtoMessage().Text(1, value);
            foreach (string weight in weights)
                message.Text(1, weight);
            message.Text(2, result).Text(3, node).Text(4, op);
            foreach (ProtoMessage attribute in attributes)
                message.Message(5, attribute);
            graph.Message(1, message);
            value = result;
        }
        graph.Text(2, name);
        foreach (ProtoMessage weight in _weights)
            graph.Message(5, weight);
        graph.Message(11, Port(Input, _inputShape)).Message(12, Port(Output, [outputs]));
        ProtoMessage operators = new ProtoMessage().Text(1, "").Integer(2, Opset);
        return new ProtoMessage().Integer(1, IrVersion).Text(2, "Crease ExampleNetworks").Message(7, graph).Message(8, operators).ToArray();
    }

    private static ProtoMessage Port(string port, ReadOnlySpan<int> extents)
    {
        ProtoMessage shape = new ProtoMessage().Message(1, new ProtoMessage().Text(2, Batch));
        foreach (int extent in extents)
            shape.Message(1, new ProtoMessage().Integer(1, extent));
        ProtoMessage tensor = new ProtoMessage().Integer(1, Float).Message(2, shape);
        return new ProtoMessage().Text(1, port).Message(2, new ProtoMessage().Message(1, tensor));
    }
}
