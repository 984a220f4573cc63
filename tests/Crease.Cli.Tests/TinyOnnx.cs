using System.Runtime.InteropServices;
using System.Text;

namespace Crease.Cli.Tests;

/// <summary>Writes chains of Gemm and element-wise nodes in ONNX's wire format: just enough for calls that need a file.</summary>
public static class TinyOnnx
{
    /// <summary>A chain of dense layers 2-4-3 with fixed weights and an activation after the first, then what else is named.</summary>
    /// <param name="operations">ONNX operation after the first dense layer, and those after the second.</param>
    public static byte[] Chain(params string[] operations) => Chain(2, operations);

    public static byte[] Chain(int inputs, params string[] operations)
    {
        var graph = new List<byte>();
        string at = "x";
        void Node(string operation, string name, params string[] arguments)
        {
            var node = new List<byte>();
            foreach (string argument in arguments)
                Text(node, 1, argument);
            Text(node, 2, name + "_out");
            Text(node, 3, name);
            Text(node, 4, operation);
            if (operation == "Gemm")
            {
                var attribute = new List<byte>();
                Text(attribute, 1, "transB");
                Number(attribute, 3, 1);
                Number(attribute, 20, 2);
                Bytes(node, 5, attribute);
            }
            Bytes(graph, 1, node);
            at = name + "_out";
        }
        Node("Gemm", "Gemm_1", at, "W1", "b1");
        Node(operations[0], operations[0] + "_2", at);
        Node("Gemm", "Gemm_3", at, "W2", "b2");
        for (int i = 1; i < operations.Length; i++)
            Node(operations[i], $"{operations[i]}_{i + 3}", at);
        Text(graph, 2, "tiny");
        Tensor(graph, "W1", 4, inputs);
        Tensor(graph, "b1", 4);
        Tensor(graph, "W2", 3, 4);
        Tensor(graph, "b2", 3);
        Value(graph, 11, "x", 1, inputs);
        Value(graph, 12, at, 1, 3);
        var model = new List<byte>();
        Number(model, 1, 8);
        Bytes(model, 7, graph);
        var opset = new List<byte>();
        Number(opset, 2, 17);
        Bytes(model, 8, opset);
        return [.. model];
    }

    private static void Tensor(List<byte> graph, string name, params int[] extents)
    {
        var tensor = new List<byte>();
        foreach (int extent in extents)
            Number(tensor, 1, extent);
        Number(tensor, 2, 1);
        Text(tensor, 8, name);
        float[] values = [.. Enumerable.Range(0, extents.Aggregate(1, (a, b) => a * b)).Select(i => MathF.Sin(1 + 2.3f * i + name[1]))];
        Bytes(tensor, 9, [.. MemoryMarshal.AsBytes(values.AsSpan()).ToArray()]);
        Bytes(graph, 5, tensor);
    }

    private static void Value(List<byte> graph, int field, string name, params int[] extents)
    {
        List<byte> shape = [], tensor = [], type = [], value = [];
        foreach (int extent in extents)
        {
            var dimension = new List<byte>();
            Number(dimension, 1, extent);
            Bytes(shape, 1, dimension);
        }
        Number(tensor, 1, 1);
        Bytes(tensor, 2, shape);
        Bytes(type, 1, tensor);
        Text(value, 1, name);
        Bytes(value, 2, type);
        Bytes(graph, field, value);
    }

    private static void Number(List<byte> to, int field, long value)
    {
        Varint(to, (ulong)field << 3);
        Varint(to, (ulong)value);
    }

    private static void Text(List<byte> to, int field, string text) => Bytes(to, field, [.. Encoding.UTF8.GetBytes(text)]);

    private static void Bytes(List<byte> to, int field, List<byte> bytes)
    {
        Varint(to, ((ulong)field << 3) | 2);
        Varint(to, (ulong)bytes.Count);
        to.AddRange(bytes);
    }

    private static void Varint(List<byte> to, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            to.Add((byte)(value | 0x80));
        to.Add((byte)value);
    }
}
