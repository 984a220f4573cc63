namespace Crease.Networks.Layers;

/// <summary>How a kernel slides over a two-dimensional input: the geometry that convolution and pooling share.</summary>
/// <param name="Height">Kernel rows, at least 1.</param>
/// <param name="Width">Kernel columns, at least 1.</param>
public sealed record Windows(int Height, int Width)
{
    /// <summary>Rows between neighboring windows, at least 1.</summary>
    public int StrideY { get; init; } = 1;

    /// <summary>Columns between neighboring windows, at least 1.</summary>
    public int StrideX { get; init; } = 1;

    /// <summary>Rows between neighboring kernel entries, at least 1.</summary>
    public int DilationY { get; init; } = 1;

    /// <summary>Columns between neighboring kernel entries, at least 1.</summary>
    public int DilationX { get; init; } = 1;

    /// <summary>Virtual rows above the input, at least 0.</summary>
    public int Top { get; init; }

    /// <summary>Virtual rows below the input, at least 0.</summary>
    public int Bottom { get; init; }

    /// <summary>Virtual columns left of the input, at least 0.</summary>
    public int Left { get; init; }

    /// <summary>Virtual columns right of the input, at least 0.</summary>
    public int Right { get; init; }

    /// <summary>Whether a last window that only partly fits is kept (rounding the output size up).</summary>
    public bool Ceiling { get; init; }

    /// <summary>Rows and columns of the output for an input of the given size.</summary>
    /// <param name="height">Input rows.</param>
    /// <param name="width">Input columns.</param>
    /// <exception cref="ArgumentException">A number is out of range, or no window fits.</exception>
    public (int Rows, int Columns) Output(int height, int width)
    {
        if (Math.Min(Math.Min(Height, Width), Math.Min(Math.Min(StrideX, StrideY), Math.Min(DilationX, DilationY))) < 1 || Math.Min(Math.Min(Top, Bottom), Math.Min(Left, Right)) < 0)
            throw new ArgumentException($"{this}: kernel, strides and dilations are at least 1, paddings at least 0.");
        return (Extent(height, Top, Bottom, Height, DilationY, StrideY), Extent(width, Left, Right, Width, DilationX, StrideX));
    }

    /// <summary>The part of a kernel axis that falls on the input for one window.</summary>
    /// <param name="start">Input position of the kernel's entry 0, possibly negative.</param>
    /// <param name="dilation">Distance of entries.</param>
    /// <param name="kernel">Number of entries.</param>
    /// <param name="extent">Input extent.</param>
    /// <returns>First entry and end (exclusive).</returns>
    internal static (int From, int To) Inside(int start, int dilation, int kernel, int extent)
    {
        int from = start >= 0 ? 0 : (-start + dilation - 1) / dilation;
        int to = start >= extent ? 0 : Math.Min(kernel, (extent - 1 - start) / dilation + 1);
        return (from, Math.Max(from, to));
    }

    /// <summary>The windows along one axis that hold an input position.</summary>
    internal static IEnumerable<int> Over(int position, int before, int kernel, int dilation, int stride, int windows)
    {
        for (int k = kernel - 1; k >= 0; k--)
        {
            (int window, int rest) = Math.DivRem(position + before - k * dilation, stride);
            if (rest == 0 && position + before >= k * dilation && window < windows)
                yield return window;
        }
    }

    private int Extent(int input, int before, int after, int kernel, int dilation, int stride)
    {
        long span = (long)dilation * (kernel - 1) + 1, room = (long)input + before + after - span;
        if (room < 0)
            throw new ArgumentException($"A kernel that spans {span} does not fit into {input} + {before} + {after} padded elements.");
        long extent = (Ceiling ? (room + stride - 1) / stride : room / stride) + 1;
        // A window that would start in the trailing padding is dropped, as PyTorch and ONNX do.
        if (Ceiling && (extent - 1) * stride >= input + before)
            extent--;
        return checked((int)extent);
    }
}
