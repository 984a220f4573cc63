using System.Collections.Immutable;
using Crease.Networks.Layers;

namespace Crease.Models;

/// <summary>Sliding windows as settings of a node: <c>stride</c>, <c>dilation</c> and <c>padding</c> for both axes and all sides, and others by their own names.</summary>
internal static class WindowSettings
{
    /// <summary>All names that windows may have.</summary>
    public static ImmutableArray<string> Names { get; } = ["stride", "stride columns", "padding", "padding bottom", "padding left", "padding right", "dilation", "dilation columns", "ceiling"];

    /// <summary>The settings of windows, without those that a reader assumes.</summary>
    public static ImmutableArray<(string, double)> Of(Windows windows, bool hasKernel)
    {
        var settings = ImmutableArray.CreateBuilder<(string, double)>();
        if (hasKernel)
        {
            settings.Add(("kernel", windows.Height));
            Add("kernel columns", windows.Width, windows.Height);
        }
        settings.Add(("stride", windows.StrideY));
        Add("stride columns", windows.StrideX, windows.StrideY);
        settings.Add(("padding", windows.Top));
        Add("padding bottom", windows.Bottom, windows.Top);
        Add("padding left", windows.Left, windows.Top);
        Add("padding right", windows.Right, windows.Top);
        Add("dilation", windows.DilationY, 1);
        Add("dilation columns", windows.DilationX, windows.DilationY);
        Add("ceiling", windows.Ceiling ? 1 : 0, 0);
        return settings.ToImmutable();

        void Add(string name, int value, int assumed)
        {
            if (value != assumed)
                settings.Add((name, value));
        }
    }

    /// <summary>The windows of a node.</summary>
    /// <param name="node">Any settings.</param>
    /// <param name="height">Kernel rows.</param>
    /// <param name="width">Kernel columns.</param>
    /// <param name="stride">What an absent stride is.</param>
    /// <exception cref="InvalidDataException">A setting is no whole number.</exception>
    public static Windows Read(NodeDescription node, int height, int width, int stride)
    {
        int rows = node.Whole("stride", stride), top = node.Whole("padding", 0), dilation = node.Whole("dilation", 1);
        return new Windows(height, width)
        {
            StrideY = rows,
            StrideX = node.Whole("stride columns", rows),
            DilationY = dilation,
            DilationX = node.Whole("dilation columns", dilation),
            Top = top,
            Bottom = node.Whole("padding bottom", top),
            Left = node.Whole("padding left", top),
            Right = node.Whole("padding right", top),
            Ceiling = node.Whole("ceiling", 0) != 0,
        };
    }
}
