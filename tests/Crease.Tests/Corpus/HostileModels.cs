using System.IO.Compression;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Malformed and malicious models: what a reader must refuse, and a phrase that its message must hold.</summary>
public static partial class HostileModels
{
    /// <summary>By name: writes files into a folder and returns the path to load; and the phrase.</summary>
    public static IReadOnlyDictionary<string, (Func<string, string> Write, string Phrase)> All { get; } =
        Damaged().Concat(Graphs()).Concat(Tensors()).Concat(External()).Concat(Operations()).Concat(Files())
            .ToDictionary(pair => pair.Name, pair => (pair.Write, pair.Phrase));

    /// <summary>A small valid network: convolution, pooling, dense.</summary>
    public static byte[] Valid() => Convolutional().Bytes();

    private static OnnxWriter Convolutional() => new OnnxWriter().Input("x", -1, 1, 6, 6).Random("w", 2, 1, 3, 3).Random("b", 2)
        .Node("Conv", "x w b", "c").Node("Relu", "c", "r").Node("MaxPool", "r", "p", ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }))
        .Node("Flatten", "p", "f").Random("u", 8, 3).Random("a", 3).Node("Gemm", "f u a", "y").Output("y");

    private static IEnumerable<(string Name, Func<string, string> Write, string Phrase)> Damaged()
    {
        for (int percent = 5; percent < 100; percent += 19)
        {
            int share = percent;
            yield return Bytes($"truncated at {share} percent", () => Valid()[..(Valid().Length * share / 100)], "damaged, truncated");
        }
        yield return Bytes("truncated by one byte", () => Valid()[..^1], "");
        yield return Bytes("empty file", () => [], "empty");
        yield return Bytes("one byte", () => [0x08], "ends inside a number");
        yield return Bytes("zeros", () => new byte[100], "field number 0");
        yield return Bytes("endless varint", () => [0x08, .. Enumerable.Repeat((byte)0xFF, 40)], "more than 10 bytes");
        yield return Bytes("length prefix past the end", () => new ProtoWriter().Number(1, 8).Length(7, 1000).Raw(1, 2, 3).Bytes, "does not fit");
        yield return Bytes("length prefix of 2^63", () => new ProtoWriter().Length(7, 1ul << 63).Raw(1, 2, 3).Bytes, "does not fit");
        yield return Bytes("length prefix past the message but inside the file", () => new ProtoWriter().Block(7, new ProtoWriter().Length(1, 50).Bytes).Block(99, new byte[100]).Message(8, new ProtoWriter().Number(2, 13)).Bytes, "does not fit");
        yield return Bytes("group wire type", () => new ProtoWriter().Varint(7 << 3 | 3).Bytes, "wire type 3");
        yield return Bytes("graph as a number", () => new ProtoWriter().Number(7, 5).Bytes, "expected bytes");
        yield return Bytes("name as a number", () => Model(new ProtoWriter().Message(1, new ProtoWriter().Number(4, 7))), "expected bytes");
        yield return Bytes("packed floats of 7 bytes", () => Network(OnnxTensorWriter.Head("w", OnnxTensorWriter.F32, 2, 2).Block(4, new byte[7])), "not a whole number");
        yield return Bytes("name of a megabyte", () => new OnnxWriter().Input(new string('x', 1 << 20), 1, 2).Output("y").Bytes(), "a name of");
        yield return Bytes("deep nesting of subgraphs", () => Nested(20000), "If");
        yield return Bytes("text", () => "This is not a model.\nIt is a text file, named .onnx.\n"u8.ToArray(), "not ONNX");
        yield return Bytes("PNG", () => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 1, 0, 0, 0, 1, 0, 8, 6, 0, 0, 0], "not ONNX");
        yield return Bytes("random bytes", () => Noise(5000), "");
    }

    private static IEnumerable<(string Name, Func<string, string> Write, string Phrase)> Graphs()
    {
        yield return Bytes("no graph", () => new ProtoWriter().Number(1, 8).Message(8, new ProtoWriter().Number(2, 13)).Bytes, "no graph");
        yield return Bytes("empty graph", () => Model(new ProtoWriter()), "no output");
        yield return Bytes("no outputs", () => new OnnxWriter().Input("x", 1, 2).Node("Relu", "x", "y").Bytes(), "no output");
        yield return Bytes("no inputs", () => new OnnxWriter().Random("c", 2).Node("Relu", "c", "y").Output("y").Bytes(), "does not depend on the input");
        yield return Bytes("output that no node makes", () => new OnnxWriter().Input("x", 1, 2).Node("Relu", "x", "y").Output("z").Bytes(), "made by no node");
        yield return Bytes("opset 6", () => new OnnxWriter(6).Input("x", 1, 2).Node("Relu", "x", "y").Output("y").Bytes(), "opset 6");
        yield return Bytes("opset 999", () => new OnnxWriter(999).Input("x", 1, 2).Node("Relu", "x", "y").Output("y").Bytes(), "opset 999");
        yield return Bytes("no opset", () => new ProtoWriter().Message(7, new OnnxWriter().Input("x", 1, 2).Node("Relu", "x", "y").Output("y").Graph).Bytes, "opset 0");
        yield return Bytes("cycle", () => new OnnxWriter().Input("x", 1, 2).Node("Add", "x b", "a").Node("Relu", "a", "b").Node("Relu", "a", "y").Output("y").Bytes(), "depends on itself");
        yield return Bytes("self-loop", () => new OnnxWriter().Input("x", 1, 2).Node("Add", "x y", "y").Output("y").Bytes(), "depends on itself");
        yield return Bytes("long cycle", () => LongCycle(5000), "depends on itself");
        yield return Bytes("duplicate node outputs", () => new OnnxWriter().Input("x", 1, 2).Node("Relu", "x", "y").Node("Abs", "x", "y").Output("y").Bytes(), "made twice");
        yield return Bytes("node output over an initializer", () => new OnnxWriter().Input("x", 1, 2).Random("y", 2).Node("Relu", "x", "y").Output("y").Bytes(), "made twice");
        yield return Bytes("node output over an input", () => new OnnxWriter().Input("x", 1, 2).Node("Relu", "x", "x").Output("x").Bytes(), "made twice");
        yield return Bytes("duplicate inputs", () => new OnnxWriter().Input("x", 1, 2).Input("x", 1, 3).Node("Relu", "x", "y").Output("y").Bytes(), "occurs twice");
        yield return Bytes("duplicate initializers", () => Network().Random("w", 2, 2).Node("MatMul", "x w", "y").Bytes(), "occurs twice");
        yield return Bytes("missing initializer", () => new OnnxWriter().Input("x", 1, 2).Node("MatMul", "x w", "y").Output("y").Bytes(), "'w' is neither");
        yield return Bytes("missing input", () => new OnnxWriter().Input("x", 1, 2).Node("Add", "x", "y").Output("y").Bytes(), "input 1 is missing");
        yield return Bytes("node without inputs", () => new OnnxWriter().Input("x", 1, 2).Node("Relu", "", "y").Output("y").Bytes(), "input 0 is missing");
        yield return Bytes("unknown operation", () => new OnnxWriter().Input("x", 1, 2).Node("Teleport", "x", "y").Output("y").Bytes(), "docs/guide/models.md");
        yield return Bytes("operation of another domain", () => new OnnxWriter().Input("x", 1, 2).Node(new ProtoWriter().Text(1, "x").Text(2, "y").Text(4, "Relu").Text(7, "evil.ops")).Output("y").Bytes(), "evil.ops.Relu");
        yield return Bytes("operation with a name of control characters", () => new OnnxWriter().Input("x", 1, 2).Node("Re\n\u001b[31mlu\r\u2028", "x", "y").Output("y").Bytes(), "not read");
        yield return Bytes("operation with a long name", () => new OnnxWriter().Input("x", 1, 2).Node(new string('R', 60000), "x", "y").Output("y").Bytes(), "such as Gemm");
        yield return Bytes("input without a shape", () => new OnnxWriter().Input("x").Node("Relu", "x", "y").Output("y").Bytes(), "has no shape");
        yield return Bytes("input of integers", () => new OnnxWriter().Port(11, "x", OnnxTensorWriter.I64, 1, 2).Node("Relu", "x", "y").Output("y").Bytes(), "element type 7");
        yield return Bytes("input with a negative extent", () => new OnnxWriter().Input("x", 1, -5).Node("Relu", "x", "y").Output("y").Bytes(), "no fixed extent");
        yield return Bytes("input with a free feature axis", () => new OnnxWriter().Input("x", 1, -1).Node("Relu", "x", "y").Output("y").Bytes(), "no fixed extent");
        yield return Bytes("input of 2^40", () => new OnnxWriter().Input("x", 1, 1L << 40).Node("Relu", "x", "y").Output("y").Bytes(), "at most 268435456 elements");
        yield return Bytes("input of 2^20 by 2^20", () => new OnnxWriter().Input("x", 1, 1 << 20, 1 << 20).Node("Relu", "x", "y").Output("y").Bytes(), "at most 268435456 elements");
        yield return Bytes("sparse initializer", () => Model(new ProtoWriter().Block(15, [])), "sparse");
        yield return Bytes("quarter of a million empty nodes", () => Model(new ProtoWriter().Raw([.. Enumerable.Repeat<byte[]>([10, 0], (1 << 18) + 1).SelectMany(pair => pair)])), "more than");
    }

    // The model of a MatMul whose weights are given; without weights those of shape [2, 2].
    private static byte[] Network(ProtoWriter weights) => new OnnxWriter().Input("x", 1, 2).Initializer(weights).Node("MatMul", "x w", "y").Output("y").Bytes();

    private static OnnxWriter Network() => new OnnxWriter().Input("x", 1, 2).Random("w", 2, 2).Output("y");

    private static byte[] Model(ProtoWriter graph) => new ProtoWriter().Number(1, 8).Message(7, graph).Message(8, new ProtoWriter().Number(2, 13)).Bytes;

    private static byte[] LongCycle(int nodes)
    {
        OnnxWriter model = new OnnxWriter().Input("x", 1, 2);
        for (int i = 0; i < nodes; i++)
            model.Node("Add", $"x v{(i + 1) % nodes}", $"v{i}");
        return model.Output("v0").Bytes();
    }

    // If nodes inside the branches of If nodes; built from the inside out as raw bytes.
    private static byte[] Nested(int depth)
    {
        byte[] graph = [];
        for (int i = 0; i < Math.Min(depth, 2000); i++)
            graph = new ProtoWriter().Block(1, new ProtoWriter().Text(1, "x").Text(2, "y").Text(4, "If").Message(5, new ProtoWriter().Text(1, "then_branch").Block(6, graph)).Bytes).Bytes;
        return new ProtoWriter().Block(7, [.. graph, .. new OnnxWriter().Input("x", 1, 2).Output("y").Graph.Bytes]).Message(8, new ProtoWriter().Number(2, 13)).Bytes;
    }

    private static byte[] Noise(int count)
    {
        var random = new RandomSource(5);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Index(256))];
    }

    private static (string Name, Func<string, string> Write, string Phrase) Bytes(string name, Func<byte[]> bytes, string phrase, string file = "hostile.onnx") => (name, folder =>
    {
        string path = Path.Combine(folder, file);
        File.WriteAllBytes(path, bytes());
        return path;
    }, phrase);

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
