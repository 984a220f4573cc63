namespace Crease.Tests.Corpus;

public static partial class HostileModels
{
    private static IEnumerable<(string Name, Func<string, string> Write, string Phrase)> Tensors()
    {
        yield return Bytes("NaN weights", () => Network(OnnxTensorWriter.Of("w", [2, 2], [1, float.NaN, 0, 1])), "initializer 'w' holds NaN");
        yield return Bytes("infinite weights", () => Network(OnnxTensorWriter.Of("w", [2, 2], [1, 0, float.PositiveInfinity, 1])), "initializer 'w' holds");
        yield return Bytes("infinite double weights", () => Network(OnnxTensorWriter.Of("w", [2, 2], [1, 0, double.NegativeInfinity, 1])), "initializer 'w' holds");
        yield return Bytes("infinite half weights", () => Network(OnnxTensorWriter.Raw("w", OnnxTensorWriter.F16, [2, 2], [0, 0, 0, 0x7C, 0, 0, 0, 0])), "initializer 'w' holds");
        yield return Bytes("NaN bfloat16 weights", () => Network(OnnxTensorWriter.Raw("w", OnnxTensorWriter.BF16, [2, 2], [0, 0, 0xC0, 0x7F, 0, 0, 0, 0])), "initializer 'w' holds NaN");
        yield return Bytes("negative extents", () => Network(OnnxTensorWriter.Of("w", [-2, -2], new float[4])), "non-negative extents");
        yield return Bytes("extent of 2^62", () => Network(OnnxTensorWriter.Of("w", [2, 1L << 62], new float[4])), "non-negative extents");
        yield return Bytes("extents whose product wraps to 4", () => Network(OnnxTensorWriter.Of("w", [4, (1L << 62) + 1], new float[4])), "non-negative extents");
        yield return Bytes("gigabytes claimed by 16 bytes", () => Network(OnnxTensorWriter.Of("w", [2, 1 << 29], new float[4])), "16 bytes of raw data");
        yield return Bytes("gigabytes claimed by nothing", () => Network(OnnxTensorWriter.Head("w", OnnxTensorWriter.F32, 2, 1 << 29)), "has 0 numbers");
        yield return Bytes("raw data of the wrong length", () => Network(OnnxTensorWriter.Raw("w", OnnxTensorWriter.F32, [2, 2], new byte[15])), "15 bytes of raw data");
        yield return Bytes("typed data of the wrong length", () => Network(OnnxTensorWriter.Head("w", OnnxTensorWriter.F32, 2, 2).Real(4, 1).Real(4, 2)), "has 2 numbers");
        yield return Bytes("both raw and typed data", () => Network(OnnxTensorWriter.Of("w", [2, 2], new float[4]).Real(4, 1)), "both raw and typed data");
        yield return Bytes("text tensor", () => Network(OnnxTensorWriter.Head("w", OnnxTensorWriter.Text, 2, 2)), "element type 8");
        yield return Bytes("tensor of an unknown type", () => Network(OnnxTensorWriter.Head("w", 77, 2, 2)), "element type 77");
        yield return Bytes("floats under an integer type", () => Network(OnnxTensorWriter.Head("w", OnnxTensorWriter.I64, 2, 2).Real(4, 1)), "has 0 numbers");
        yield return Bytes("tensor of size 0", () => Network(OnnxTensorWriter.Of("w", [2, 0], Array.Empty<float>())), "'weights' has 0 entries");
        yield return Bytes("scalar of size 0", () => new OnnxWriter().Input("x", 1, 2).Initializer("e", [0]).Node("Clip", "x e", "y").Output("y").Bytes(), "expected one number");
        yield return Bytes("NaN constant", () => new OnnxWriter().Input("x", 1, 2).Node("Constant", "", "c", ("value_float", float.NaN)).Node("Add", "x c", "y").Output("y").Bytes(), "NaN");
        yield return Bytes("constant of text", () => new OnnxWriter().Input("x", 1, 2).Node("Constant", "", "c", ("value_string", "one")).Node("Add", "x c", "y").Output("y").Bytes(), "no numeric value");
        yield return Bytes("constant that becomes infinite", () => new OnnxWriter().Input("x", 1, 2).Initializer("c", [2], 1, 0).Initializer("d", [2], 0, 0).Node("Div", "c d", "e").Node("Add", "x e", "y").Output("y").Bytes(), "expected finite numbers");
        yield return Bytes("shape of floats", () => new OnnxWriter().Input("x", 1, 2).Initializer("s", [2], 1, 2).Node("Reshape", "x s", "y").Output("y").Bytes(), "expected integers");
    }

