namespace Crease.Tests.Corpus;

public static partial class OperationCases
{
    private static IEnumerable<(string Name, Func<byte[]> Model)> Shaped()
    {
        yield return One("Flatten", 13, "Flatten", [1, 2, 3, 4]);
        yield return ("Reshape 0 and -1", () => new OnnxWriter().Input("x", 1, 2, 3, 4).Integers("s", 0, 3, -1).Node("Reshape", "x s", "y").Output("y").Bytes());
        yield return ("Reshape by computed shape", () => new OnnxWriter().Input("x", -1, 2, 3, 4)
            .Node("Shape", "x", "s").Initializer(OnnxTensorWriter.Of("zero", [], new long[1])).Node("Gather", "s zero", "n").Integers("axes", 0).Node("Unsqueeze", "n axes", "u")
            .Integers("rest", -1).Node("Concat", "u rest", "shape", ("axis", 0)).Node("Reshape", "x shape", "y").Output("y").Bytes());
        yield return ("Reshape to a fixed batch", () => new OnnxWriter().Input("x", 2, 6).Integers("s", 2, 3, 2).Node("Reshape", "x s", "y").Output("y").Bytes());
        yield return ("Squeeze and Unsqueeze", () => new OnnxWriter().Input("x", 1, 2, 1, 4).Integers("a", 2).Node("Squeeze", "x a", "h").Integers("b", 1, -1).Node("Unsqueeze", "h b", "y").Output("y").Bytes());
        yield return One("Transpose", 13, "Transpose", [1, 2, 3, 4], ("perm", new long[] { 0, 3, 1, 2 }));
        yield return ("Transpose of queries, keys and values", () => new OnnxWriter().Input("x", 1, 3, 2, 4).Node("Transpose", "x", "t", ("perm", new long[] { 1, 0, 3, 2 }))
            .Initializer(OnnxTensorWriter.Of("one", [], new long[] { 1 })).Node("Gather", "t one", "y", ("axis", 0)).Output("y").Bytes());
        yield return ("Concat", () => new OnnxWriter().Input("x", 1, 2, 3).Node("Relu", "x", "r").Random("c", 1, 2, 3).Node("Concat", "x c r", "y", ("axis", 1)).Output("y").Bytes());
        yield return ("Concat of the last axis", () => new OnnxWriter().Input("x", 1, 2, 3).Node("Relu", "x", "r").Node("Concat", "x r", "y", ("axis", -1)).Output("y").Bytes());
        yield return ("Slice", () => new OnnxWriter().Input("x", 1, 6, 7).Integers("s", 1, -2).Integers("e", long.MaxValue, 0).Integers("a", 1, 2).Integers("t", 2, -3).Node("Slice", "x s e a t", "y").Output("y").Bytes());
        yield return ("Slice without axes", () => new OnnxWriter().Input("x", 1, 6).Integers("s", 0, -4).Integers("e", 1, -1).Node("Slice", "x s e", "y").Output("y").Bytes());
        yield return ("Gather", () => new OnnxWriter().Input("x", 1, 5, 3).Integers("i", 4, 0, -2).Node("Gather", "x i", "y", ("axis", 1)).Output("y").Bytes());
        yield return ("Split", () => new OnnxWriter().Input("x", 1, 6, 2).Integers("s", 1, 2, 3).Node("Split", "x s", "a b c", ("axis", 1)).Node("Concat", "c a b", "y", ("axis", 1)).Output("y").Bytes());
        yield return ("Split evenly", () => new OnnxWriter().Input("x", 1, 6, 2).Node("Split", "x", "a b c", ("axis", 1)).Node("Sub", "a c", "y").Output("y").Bytes());
        yield return ("Split with a rest", () => new OnnxWriter(18).Input("x", 1, 7).Node("Split", "x", "a b", ("axis", 1), ("num_outputs", 2)).Node("Concat", "b a", "y", ("axis", 1)).Output("y").Bytes());
        foreach (string mode in new[] { "constant", "edge", "reflect" })
            yield return ($"Pad {mode}", () => new OnnxWriter().Input("x", 1, 2, 4, 5).Integers("p", 0, 0, 1, 2, 0, 0, 3, 1).Initializer("v", [], mode == "constant" ? 0.5f : 0).Node("Pad", "x p v", "y", ("mode", mode)).Output("y").Bytes());
        yield return ("Pad by negative numbers", () => new OnnxWriter().Input("x", 1, 2, 5).Integers("p", 0, 0, -1, 0, 1, 2).Node("Pad", "x p", "y").Output("y").Bytes());
        yield return ("Pad of axes", () => new OnnxWriter(18).Input("x", 1, 2, 5).Integers("p", 1, 2).Integers("a", -1).Node("Pad", "x p - a", "y").Output("y").Bytes());
        yield return ("Expand", () => new OnnxWriter().Input("x", 1, 2, 1).Integers("s", 1, 2, 4).Node("Expand", "x s", "y").Output("y").Bytes());
        yield return ("Expand of a constant", () => new OnnxWriter().Input("x", 1, 2, 4).Random("c", 2, 1).Integers("s", 1, 2, 4).Node("Expand", "c s", "e").Node("Add", "e x", "y").Output("y").Bytes());
        yield return ("ConstantOfShape", () => new OnnxWriter().Input("x", 1, 2, 4).Integers("s", 2, 4).Node("ConstantOfShape", "s", "c", ("value", OnnxTensorWriter.Of("", [1], new[] { 1.5f }))).Node("Mul", "x c", "y").Output("y").Bytes());
        yield return ("Identity, Dropout and Cast", () => new OnnxWriter().Input("x", 1, 4).Node("Identity", "x", "a").Node("Dropout", "a", "b").Node("Cast", "b", "y", ("to", 1)).Output("y").Bytes());
        foreach (string op in new[] { "ReduceMean", "ReduceMax" })
        {
            yield return One($"{op} of the last axis", 13, op, [1, 3, 4], ("axes", new long[] { -1 }));
            yield return One($"{op} of an inner axis", 13, op, [1, 3, 4, 2], ("axes", new long[] { 2 }), ("keepdims", 0));
            yield return One($"{op} of an image", 13, op, [1, 3, 4, 2], ("axes", new long[] { 2, 3 }), ("keepdims", 0));
            yield return ($"{op} with axes as input", () => new OnnxWriter(18).Input("x", 1, 3, 4).Integers("a", 1).Node(op, "x a", "y").Output("y").Bytes());
        }
        yield return ("ReduceSum", () => new OnnxWriter().Input("x", 1, 3, 4).Integers("a", 1).Node("ReduceSum", "x a", "y", ("keepdims", 0)).Output("y").Bytes());
    }

