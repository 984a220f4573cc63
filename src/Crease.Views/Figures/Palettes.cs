namespace Crease.Views;

/// <summary>The colors that figures are made of, 0xRRGGBB.</summary>
internal static class Palettes
{
    public const int SequentialSize = 256;
    public const int MutedSize = 64;

    // Viridis at 16 even steps; linear interpolation between them stays within 2/255 of the full table.
    private static ReadOnlySpan<uint> Viridis =>
    [
        0x440154, 0x481A6C, 0x472F7D, 0x414487, 0x39568C, 0x31688E, 0x2A788E, 0x23888E,
        0x1F988B, 0x22A884, 0x35B779, 0x54C568, 0x7AD151, 0xA5DB36, 0xD2E21B, 0xFDE725,
    ];

    // Okabe and Ito's colors without black, which is kept for lines, and with gray instead.
    private static ReadOnlySpan<uint> OkabeIto =>
        [0x56B4E9, 0xE69F00, 0x009E73, 0xCC79A7, 0xF0E442, 0x0072B2, 0xD55E00, 0x999999];

    // The same colors in the order in which thin lines of them are easiest to tell apart on white; yellow cannot be seen there.
    private static ReadOnlySpan<uint> Strokes => [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9];

    private static ReadOnlySpan<uint> Inks => [0x16181D, 0x7E0F30, 0x0D1A4F, 0x4A2C00, 0x053B30, 0x3A0B60];

    /// <summary>Viridis without its darkest quarter, so that dark creases show on every color; dark to light.</summary>
    public static uint Sequential(double share)
    {
        double at = (0.25 + 0.75 * Math.Clamp(share, 0, 1)) * (Viridis.Length - 1);
        int below = Math.Min((int)at, Viridis.Length - 2);
        return Mix(Viridis[below], Viridis[below + 1], at - below);
    }

    public static uint[] SequentialTable()
    {
        var table = new uint[SequentialSize];
        for (int i = 0; i < table.Length; i++)
            table[i] = Sequential(i / (SequentialSize - 1.0));
        return table;
    }

    /// <summary>Dark to light, one color per depth: deep regions are small, and creases show best on light ones.</summary>
    public static uint[] Discrete(int count)
    {
        var colors = new uint[count];
        for (int i = 0; i < count; i++)
            colors[i] = Sequential(count == 1 ? 1 : i / (count - 1.0));
        return colors;
    }

    /// <summary>Eight colors that color-blind readers can tell apart; further classes are their tints and shades, then repeat.</summary>
    public static uint Class(int index)
    {
        // A touch of white: large areas in full saturation drown the lines on them.
        uint color = Mix(OkabeIto[index % OkabeIto.Length], 0xFFFFFF, 0.2);
        return (index / OkabeIto.Length % 3) switch
        {
            1 => Mix(color, 0xFFFFFF, 0.5),
            2 => Mix(color, 0x000000, 0.35),
            _ => color,
        };
    }

    /// <summary>The color of a thin line on white: six that color-blind readers can tell apart, then their shades and tints, then repeated.</summary>
    public static uint Stroke(int index)
    {
        uint color = Strokes[index % Strokes.Length];
        return (index / Strokes.Length % 3) switch
        {
            1 => Mix(color, 0x000000, 0.45),
            2 => Lighter(color),
            _ => color,
        };
    }

    /// <summary>Viridis without its lightest part, which cannot be seen as a line on white; dark to light.</summary>
    public static uint Ordered(double share)
    {
        double at = 0.86 * Math.Clamp(share, 0, 1) * (Viridis.Length - 1);
        int below = Math.Min((int)at, Viridis.Length - 2);
        return Mix(Viridis[below], Viridis[below + 1], at - below);
    }

    /// <summary>A color half way to white.</summary>
    public static uint Lighter(uint color) => Mix(color, 0xFFFFFF, 0.45);

    /// <summary>The color of a layer's creases: dark inks of different hue.</summary>
    public static uint Ink(int layer) => Inks[layer % Inks.Length];

    /// <summary>Sixteen hues at four nearby lightnesses in OKLCH, so that none stands out.</summary>
    public static uint[] Muted()
    {
        var table = new uint[MutedSize];
        for (int i = 0; i < table.Length; i++)
            table[i] = Oklch(0.72 + 0.05 * (i / 16), 0.075, 2 * Math.PI * (i % 16 + i / 16 * 0.25) / 16);
        return table;
    }

    private static uint Mix(uint from, uint to, double share)
    {
        uint mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8)
        {
            double a = (from >> shift) & 255, b = (to >> shift) & 255;
            mixed |= (uint)Math.Round(a + share * (b - a)) << shift;
        }
        return mixed;
    }

    private static uint Oklch(double lightness, double chroma, double hue)
    {
        (double b, double a) = Math.SinCos(hue);
        (a, b) = (chroma * a, chroma * b);
        double l = Cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = Cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = Cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return Channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16
            | Channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8
            | Channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static double Cube(double x) => x * x * x;

    private static uint Channel(double linear)
    {
        double encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;
        return (uint)Math.Round(255 * Math.Clamp(encoded, 0, 1));
    }
}
