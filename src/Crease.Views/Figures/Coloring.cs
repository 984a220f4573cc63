using System.Globalization;
using Crease.Geometry;

namespace Crease.Views;

/// <summary>One color per region, and what a legend says about them.</summary>
internal sealed class Coloring
{
    private Coloring(RegionColor kind, string label, uint[] palette, byte[] indices)
    {
        (Kind, Label, Palette, Indices) = (kind, label, palette, indices);
    }

    public RegionColor Kind { get; }

    /// <summary>Heading of the legend.</summary>
    public string Label { get; }

    public uint[] Palette { get; }

    /// <summary>Index into the palette. Shape [regions].</summary>
    public byte[] Indices { get; }

    /// <summary>How values became indices; null for discrete colors.</summary>
    public ColorScale? Scale { get; private init; }

    /// <summary>Name and palette index of each discrete color that occurs.</summary>
    public IReadOnlyList<(string Name, int Index)> Entries { get; private init; } = [];

    public uint ColorOf(int region) => Palette[Indices[region]];

    /// <summary>Regions sorted by palette index, in their own order within one.</summary>
    /// <param name="starts">Where each index starts, and the total at the end. Shape [palette + 1].</param>
    /// <returns>Shape [regions].</returns>
    public int[] Order(out int[] starts)
    {
        starts = new int[Palette.Length + 1];
        foreach (byte index in Indices)
            starts[index + 1]++;
        for (int i = 0; i < Palette.Length; i++)
            starts[i + 1] += starts[i];
        var order = new int[Indices.Length];
        int[] next = [.. starts];
        for (int r = 0; r < order.Length; r++)
            order[next[Indices[r]]++] = r;
        return order;
    }

    public static Coloring Of(Partition partition, RegionColor kind, IReadOnlyList<string>? classNames, AxisRange? range = null) => kind switch
    {
        RegionColor.SlopeNorm => Sequential(kind, "slope norm", partition.SlopeNorms, range),
        RegionColor.Area => Sequential(kind, "area", partition.Areas, range),
        RegionColor.Class => ByClass(partition, classNames),
        RegionColor.Depth => ByDepth(partition),
        _ => ByCode(partition),
    };

    /// <summary>Colors of numbers that were computed elsewhere.</summary>
    /// <exception cref="ArgumentException">There is not one number per region.</exception>
    public static Coloring Of(Partition partition, RegionValues values, AxisRange? range) => values.Values.Count == partition.RegionCount
        ? Sequential(RegionColor.SlopeNorm, values.Label, [.. values.Values], range)
        : throw new ArgumentException($"'Values' has {values.Values.Count} entries; the partition has {partition.RegionCount} regions.", nameof(values));

    /// <summary>What a class is called.</summary>
    public static string ClassName(int index, IReadOnlyList<string>? names) =>
        names is not null && index < names.Count ? names[index] : "class " + index.ToString(CultureInfo.InvariantCulture);

    private static Coloring Sequential(RegionColor kind, string label, ReadOnlySpan<double> values, AxisRange? range)
    {
        ColorScale scale = range is AxisRange(double low, double high) ? ColorScale.Fixed(low, high) : ColorScale.Of(values);
        var indices = new byte[values.Length];
        for (int r = 0; r < indices.Length; r++)
            indices[r] = (byte)Math.Round((Palettes.SequentialSize - 1) * scale.Position(values[r]));
        return new Coloring(kind, label, Palettes.SequentialTable(), indices) { Scale = scale };
    }

    private static Coloring ByClass(Partition partition, IReadOnlyList<string>? names)
    {
        int largest = 1;
        foreach (int c in partition.Classes)
            largest = Math.Max(largest, c);
        // Colors repeat after three rounds of eight, so nothing is lost by a byte.
        var palette = new uint[Math.Min(largest + 1, 24)];
        for (int i = 0; i < palette.Length; i++)
            palette[i] = Palettes.Class(i);
        var indices = new byte[partition.RegionCount];
        var seen = new bool[largest + 1];
        for (int r = 0; r < indices.Length; r++)
        {
            seen[partition.Classes[r]] = true;
            indices[r] = (byte)(partition.Classes[r] % palette.Length);
        }
        var entries = new List<(string, int)>();
        for (int c = 0; c < seen.Length; c++)
        {
            if (seen[c])
                entries.Add((ClassName(c, names), c % palette.Length));
        }
        return new Coloring(RegionColor.Class, "class", palette, indices) { Entries = entries };
    }

    private static Coloring ByDepth(Partition partition)
    {
        int colors = Math.Min(partition.Layers.Length + 1, 256);
        var indices = new byte[partition.RegionCount];
        var seen = new bool[colors];
        for (int r = 0; r < indices.Length; r++)
        {
            indices[r] = (byte)Math.Min(partition.Depth(r), colors - 1);
            seen[indices[r]] = true;
        }
        var entries = new List<(string, int)>();
        for (int d = 0; d < colors; d++)
        {
            if (seen[d])
                entries.Add((d == 0 ? "no crease" : "layer " + d.ToString(CultureInfo.InvariantCulture), d));
        }
        return new Coloring(RegionColor.Depth, "last layer that folds", Palettes.Discrete(colors), indices) { Entries = entries };
    }

    private static Coloring ByCode(Partition partition)
    {
        var indices = new byte[partition.RegionCount];
        for (int r = 0; r < indices.Length; r++)
            indices[r] = (byte)(partition.CodeHashes[r] >> 58);
        return new Coloring(RegionColor.Random, "code", Palettes.Muted(), indices);
    }
}