    private static IEnumerable<(string Name, Func<byte[]> Model)> Elementwise()
    {
        foreach (string op in new[] { "Add", "Sub", "Mul", "Div" })
        {
            yield return ($"{op} of a constant", () => new OnnxWriter().Input("x", 1, 3, 4).Random("c", 3, 1).Node(op, "x c", "y").Output("y").Bytes());
            yield return ($"{op} of a scalar", () => new OnnxWriter().Input("x", 1, 3, 4).Initializer("c", [], 2.5f).Node(op, "x c", "y").Output("y").Bytes());
            yield return ($"{op} of a wider constant", () => new OnnxWriter().Input("x", 1, 3, 1).Random("c", 3, 4).Node(op, "x c", "y").Output("y").Bytes());
            yield return ($"{op} of two tensors", () => new OnnxWriter().Input("x", 1, 3, 4).Node("Softplus", "x", "h").Node(op, "x h", "y").Output("y").Bytes());
            yield return ($"{op} that broadcasts", () => new OnnxWriter().Input("x", 1, 3, 4).Node("Softplus", "x", "s").Node("ReduceMean", "s", "h", ("axes", new long[] { 2 })).Node(op, "x h", "y").Output("y").Bytes());
            yield return ($"{op} of constants", () => new OnnxWriter().Input("x", 1, 4).Random("c", 4).Random("d", 1).Node(op, "c d", "e").Node("Add", "x e", "y").Output("y").Bytes());
        }
        foreach (string op in new[] { "Add", "Sub", "Mul" })
            yield return ($"{op} from a constant", () => new OnnxWriter().Input("x", 1, 3, 4).Random("c", 3, 1).Node(op, "c x", "y").Output("y").Bytes());
        yield return ("Div from a constant", () => new OnnxWriter().Input("x", 1, 4).Node("Softplus", "x", "h").Random("c", 4).Node("Div", "c h", "y").Output("y").Bytes());
        yield return ("Sum", () => new OnnxWriter().Input("x", 1, 4).Node("Relu", "x", "r").Node("Abs", "x", "a").Node("Sum", "x r a", "y").Output("y").Bytes());
        yield return ("Sum with a constant", () => new OnnxWriter().Input("x", 1, 4).Node("Relu", "x", "r").Random("c", 4).Node("Sum", "c x r", "y").Output("y").Bytes());
        foreach (string op in new[] { "Neg", "Relu", "Abs", "Sigmoid", "Tanh", "Erf", "Exp", "Softplus", "Softsign", "Selu", "Sin", "Cos" })
            yield return One(op, 13, op, [1, 3, 4]);
        foreach (string op in new[] { "Sqrt", "Log", "Reciprocal" })
            yield return ($"{op}", () => new OnnxWriter().Input("x", 1, 4).Node("Softplus", "x", "h").Node(op, "h", "y").Output("y").Bytes());
        yield return ("Relu of a constant", () => new OnnxWriter().Input("x", 1, 4).Random("c", 4).Node("Relu", "c", "r").Node("Add", "x r", "y").Output("y").Bytes());
        yield return One("LeakyRelu", 13, "LeakyRelu", [1, 5], ("alpha", 0.2f));
        yield return One("ThresholdedRelu at 0", 13, "ThresholdedRelu", [1, 5], ("alpha", 0f));
        yield return One("Elu", 13, "Elu", [1, 5], ("alpha", 0.5f));
        yield return One("HardSigmoid", 13, "HardSigmoid", [1, 5], ("alpha", 0.3f), ("beta", 0.4f));
        yield return One("HardSwish", 14, "HardSwish", [1, 5]);
        yield return One("Gelu", 20, "Gelu", [1, 5]);
        yield return One("Gelu tanh", 20, "Gelu", [1, 5], ("approximate", "tanh"));
        yield return ("PRelu", () => new OnnxWriter().Input("x", 1, 3, 4).Random("s", 3, 1).Node("PRelu", "x s", "y").Output("y").Bytes());
        yield return ("PRelu of one slope", () => new OnnxWriter().Input("x", 1, 3, 4).Random("s", 1).Node("PRelu", "x s", "y").Output("y").Bytes());
        yield return ("Clip", () => new OnnxWriter().Input("x", 1, 8).Initializer("l", [], -0.5f).Initializer("h", [], 0.75f).Node("Clip", "x l h", "y").Output("y").Bytes());
        yield return ("Clip from above", () => new OnnxWriter().Input("x", 1, 8).Initializer("h", [], 0.75f).Node("Clip", "x - h", "y").Output("y").Bytes());
        yield return ("Clip without limits", () => new OnnxWriter().Input("x", 1, 8).Node("Clip", "x", "y").Output("y").Bytes());
        yield return ("Pow", () => new OnnxWriter().Input("x", 1, 4).Initializer("p", [], 3).Node("Pow", "x p", "y").Output("y").Bytes());
        yield return ("SiLU", () => new OnnxWriter().Input("x", 1, 4).Node("Sigmoid", "x", "s").Node("Mul", "x s", "y").Output("y").Bytes());
        foreach (string op in new[] { "Max", "Min" })
        {
            yield return ($"{op} with a scalar", () => new OnnxWriter().Input("x", 1, 4).Initializer("c", [1], 0.3f).Node(op, "c x", "y").Output("y").Bytes());
            yield return ($"{op} with a constant", () => new OnnxWriter().Input("x", 1, 3, 4).Random("c", 3, 1).Node(op, "x c", "y").Output("y").Bytes());
            yield return ($"{op} of three tensors", () => new OnnxWriter().Input("x", 1, 4).Node("Neg", "x", "n").Node("Sin", "x", "s").Node(op, "x n s", "y").Output("y").Bytes());
        }
        yield return One("Softmax", 13, "Softmax", [1, 3, 4]);
        yield return One("Softmax of an inner axis", 13, "Softmax", [1, 3, 4], ("axis", 1));
        yield return One("Softmax of all axes", 11, "Softmax", [1, 3, 4]);
        yield return One("LogSoftmax", 13, "LogSoftmax", [1, 6]);
    }

