using System.Runtime.InteropServices;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>How files become networks: number formats, shapes, fused layers, notes.</summary>
public sealed class ModelTests
{
    public static TheoryData<string> Formats => [.. Weights.Keys];

    public static TheoryData<string, long[], int[]> Inputs => new()
    {
        { "batch of one", [1, 3, 4, 4], [3, 4, 4] },
        { "free batch", [-1, 3, 4, 4], [3, 4, 4] },
        { "batch of zero", [0, 5], [5] },
        { "fixed batch", [8, 5], [5] },
        { "column", [1, 784, 1], [784, 1] },
        { "no batch", [7], [7] },
    };

    // The numbers 1, -2, 0.5, 4 in every form that a tensor can have.
    private static Dictionary<string, ProtoWriter> Weights { get; } = new()
    {
        ["raw float"] = OnnxTensorWriter.Of("w", [2, 2], new float[] { 1, -2, 0.5f, 4 }),
        ["raw double"] = OnnxTensorWriter.Of("w", [2, 2], new double[] { 1, -2, 0.5, 4 }),
        ["raw half"] = OnnxTensorWriter.Raw("w", OnnxTensorWriter.F16, [2, 2], MemoryMarshal.AsBytes<Half>([(Half)1, (Half)(-2), (Half)0.5, (Half)4])),
        ["raw bfloat16"] = OnnxTensorWriter.Raw("w", OnnxTensorWriter.BF16, [2, 2], MemoryMarshal.AsBytes<ushort>([0x3F80, 0xC000, 0x3F00, 0x4080])),
        ["typed float"] = OnnxTensorWriter.Head("w", OnnxTensorWriter.F32, 2, 2).Real(4, 1).Real(4, -2).Real(4, 0.5f).Real(4, 4),
        ["packed float"] = OnnxTensorWriter.Head("w", OnnxTensorWriter.F32, 2, 2).Block(4, MemoryMarshal.AsBytes<float>([1, -2, 0.5f, 4])),
        ["packed double"] = OnnxTensorWriter.Head("w", OnnxTensorWriter.F64, 2, 2).Block(10, MemoryMarshal.AsBytes<double>([1, -2, 0.5, 4])),
        ["typed half"] = OnnxTensorWriter.Head("w", OnnxTensorWriter.F16, 2, 2).Packed(5, 0x3C00, 0xC000, 0x3800, 0x4400),
        ["typed bfloat16"] = OnnxTensorWriter.Head("w", OnnxTensorWriter.BF16, 2, 2).Number(5, 0x3F80).Number(5, 0xC000).Number(5, 0x3F00).Number(5, 0x4080),
        ["packed extents"] = new ProtoWriter().Packed(1, 2, 2).Number(2, 1).Text(8, "w").Block(9, MemoryMarshal.AsBytes<float>([1, -2, 0.5f, 4])),
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Weights_are_read_in_every_format(string name)
    {
        Network network = Model.Read(new OnnxWriter().Input("x", 1, 2).Initializer(Weights[name]).Node("MatMul", "x w", "y").Output("y").Bytes(), name);
        Assert.Equal([1 + 0.5 * 3, -2 + 4.0 * 3], network.Evaluate([1, 3]));
    }

    [Theory]
    [InlineData(OnnxTensorWriter.I32, 4)]
    [InlineData(OnnxTensorWriter.I8, 1)]
    [InlineData(OnnxTensorWriter.U8, 1)]
    public void Integers_are_read_in_every_format(int type, int width)
    {
        byte[] raw = new byte[3 * width];
        (raw[0], raw[width], raw[2 * width]) = (1, 2, 3);
        foreach (ProtoWriter shape in new[] { OnnxTensorWriter.Raw("s", type, [3], raw), OnnxTensorWriter.Head("s", type, 3).Packed(5, 1, 2, 3) })
            Assert.Equal(new Shape(2, 3), Model.Read(new OnnxWriter().Input("x", 1, 6).Initializer(shape).Node("Reshape", "x s", "y").Output("y").Bytes(), "m").OutputShape);
    }

    [Fact]
    public void Constants_are_read_in_every_form()
    {
        (string, object)[] forms = [("value", OnnxTensorWriter.Of("", [1], new[] { 2f })), ("value_float", 2f), ("value_floats", new[] { 2f }), ("value_int", 2), ("value_ints", new[] { 2L })];
        foreach ((string, object) form in forms)
            Assert.Equal([6, -2], Model.Read(new OnnxWriter().Input("x", 1, 2).Node("Constant", "", "c", form).Node("Mul", "x c", "y").Output("y").Bytes(), "m").Evaluate([3, -1]));
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Batch_axis_is_dropped(string name, long[] extents, int[] shape)
    {
        Network network = Model.Read(new OnnxWriter().Input("x", extents).Node("Relu", "x", "y").Output("y").Bytes(), name);
        Assert.Equal(new Shape(shape), network.InputShape);
        Assert.Equal(extents[0] > 1 && extents.Length > 1 ? 1 : 0, network.Notes.Length);
    }

    [Fact]
    public void Initializers_listed_as_inputs_are_no_inputs()
    {
        Network network = Model.Read(new OnnxWriter(8).Input("x", 1, 2).Input("w", 2, 2).Initializer(Weights["raw float"]).Node("MatMul", "x w", "y").Output("y").Bytes(), "m");
        Assert.Equal("x", network.Nodes[Assert.Single(network.Inputs)].Name);
    }

    [Fact]
    public void What_the_first_output_does_not_need_is_left_out()
    {
        Network network = Model.Read(new OnnxWriter().Input("x", 1, 2).Input("z", 1, 9).Node("Relu", "x", "y").Node("Teleport", "z", "q").Output("y").Output("q").Bytes(), "m");
        Assert.Equal(2, network.Nodes.Length);
        Assert.Equal(2, network.Notes.Length);
    }

    [Theory]
    [InlineData("MatMul and Add", "dense")]
    [InlineData("MatMul and two Adds", "dense scaling sum")]
    [InlineData("MatMul from the left of a column", "reshape dense reshape")]
    [InlineData("SiLU", "silu")]
    [InlineData("Concat of the last axis", "relu concatenation")]
    [InlineData("Clip without limits", "")]
    public void Layers_are_as_few_as_they_can_be(string name, string kinds)
    {
        Network network = Model.Read(OperationCases.All[name](), name);
        Assert.Equal(kinds, string.Join(' ', network.Nodes.Where(node => node.Layer is not InputLayer).Select(node => node.Layer.Kind)));
    }

    [Fact]
    public void Zeros_that_a_writer_left_out_are_zeros()
    {
        // Without a value the attribute's type alone says that beta is 0.
        ProtoWriter node = new ProtoWriter().Text(1, "x").Text(1, "w").Text(1, "b").Text(2, "y").Text(4, "Gemm").Message(5, new ProtoWriter().Text(1, "beta").Number(20, 1));
        Network network = Model.Read(new OnnxWriter().Input("x", 1, 2).Initializer(Weights["raw float"]).Initializer("b", [2], 5, 5).Node(node).Output("y").Bytes(), "m");
        Assert.Equal([0, 0], network.Evaluate([0, 0]));
    }

    [Fact]
    public void Guide_lists_every_operation()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Crease.slnx")))
            root = root.Parent;
        string guide = File.ReadAllText(Path.Combine(root!.FullName, "docs", "guide", "models.md"));
        Assert.All(Crease.Models.Onnx.OpCatalog.Names, name => Assert.Contains($"`{name}`", guide, StringComparison.Ordinal));
    }

    [Fact]
    public void Smooth_nodes_are_named()
    {
        Network network = Model.Read(new OnnxWriter().Input("x", 1, 2).Node("Relu", "x", "r").Node("Erf", "r", "y").Output("y").Bytes(), "m");
        Assert.Equal("Erf_1", network.FirstSmooth?.Name);
    }
}