    private static IEnumerable<(string Name, Func<string, string> Write, string Phrase)> External()
    {
        yield return Beside("external data above the folder", "inside the model's own folder", ("location", "../weights.bin"));
        yield return Beside("external data by a hidden way up", "inside the model's own folder", ("location", "a/../../weights.bin"));
        yield return Beside("external data by a backslash way up", "inside the model's own folder", ("location", "..\\weights.bin"));
        yield return Beside("external data at an absolute path", "inside the model's own folder", ("location", "/etc/passwd"));
        yield return Beside("external data without a location", "inside the model's own folder", ("offset", "0"));
        yield return Beside("external data with a zero character", "inside the model's own folder", ("location", "weights.bin\0"));
        yield return Beside("external data through a link", "is a link", ("location", "link.bin"));
        yield return Beside("external data through a linked folder", "is a link", ("location", "up/hosts"));
        yield return Beside("external data in a folder", "does not exist", ("location", "up"));
        yield return Beside("external data that is not there", "does not exist", ("location", "absent.bin"));
        yield return Beside("external offset past the end", "which has 16", ("location", "weights.bin"), ("offset", "17"));
        yield return Beside("external length past the end", "which has 16", ("location", "weights.bin"), ("offset", "4"), ("length", "16"));
        yield return Beside("external offset of 2^63", "non-negative number", ("location", "weights.bin"), ("offset", "9223372036854775808"));
        yield return Beside("external offset and length that wrap", "which has 16", ("location", "weights.bin"), ("offset", "9223372036854775807"), ("length", "9223372036854775807"));
        yield return Beside("external negative offset", "non-negative number", ("location", "weights.bin"), ("offset", "-4"));
        yield return Beside("external data of the wrong length", "as its shape says", ("location", "weights.bin"), ("length", "8"));
    }

