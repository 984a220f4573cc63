using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models.Onnx;

/// <summary>Convolutions and poolings; one-dimensional ones are read as two-dimensional with one row.</summary>
internal static class WindowOps
{
    public static Value[] Conv(OpCall call)
    {
        Value x = call.Dynamic(0);
        Constant weights = call.Constant(1);
        Shape shape = Image(x);
        if (weights.Extents.Length != x.Extents.Length)
            throw new InvalidDataException($"the weights have shape {OpCall.Text(weights.Extents)}; expected {x.Extents.Length} axes for an input {OpCall.Text(x.Extents)}");
        int[] kernel = weights.Extents[2..];
        if (call.Node.Integers("kernel_shape") is { } declared && !declared.SequenceEqual(kernel.Select(k => (long)k)))
            throw new InvalidDataException($"kernel_shape is [{string.Join(", ", declared)}] and the weights have {OpCall.Text(weights.Extents)}; expected the same kernel");
        Windows windows = WindowsOf(call, shape, kernel);
        long groups = call.Node.Integer("group", 1);
        if (groups < 1 || groups > shape[0] || (long)weights.Extents[1] * groups != shape[0])
            throw new InvalidDataException($"the weights have shape {OpCall.Text(weights.Extents)} in {groups} groups; expected [outputs, {shape[0]} / groups, ...]");
        var layer = new Convolution(shape, call.Weights(1), call.Has(2) ? call.Weights(2) : null, windows, (int)groups);
        return [Add(call, x, layer)];
    }

    public static Value[] MaxPool(OpCall call)
    {
        Value x = call.Dynamic(0);
        Shape shape = Image(x);
        if (call.Node.Outputs.Count > 1 && call.Node.Outputs[1].Length > 0 && call.Reader.Users(call.Node.Outputs[1]).Count > 0)
            throw new InvalidDataException("its indices are used; accepted is the pooled output only");
        return [Add(call, x, new MaxPooling(shape, WindowsOf(call, shape, Kernel(call))))];
    }

    public static Value[] AveragePool(OpCall call)
    {
        Value x = call.Dynamic(0);
        Shape shape = Image(x);
        return [Add(call, x, new AveragePooling(shape, WindowsOf(call, shape, Kernel(call)), call.Node.Integer("count_include_pad", 0) != 0))];
    }

    public static Value[] GlobalAveragePool(OpCall call)
    {
        Value x = call.Dynamic(0);
        Shape shape = Image(x);
        return [Add(call, x, new AveragePooling(shape, new Windows(shape[1], shape[2])))];
    }

    public static Value[] GlobalMaxPool(OpCall call)
    {
        Value x = call.Dynamic(0);
        Shape shape = Image(x);
        return [Add(call, x, new MaxPooling(shape, new Windows(shape[1], shape[2])))];
    }

    private static Value Add(OpCall call, Value x, Layer layer)
    {
        Shape output = layer.OutputShape;
        int[] extents = x.Extents.Length == 3 ? [1, output[0], output[2]] : [1, output[0], output[1], output[2]];
        return call.Add(layer, extents, call.Shaped(x, layer.InputShapes[0]));
    }

    private static Shape Image(Value x) => x.Extents.Length switch
    {
        4 when x.Extents[0] == 1 => new Shape(x.Extents.AsSpan(1)),
        3 when x.Extents[0] == 1 => new Shape(x.Extents[1], 1, x.Extents[2]),
        _ => throw new InvalidDataException($"the input has shape {OpCall.Text(x.Extents)}; expected [batch, channels, height, width] or [batch, channels, length]"),
    };

    private static int[] Kernel(OpCall call) => call.Node.Integers("kernel_shape") is { } kernel
        ? Array.ConvertAll(kernel, k => checked((int)k))
        : throw new InvalidDataException("kernel_shape is missing");

    private static Windows WindowsOf(OpCall call, Shape shape, int[] kernel)
    {
        int axes = shape[1] == 1 && call.Input(0).Extents.Length == 3 ? 1 : 2;
        int[] size = Pair(kernel, "kernel_shape", axes), strides = Pair(Numbers(call, "strides"), "strides", axes), dilations = Pair(Numbers(call, "dilations"), "dilations", axes);
        int[] pads = Numbers(call, "pads") ?? new int[2 * kernel.Length];
        if (pads.Length != 2 * kernel.Length)
            throw new InvalidDataException($"pads has {pads.Length} entries; expected {2 * kernel.Length} for a kernel of {kernel.Length} axes");
        if (size.Concat(strides).Concat(dilations).Any(n => n < 1) || pads.Any(n => n < 0))
            throw new InvalidDataException($"kernel {OpCall.Text(size)}, strides {OpCall.Text(strides)}, dilations {OpCall.Text(dilations)}, pads {OpCall.Text(pads)}; kernel, strides and dilations are at least 1 and pads at least 0");
        if (kernel.Length == 1)
            pads = [0, pads[0], 0, pads[1]];
        var windows = new Windows(size[0], size[1])
        {
            StrideY = strides[0],
            StrideX = strides[1],
            DilationY = dilations[0],
            DilationX = dilations[1],
            Ceiling = call.Node.Integer("ceil_mode", 0) != 0,
        };
        return call.Node.Text("auto_pad", "NOTSET") switch
        {
            "NOTSET" or "" => windows with { Top = pads[0], Left = pads[1], Bottom = pads[2], Right = pads[3] },
            "VALID" => windows,
            "SAME_UPPER" => Same(windows, shape, upper: true),
            "SAME_LOWER" => Same(windows, shape, upper: false),
            string other => throw new InvalidDataException($"auto_pad is '{other}'; accepted are NOTSET, VALID, SAME_UPPER and SAME_LOWER"),
        };
    }

    private static Windows Same(Windows windows, Shape shape, bool upper)
    {
        int y = Total(shape[1], windows.Height, windows.StrideY, windows.DilationY), x = Total(shape[2], windows.Width, windows.StrideX, windows.DilationX);
        (int top, int left) = upper ? (y / 2, x / 2) : (y - y / 2, x - x / 2);
        return windows with { Top = top, Bottom = y - top, Left = left, Right = x - left };
    }

    private static int Total(int extent, int kernel, int stride, int dilation) =>
        (int)Math.Clamp(((long)(extent + stride - 1) / stride - 1) * stride + (long)dilation * (kernel - 1) + 1 - extent, 0, int.MaxValue);

    private static int[]? Numbers(OpCall call, string name) => call.Node.Integers(name) is { } values ? Array.ConvertAll(values, v => checked((int)v)) : null;

    // One number per axis of the window; a one-dimensional window has one row.
    private static int[] Pair(int[]? values, string name, int axes)
    {
        if (values is not null && values.Length != axes)
            throw new InvalidDataException($"{name} has {values.Length} entries; expected {axes}");
        return values is null ? [1, 1] : axes == 1 ? [1, values[0]] : values;
    }
}
