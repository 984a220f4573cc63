using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Small random models, one per operation variant; a new operation is tested by a row here.</summary>
public static partial class OperationCases
{
    public static IReadOnlyDictionary<string, Func<byte[]>> All { get; } =
        Windowed().Concat(Dense()).Concat(Shaped()).Concat(Elementwise()).Concat(Versions()).ToDictionary(pair => pair.Name, pair => pair.Model);

    private static IEnumerable<(string Name, Func<byte[]> Model)> Windowed()
    {
        yield return Conv("conv", [1, 3, 7, 6], [4, 3, 3, 3]);
        yield return Conv("conv stride", [1, 3, 8, 7], [4, 3, 3, 2], ("strides", new long[] { 2, 3 }));
        yield return Conv("conv asymmetric pads", [1, 2, 5, 6], [3, 2, 3, 3], ("pads", new long[] { 0, 1, 2, 3 }));
        yield return Conv("conv dilations", [1, 2, 9, 9], [3, 2, 3, 2], ("dilations", new long[] { 2, 3 }));
        yield return Conv("conv groups", [1, 4, 5, 5], [6, 2, 3, 3], ("group", 2));
        yield return Conv("conv depthwise", [-1, 4, 5, 5], [8, 1, 3, 3], ("group", 4), ("pads", new long[] { 1, 1, 1, 1 }));
        yield return Conv("conv all at once", [1, 4, 11, 9], [4, 2, 3, 2], ("group", 2), ("pads", new long[] { 1, 2, 0, 1 }), ("strides", new long[] { 2, 1 }), ("dilations", new long[] { 2, 2 }));
        yield return Conv("conv same upper", [1, 2, 7, 8], [3, 2, 4, 3], ("auto_pad", "SAME_UPPER"), ("strides", new long[] { 2, 2 }));
        yield return Conv("conv same lower", [1, 2, 7, 8], [3, 2, 4, 3], ("auto_pad", "SAME_LOWER"), ("strides", new long[] { 2, 2 }));
        yield return Conv("conv valid", [1, 2, 7, 8], [3, 2, 4, 3], ("auto_pad", "VALID"));
        yield return Conv("conv 1-D", [1, 3, 12], [4, 3, 3], ("strides", new long[] { 2 }), ("pads", new long[] { 1, 2 }), ("dilations", new long[] { 2 }));
        yield return ("conv without bias", () => new OnnxWriter().Input("x", 1, 2, 4, 4).Random("w", 3, 2, 2, 2).Node("Conv", "x w", "y").Output("y").Bytes());
        foreach (string pool in new[] { "MaxPool", "AveragePool" })
        {
            yield return One($"{pool}", 11, pool, [1, 3, 6, 8], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));
            yield return One($"{pool} overlapping", 11, pool, [1, 3, 7, 8], ("kernel_shape", new long[] { 3, 2 }), ("strides", new long[] { 2, 1 }));
            yield return One($"{pool} pads", 11, pool, [1, 2, 7, 8], ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 0, 2, 1 }));
            yield return One($"{pool} ceil", 11, pool, [1, 2, 8, 6], ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }), ("ceil_mode", 1));
            yield return One($"{pool} ceil and pads", 19, pool, [1, 2, 7, 9], ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 3 }), ("pads", new long[] { 1, 1, 1, 1 }), ("ceil_mode", 1));
            yield return One($"{pool} dilations", 19, pool, [1, 2, 9, 8], ("kernel_shape", new long[] { 2, 3 }), ("dilations", new long[] { 3, 2 }));
            yield return One($"{pool} same upper", 11, pool, [1, 2, 7, 8], ("kernel_shape", new long[] { 2, 3 }), ("strides", new long[] { 2, 2 }), ("auto_pad", "SAME_UPPER"));
            yield return One($"{pool} same lower", 11, pool, [1, 2, 7, 8], ("kernel_shape", new long[] { 2, 3 }), ("strides", new long[] { 2, 2 }), ("auto_pad", "SAME_LOWER"));
            yield return One($"{pool} 1-D", 11, pool, [1, 3, 9], ("kernel_shape", new long[] { 3 }), ("strides", new long[] { 2 }), ("pads", new long[] { 1, 0 }));
            yield return One($"Global{pool}", 13, $"Global{pool}", [1, 3, 5, 4]);
            yield return One($"Global{pool} 1-D", 13, $"Global{pool}", [1, 3, 5]);
        }
        yield return One("AveragePool counts padding", 11, "AveragePool", [1, 2, 6, 7], ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 1, 1, 1 }), ("count_include_pad", 1));
        yield return One("AveragePool counts padding, ceil", 19, "AveragePool", [1, 2, 6, 7], ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 0, 1, 0 }), ("count_include_pad", 1), ("ceil_mode", 1));
    }

    private static IEnumerable<(string Name, Func<byte[]> Model)> Dense()
    {
        yield return ("Gemm", () => new OnnxWriter().Input("x", 1, 5).Random("w", 5, 4).Random("b", 4).Node("Gemm", "x w b", "y").Output("y").Bytes());
        yield return ("Gemm without bias", () => new OnnxWriter().Input("x", -1, 5).Random("w", 5, 4).Node("Gemm", "x w", "y").Output("y").Bytes());
        yield return ("Gemm alpha beta transB", () => new OnnxWriter().Input("x", 1, 5).Random("w", 4, 5).Random("b", 1, 4).Node("Gemm", "x w b", "y", ("alpha", 0.5f), ("beta", -2f), ("transB", 1)).Output("y").Bytes());
        yield return ("Gemm scalar bias", () => new OnnxWriter().Input("x", 1, 5).Random("w", 5, 4).Random("b", 1).Node("Gemm", "x w b", "y").Output("y").Bytes());
        yield return ("MatMul", () => new OnnxWriter().Input("x", 1, 5).Random("w", 5, 4).Node("MatMul", "x w", "y").Output("y").Bytes());
        yield return ("MatMul and Add", () => new OnnxWriter().Input("x", 1, 5).Random("w", 5, 4).Random("b", 4).Node("MatMul", "x w", "h").Node("Add", "b h", "y").Output("y").Bytes());
        yield return ("MatMul and two Adds", () => new OnnxWriter().Input("x", 1, 5).Random("w", 5, 4).Random("b", 4).Node("MatMul", "x w", "h").Node("Add", "h b", "a").Node("Add", "h a", "y").Output("y").Bytes());
        yield return ("MatMul and wide Add", () => new OnnxWriter().Input("x", 1, 5).Random("w", 5, 4).Random("b", 1, 1, 4).Node("MatMul", "x w", "h").Node("Add", "h b", "y").Output("y").Bytes());
        yield return ("MatMul and square Add", () => new OnnxWriter().Input("x", 1, 4, 5).Random("w", 5, 4).Random("b", 4, 1).Node("MatMul", "x w", "h").Node("Add", "h b", "y").Output("y").Bytes());
        yield return ("MatMul rows", () => new OnnxWriter().Input("x", 1, 3, 5).Random("w", 5, 4).Random("b", 4).Node("MatMul", "x w", "h").Node("Add", "h b", "y").Output("y").Bytes());
        yield return ("MatMul by a vector", () => new OnnxWriter().Input("x", 1, 3, 5).Random("w", 5).Node("MatMul", "x w", "y").Output("y").Bytes());
        yield return ("MatMul from the left", () => new OnnxWriter().Input("x", 1, 5, 3).Random("w", 4, 5).Random("b", 4, 1).Node("MatMul", "w x", "h").Node("Add", "h b", "y").Output("y").Bytes());
        yield return ("MatMul from the left of a column", () => new OnnxWriter().Input("x", 1, 5, 1).Random("w", 4, 5).Random("b", 4, 1).Node("MatMul", "w x", "h").Node("Add", "h b", "y").Output("y").Bytes());
        yield return ("MatMul of two tensors", () => new OnnxWriter().Input("x", 1, 2, 3, 4).Node("Transpose", "x", "t", ("perm", new long[] { 0, 1, 3, 2 })).Node("MatMul", "x t", "y").Output("y").Bytes());
        yield return ("vector input", () => new OnnxWriter().Input("x", 5).Random("w", 5, 4).Random("b", 4).Node("MatMul", "x w", "h").Node("Add", "h b", "g").Node("Relu", "g", "y").Output("y").Bytes());
        yield return ("BatchNormalization", () => new OnnxWriter().Input("x", 1, 3, 4, 2).Random("g", 3).Random("b", 3).Random("m", 3).Initializer("v", [3], 0.5f, 1.5f, 0.1f).Node("BatchNormalization", "x g b m v", "y", ("epsilon", 1e-3f)).Output("y").Bytes());
        yield return ("BatchNormalization of features", () => new OnnxWriter().Input("x", -1, 3).Random("g", 3).Random("b", 3).Random("m", 3).Initializer("v", [3], 0.5f, 1.5f, 0.1f).Node("BatchNormalization", "x g b m v", "y").Output("y").Bytes());
        yield return ("LayerNormalization", () => new OnnxWriter(17).Input("x", 1, 3, 6).Random("g", 6).Random("b", 6).Node("LayerNormalization", "x g b", "y", ("epsilon", 1e-3f)).Output("y").Bytes());
        yield return ("LayerNormalization of two axes", () => new OnnxWriter(17).Input("x", 1, 3, 6).Random("g", 3, 6).Node("LayerNormalization", "x g", "y", ("axis", 1)).Output("y").Bytes());
    }

    private static (string Name, Func<byte[]> Model) Conv(string name, long[] input, long[] weights, params (string Name, object Value)[] attributes) =>
        (name, () => new OnnxWriter().Input("x", input).Random("w", weights).Random("b", weights[0]).Node("Conv", "x w b", "y", attributes).Output("y").Bytes());

    private static (string Name, Func<byte[]> Model) One(string name, int opset, string op, long[] input, params (string Name, object Value)[] attributes) =>
        (name, () => new OnnxWriter(opset).Input("x", input).Node(op, "x", "y", attributes).Output("y").Bytes());

    /// <summary>An initializer of normal numbers that depend on its name only.</summary>
    public static OnnxWriter Random(this OnnxWriter model, string name, params long[] extents)
    {
        var random = new RandomSource(name.Aggregate(17ul, (seed, letter) => seed * 31 + letter));
        var values = new float[extents.Aggregate(1L, (size, extent) => size * extent)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)random.Normal();
        return model.Initializer(name, extents, values);
    }
}