    private static IEnumerable<(string Name, Func<string, string> Write, string Phrase)> Operations()
    {
        yield return Image("kernel larger than the input", "does not fit", "Conv", [2, 1, 9, 9]);
        yield return Image("stride 0", "at least 1", "Conv", [2, 1, 3, 3], ("strides", new long[] { 0, 1 }));
        yield return Image("negative pads", "at least 0", "Conv", [2, 1, 3, 3], ("pads", new long[] { 0, 0, -1, 0 }));
        yield return Image("dilation of 2^31", "2^31", "Conv", [2, 1, 3, 3], ("dilations", new long[] { 1L << 31, 1 }));
        yield return Image("pads of 2^31 - 1", "", "Conv", [2, 1, 3, 3], ("pads", new long[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }));
        yield return Image("strides for three axes", "has 3 entries", "Conv", [2, 1, 3, 3], ("strides", new long[] { 1, 1, 1 }));
        yield return Image("strides for one axis", "has 1 entries", "Conv", [2, 1, 3, 3], ("strides", new long[] { 1 }));
        yield return Image("groups that do not divide", "groups", "Conv", [3, 1, 3, 3], ("group", 2));
        yield return Image("negative groups", "groups", "Conv", [2, 1, 3, 3], ("group", -1));
        yield return Image("kernel_shape that contradicts the weights", "expected the same kernel", "Conv", [2, 1, 3, 3], ("kernel_shape", new long[] { 2, 2 }));
        yield return Image("unknown auto_pad", "auto_pad is 'SOMEHOW'", "Conv", [2, 1, 3, 3], ("auto_pad", "SOMEHOW"));
        yield return Image("three-dimensional kernel", "expected 4 axes", "Conv", [2, 1, 3, 3, 3]);
        yield return Bytes("convolution bias of the wrong length", () => new OnnxWriter().Input("x", 1, 1, 6, 6).Random("w", 2, 1, 3, 3).Random("b", 3).Node("Conv", "x w b", "y").Output("y").Bytes(), "'bias' has 3 entries");
        yield return Bytes("pool of padding only", () => new OnnxWriter().Input("x", 1, 1, 4, 4).Node("MaxPool", "x", "y", ("kernel_shape", new long[] { 2, 2 }), ("pads", new long[] { 2, 2, 2, 2 })).Output("y").Bytes(), "padding");
        yield return Bytes("pool that straddles the input", () => new OnnxWriter(19).Input("x", 1, 1, 2, 2).Node("MaxPool", "x", "y", ("kernel_shape", new long[] { 2, 2 }), ("dilations", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 })).Output("y").Bytes(), "padding only");
        yield return Bytes("Gemm of the wrong width", () => new OnnxWriter().Input("x", 1, 5).Random("w", 4, 3).Node("Gemm", "x w", "y").Output("y").Bytes(), "expected the same number");
        yield return Bytes("Gemm bias of the wrong length", () => new OnnxWriter().Input("x", 1, 5).Random("w", 5, 3).Random("b", 4).Node("Gemm", "x w b", "y").Output("y").Bytes(), "the bias has shape [4]");
        yield return Bytes("Gemm of the transposed batch", () => new OnnxWriter().Input("x", 1, 5).Random("w", 1, 3).Node("Gemm", "x w", "y", ("transA", 1)).Output("y").Bytes(), "transA");
        yield return Bytes("Gemm with alpha NaN", () => new OnnxWriter().Input("x", 1, 2).Random("w", 2, 2).Node("Gemm", "x w", "y", ("alpha", float.NaN)).Output("y").Bytes(), "alpha is NaN");
        yield return Bytes("MatMul of the wrong width", () => new OnnxWriter().Input("x", 1, 5).Random("w", 4, 3).Node("MatMul", "x w", "y").Output("y").Bytes(), "expected the same number");
        yield return Bytes("Reshape to another size", () => Shape("Reshape", 1, 7), "sizes differ");
        yield return Bytes("Reshape with two -1", () => Shape("Reshape", -1, -1), "at most one -1");
        yield return Bytes("Reshape by -2", () => Shape("Reshape", 1, -2), "expected positive extents");
        yield return Bytes("Reshape to 2^60", () => Shape("Reshape", 1, 1L << 60), "expected positive extents");
        yield return Bytes("Transpose by no permutation", () => new OnnxWriter().Input("x", 1, 2, 3).Node("Transpose", "x", "y", ("perm", new long[] { 0, 1, 1 })).Output("y").Bytes(), "expected an order of the axes");
        yield return Bytes("Transpose of two axes out of three", () => new OnnxWriter().Input("x", 1, 2, 3).Node("Transpose", "x", "y", ("perm", new long[] { 0, 1 })).Output("y").Bytes(), "expected an order of the axes");
        yield return Bytes("Transpose that moves the batch", () => new OnnxWriter().Input("x", 1, 2, 3).Node("Transpose", "x", "y", ("perm", new long[] { 1, 0, 2 })).Output("y").Bytes(), "batch axis must stay first");
        yield return Bytes("Concat of different shapes", () => new OnnxWriter().Input("x", 1, 2, 3).Random("c", 1, 2, 4).Node("Concat", "x c", "y", ("axis", 1)).Output("y").Bytes(), "the other axes differ");
        yield return Bytes("Concat along axis 9", () => new OnnxWriter().Input("x", 1, 2).Node("Concat", "x x", "y", ("axis", 9)).Output("y").Bytes(), "axis 9");
        yield return Bytes("Add of shapes that do not broadcast", () => new OnnxWriter().Input("x", 1, 3).Random("c", 4).Node("Add", "x c", "y").Output("y").Bytes(), "expected shapes that broadcast");
        yield return Bytes("Div by zero", () => new OnnxWriter().Input("x", 1, 2).Initializer("c", [2], 1, 0).Node("Div", "x c", "y").Output("y").Bytes(), "not finite");
        yield return Bytes("Slice by step 0", () => new OnnxWriter().Input("x", 1, 5).Integers("s", 0).Integers("e", 3).Integers("a", 1).Integers("t", 0).Node("Slice", "x s e a t", "y").Output("y").Bytes(), "step is 0");
        yield return Bytes("Slice of nothing", () => new OnnxWriter().Input("x", 1, 5).Integers("s", 3).Integers("e", 3).Integers("a", 1).Node("Slice", "x s e a", "y").Output("y").Bytes(), "takes nothing");
        yield return Bytes("Gather past the end", () => new OnnxWriter().Input("x", 1, 5).Integers("i", 5).Node("Gather", "x i", "y", ("axis", 1)).Output("y").Bytes(), "index 5");
        yield return Bytes("Split that does not add up", () => new OnnxWriter().Input("x", 1, 5).Integers("s", 2, 2).Node("Split", "x s", "y z", ("axis", 1)).Output("y").Bytes(), "add up");
        yield return Bytes("Slice of all of 2^28 elements", () => new OnnxWriter().Input("x", 1, 1 << 28).Integers("s", 0).Integers("e", 1 << 28).Integers("a", 1).Node("Slice", "x s e a", "y").Output("y").Bytes(), "more elements");
        yield return Bytes("Split of 2^28 elements", () => new OnnxWriter().Input("x", 1, 1 << 28).Node("Split", "x", "y z", ("axis", 1)).Output("y").Bytes(), "more elements");
        yield return Bytes("Transpose of 2^28 elements", () => new OnnxWriter().Input("x", 1, 1 << 14, 1 << 14).Node("Transpose", "x", "y", ("perm", new long[] { 0, 2, 1 })).Output("y").Bytes(), "more elements");
        yield return Bytes("matrix times 2^28 elements", () => new OnnxWriter().Input("x", 1, 2, 1 << 27).Random("w", 2, 2).Node("MatMul", "w x", "y").Output("y").Bytes(), "more elements");
        yield return Bytes("Unsqueeze to a hundred axes", () => Shape("Unsqueeze", [.. Enumerable.Range(1, 99).Select(axis => (long)axis)]), "101 axes");
        yield return Bytes("initializer of a hundred axes", () => new OnnxWriter().Input("x", 1, 2).Initializer("c", [.. Enumerable.Repeat(1L, 100)], 1).Node("Add", "x c", "y").Output("y").Bytes(), "100 axes");
        yield return Bytes("indices of a pool used twice", () => new OnnxWriter().Input("x", 1, 1, 4, 4).Node("MaxPool", "x", "p i", ("kernel_shape", new long[] { 2, 2 })).Node("Add", "i i", "j").Node("Add", "p j", "y").Output("y").Bytes(), "indices are used");
        yield return Bytes("Pad to nothing", () => new OnnxWriter().Input("x", 1, 5).Integers("p", 0, -3, 0, -3).Node("Pad", "x p", "y").Output("y").Bytes(), "expected at least 1");
        yield return Bytes("Pad to 2^31", () => new OnnxWriter().Input("x", 1, 5).Integers("p", 0, 0, 0, int.MaxValue).Node("Pad", "x p", "y").Output("y").Bytes(), "expected at least 1");
        yield return Bytes("Pad in an unknown mode", () => new OnnxWriter().Input("x", 1, 5).Integers("p", 0, 0, 0, 3).Node("Pad", "x p", "y", ("mode", "wrap")).Output("y").Bytes(), "mode is 'wrap'");
        yield return Bytes("ConstantOfShape of gigabytes", () => new OnnxWriter().Input("x", 1, 2).Integers("s", 1 << 20, 1 << 10).Node("ConstantOfShape", "s", "c").Node("Add", "x c", "y").Output("y").Bytes(), "more elements");
        yield return Bytes("chain of ConstantOfShape", () => Repeated("ConstantOfShape", 1 << 22), "more elements");
        yield return Bytes("Expand to gigabytes", () => Shape("Expand", 1 << 20, 1 << 10, 6), "more elements");
        yield return Bytes("Unsqueeze of one axis twice", () => Shape("Unsqueeze", 0, 0), "axis");
        yield return Bytes("Clip upside down", () => new OnnxWriter().Input("x", 1, 2).Initializer("l", [], 2).Initializer("h", [], 1).Node("Clip", "x l h", "y").Output("y").Bytes(), "lower limit");
        yield return Bytes("ThresholdedRelu with a jump", () => new OnnxWriter().Input("x", 1, 2).Node("ThresholdedRelu", "x", "y").Output("y").Bytes(), "jumps");
        yield return Bytes("BatchNormalization of negative variance", () => new OnnxWriter().Input("x", 1, 2).Random("g", 2).Initializer("v", [2], 1, -1).Node("BatchNormalization", "x g g g v", "y").Output("y").Bytes(), "must be positive");
        yield return Bytes("BatchNormalization of the wrong width", () => new OnnxWriter().Input("x", 1, 2).Random("g", 3).Node("BatchNormalization", "x g g g g", "y").Output("y").Bytes(), "one per channel");
        yield return Bytes("Softmax along axis 5", () => new OnnxWriter().Input("x", 1, 2).Node("Softmax", "x", "y", ("axis", 5)).Output("y").Bytes(), "axis 5");
        yield return Bytes("Relu of too many dimensions", () => new OnnxWriter().Input("x", 1, 2).Integers("a", [.. Enumerable.Range(0, 3).Select(_ => -99L)]).Node("Unsqueeze", "x a", "y").Output("y").Bytes(), "axis -99");
        yield return Bytes("MatMul of one number", () => new OnnxWriter().Input("x", 1, 1).Integers("a", 0, 1).Node("Squeeze", "x a", "s").Node("MatMul", "s x", "y").Output("y").Bytes(), "at least one axis");
        yield return Bytes("Conv of a constant", () => new OnnxWriter().Input("x", 1, 2).Random("c", 1, 1, 5, 5).Random("w", 1, 1, 2, 2).Node("Conv", "c w", "d").Node("Add", "x d", "y").Output("y").Bytes(), "is a constant");
    }

    private static IEnumerable<(string Name, Func<string, string> Write, string Phrase)> Files()
    {
        yield return Bytes("gzip of garbage", () => Packed(Noise(5000)), "", "hostile.onnx.gz");
        yield return Bytes("no gzip at all", () => Noise(5000), "not valid gzip", "hostile.onnx.gz");
        yield return Bytes("truncated gzip", () => Packed(Valid())[..200], "", "hostile.onnx.gz");
        yield return Bytes("gzip of nothing", () => Packed([]), "empty", "hostile.onnx.gz");
        yield return Bytes("empty gzip", () => [], "", "hostile.onnx.gz");
        yield return Bytes("gzip bomb", () => Packed(new byte[300_000_000]), "no model", "hostile.onnx.gz");
        yield return Bytes("unknown ending", Valid, "accepted are .onnx", "hostile.h5");
        yield return ("folder", folder => Directory.CreateDirectory(Path.Combine(folder, "hostile.onnx")).FullName, "is a folder");
        yield return ("missing file", folder => Path.Combine(folder, "hostile.onnx"), "no such file");
        yield return ("missing folder", folder => Path.Combine(folder, "absent", "hostile.onnx"), "no such file");
    }

    private static (string Name, Func<string, string> Write, string Phrase) Image(string name, string phrase, string op, long[] weights, params (string Name, object Value)[] attributes) =>
        Bytes(name, () => new OnnxWriter().Input("x", 1, 1, 6, 6).Random("w", weights).Node(op, "x w", "y", attributes).Output("y").Bytes(), phrase);

    private static byte[] Shape(string op, params long[] shape) => new OnnxWriter().Input("x", 1, 6).Integers("s", shape).Node(op, "x s", "y").Output("y").Bytes();

    private static byte[] Repeated(string op, long size)
    {
        OnnxWriter model = new OnnxWriter().Input("x", 1, 2).Integers("s", size);
        for (int i = 0; i < 500; i++)
            model.Node(op, "s", $"c{i}");
        for (int i = 0; i < 500; i++)
            model.Node("Add", $"c{i} {(i == 0 ? "x" : $"d{i - 1}")}", $"d{i}");
        return model.Output("d499").Bytes();
    }

    private static (string Name, Func<string, string> Write, string Phrase) Beside(string name, string phrase, params (string Key, string Value)[] entries) => (name, folder =>
    {
        File.WriteAllBytes(Path.Combine(folder, "weights.bin"), new byte[16]);
        File.CreateSymbolicLink(Path.Combine(folder, "link.bin"), "/etc/hosts");
        Directory.CreateSymbolicLink(Path.Combine(folder, "up"), "/etc");
        string path = Path.Combine(folder, "hostile.onnx");
        File.WriteAllBytes(path, Network(OnnxTensorWriter.External("w", [2, 2], entries)));
        return path;
    }, phrase);
}