    // Operations whose attributes became inputs, or whose defaults changed, and a whole network, at every opset.
    private static IEnumerable<(string Name, Func<byte[]> Model)> Versions()
    {
        for (int o = 7; o <= 26; o++)
        {
            int opset = o;
            yield return ($"network at opset {opset}", () => new OnnxWriter(opset).Input("x", -1, 1, 6, 6).Random("w", 2, 1, 3, 3).Random("b", 2)
                .Node("Conv", "x w b", "c").Random("g", 2).Random("h", 2).Random("m", 2).Initializer("v", [2], 0.5f, 2)
                .Node("BatchNormalization", "c g h m v", "n").Node("Relu", "n", "r").Node("MaxPool", "r", "p", ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }))
                .Node("Flatten", "p", "f").Random("u", 3, 8).Random("a", 3).Node("Gemm", "f u a", "y", ("transB", 1)).Output("y").Bytes());
            yield return ($"Softmax at opset {opset}", () => new OnnxWriter(opset).Input("x", 1, 3, 4).Node("Softmax", "x", "y").Output("y").Bytes());
            yield return ($"Clip at opset {opset}", () => opset < 11
                ? new OnnxWriter(opset).Input("x", 1, 8).Node("Clip", "x", "y", ("min", -0.5f), ("max", 0.5f)).Output("y").Bytes()
                : new OnnxWriter(opset).Input("x", 1, 8).Initializer("l", [], -0.5f).Initializer("h", [], 0.5f).Node("Clip", "x l h", "y").Output("y").Bytes());
            yield return ($"Slice at opset {opset}", () => opset < 10
                ? new OnnxWriter(opset).Input("x", 1, 8).Node("Slice", "x", "y", ("starts", new long[] { 2 }), ("ends", new long[] { -1 }), ("axes", new long[] { 1 })).Output("y").Bytes()
                : new OnnxWriter(opset).Input("x", 1, 8).Integers("s", 2).Integers("e", -1).Integers("a", 1).Node("Slice", "x s e a", "y").Output("y").Bytes());
            yield return ($"Squeeze at opset {opset}", () => opset < 13
                ? new OnnxWriter(opset).Input("x", 1, 1, 8).Node("Squeeze", "x", "y", ("axes", new long[] { 1 })).Output("y").Bytes()
                : new OnnxWriter(opset).Input("x", 1, 1, 8).Integers("a", 1).Node("Squeeze", "x a", "y").Output("y").Bytes());
            yield return ($"Pad at opset {opset}", () => opset < 11
                ? new OnnxWriter(opset).Input("x", 1, 8).Node("Pad", "x", "y", ("pads", new long[] { 0, 1, 0, 2 }), ("value", 0.5f)).Output("y").Bytes()
                : new OnnxWriter(opset).Input("x", 1, 8).Integers("p", 0, 1, 0, 2).Initializer("v", [], 0.5f).Node("Pad", "x p v", "y").Output("y").Bytes());
            yield return ($"Split at opset {opset}", () => opset < 13
                ? new OnnxWriter(opset).Input("x", 1, 8).Node("Split", "x", "a y", ("split", new long[] { 3, 5 }), ("axis", 1)).Output("y").Bytes()
                : new OnnxWriter(opset).Input("x", 1, 8).Integers("s", 3, 5).Node("Split", "x s", "a y", ("axis", 1)).Output("y").Bytes());
            yield return ($"ReduceMean at opset {opset}", () => opset < 18
                ? new OnnxWriter(opset).Input("x", 1, 3, 4).Node("ReduceMean", "x", "y", ("axes", new long[] { 2 })).Output("y").Bytes()
                : new OnnxWriter(opset).Input("x", 1, 3, 4).Integers("a", 2).Node("ReduceMean", "x a", "y").Output("y").Bytes());
            yield return ($"Dropout at opset {opset}", () => new OnnxWriter(opset).Input("x", 1, 4).Node("Dropout", "x", "d").Node("Relu", "d", "y").Output("y").Bytes());
        }
    }
}
