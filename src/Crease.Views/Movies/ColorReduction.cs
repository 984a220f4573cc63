namespace Crease.Views;

/// <summary>Few colors for many: the frequent ones as they are, the others by median cut.</summary>
/// <remarks>Source: Heckbert, <i>Color image quantization for frame buffer display</i> (1982). Colors are 0xRRGGBB. Ties go by the number, so results do not depend on order.</remarks>
internal static class ColorReduction
{
    /// <summary>The colors to use.</summary>
    /// <param name="counts">Pixels of each color.</param>
    /// <param name="most">How many colors at most.</param>
    /// <returns>All colors, lowest first, where there are no more; else the more frequent half, then means of the others.</returns>
    public static uint[] Palette(IReadOnlyDictionary<uint, int> counts, int most)
    {
        if (counts.Count <= most)
            return [.. counts.Keys.Order()];
        // Flat regions, lines and paper fill most of a picture: they must not shift. What blends at edges may.
        uint[] sorted = [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key)];
        int kept = most / 2;
        var boxes = new List<(uint[] Colors, long Score)> { (sorted[kept..], 1) };
        while (boxes.Count < most - kept)
        {
            int worst = Enumerable.Range(0, boxes.Count).MaxBy(b => boxes[b].Score);
            if (boxes[worst].Score == 0)
                break;
            (uint[] low, uint[] high) = Split(boxes[worst].Colors, counts);
            boxes[worst] = (low, Score(low, counts));
            boxes.Add((high, Score(high, counts)));
        }
        return [.. sorted[..kept], .. boxes.Select(box => Mean(box.Colors, counts))];
    }

    /// <summary>The nearest of the palette for each color.</summary>
    public static Dictionary<uint, byte> Nearest(IEnumerable<uint> colors, uint[] palette)
    {
        var nearest = new Dictionary<uint, byte>();
        foreach (uint color in colors)
        {
            (int index, int distance) = (0, int.MaxValue);
            for (int i = 0; i < palette.Length && distance > 0; i++)
            {
                int red = Channel(color, 16) - Channel(palette[i], 16), green = Channel(color, 8) - Channel(palette[i], 8), blue = Channel(color, 0) - Channel(palette[i], 0);
                // The eye sees green best and blue worst.
                int away = 3 * red * red + 6 * green * green + blue * blue;
                if (away < distance)
                    (index, distance) = (i, away);
            }
            nearest.Add(color, (byte)index);
        }
        return nearest;
    }

    private static long Score(uint[] box, IReadOnlyDictionary<uint, int> counts) => box.Sum(color => (long)counts[color]) * Spread(box).Size;

    private static (int Shift, int Size) Spread(uint[] box)
    {
        (int Shift, int Size) widest = (0, -1);
        foreach (int shift in (ReadOnlySpan<int>)[8, 16, 0])
        {
            int size = box.Max(color => Channel(color, shift)) - box.Min(color => Channel(color, shift));
            if (size > widest.Size)
                widest = (shift, size);
        }
        return widest;
    }

    // Half of the pixels on either side, at least one color.
    private static (uint[] Low, uint[] High) Split(uint[] box, IReadOnlyDictionary<uint, int> counts)
    {
        int shift = Spread(box).Shift;
        uint[] sorted = [.. box.OrderBy(color => Channel(color, shift)).ThenBy(color => color)];
        long half = sorted.Sum(color => (long)counts[color]) / 2, sum = 0;
        int at = 0;
        while (at < sorted.Length - 1 && (at == 0 || sum < half))
            sum += counts[sorted[at++]];
        return (sorted[..at], sorted[at..]);
    }

    private static uint Mean(uint[] box, IReadOnlyDictionary<uint, int> counts)
    {
        double total = box.Sum(color => (double)counts[color]);
        uint mean = 0;
        foreach (int shift in (ReadOnlySpan<int>)[16, 8, 0])
            mean |= (uint)Math.Round(box.Sum(color => (double)counts[color] * Channel(color, shift)) / total) << shift;
        return mean;
    }

    private static int Channel(uint color, int shift) => (int)(color >> shift & 255);
}
