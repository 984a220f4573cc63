using System.Runtime.InteropServices;
using System.Text;
using Crease.Numerics;

namespace Crease.Cli.Tests;

/// <summary>Writes chains of Gemm and element-wise nodes in ONNX's wire format: just enough for calls that need a file.</summary>
public static class TinyOnnx
{
    /// <summary>A chain of dense layers 2-4-3 with fixed weights and an activation after the first, then what else is named.</summary>
    /// <param name="operations">ONNX operation after the first dense layer, and those after the second.</param>
    public static byte[] Chain(params string[] operations) => Chain(2, operations);

    public static byte[] Chain(int inputs, params string[] operations) =>
        Build([inputs, 4, 3], (tensor, _, i) => MathF.Sin(1 + 2.3f * i + tensor[1]), operations);

    /// <summary>A chain of dense layers 2-width-width-1 with ReLUs and random weights: about 2 width² regions in a plane.</summary>
    public static byte[] Wide(int width)
    {
        var random = new RandomSource(1);
        return Build([2, width, width, 1], (tensor, inputs, _) => (float)(random.Normal() * (tensor[0] == 'b' ? 0.5 : Math.Sqrt(2.0 / inputs))), ["Relu"]);
    }

    private static byte[] Build(int[] widths, Func<string, int, int, float> entry, string[] operations)
    {
        int nodes = 0;
        var graph = new List<byte>();
        string at = "x";
        void Node(string operation, params string[] arguments)
        {
            string name = $"{operation}_{++nodes}";
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
        for (int l = 1; l < widths.Length; l++)
        {
            Node("Gemm", at, $"W{l}", $"b{l}");
            if (l + 1 < widths.Length)
                Node(operations[0], at);
        }
        foreach (string operation in operations[1..])
            Node(operation, at);
        Text(graph, 2, "tiny");
        for (int l = 1; l < widths.Length; l++)
        {
            Tensor(graph, $"W{l}", widths[l - 1], entry, widths[l], widths[l - 1]);
            Tensor(graph, $"b{l}", widths[l - 1], entry, widths[l]);
        }
        Value(graph, 11, "x", 1, widths[0]);
        Value(graph, 12, at, 1, widths[^1]);
        var model = new List<byte>();
        Number(model, 1, 8);
        Bytes(model, 7, graph);
        var opset = new List<byte>();
        Number(opset, 2, 17);
        Bytes(model, 8, opset);
        return [.. model];
    }

    private static void Tensor(List<byte> graph, string name, int inputs, Func<string, int, int, float> entry, params int[] extents)
    {
        var tensor = new List<byte>();
        foreach (int extent in extents)
            Number(tensor, 1, extent);
        Number(tensor, 2, 1);
        Text(tensor, 8, name);
        float[] values = [.. Enumerable.Range(0, extents.Aggregate(1, (a, b) => a * b)).Select(i => entry(name, inputs, i))];
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
