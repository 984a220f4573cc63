using System.Globalization;

namespace Crease.Views;

/// <summary>A number on an axis.</summary>
/// <param name="Value">Where.</param>
/// <param name="Label">What is written there.</param>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Round numbers inside an interval.</summary>
internal static class Ticks
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end, above <paramref name="low"/>.</param>
    /// <param name="wanted">About how many.</param>
    public static IReadOnlyList<Tick> Linear(double low, double high, int wanted)
    {
        double raw = (high - low) / wanted, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * (raw / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        var ticks = new List<Tick>();
        double slack = 1e-9 * (high - low);
        double first = Math.Ceiling((low - slack) / step);
        for (double k = first; k * step <= high + slack && ticks.Count <= 4 * wanted; k++)
            ticks.Add(new Tick(k * step, Label(k == 0 ? 0 : k * step, step, Math.Max(Math.Abs(low), Math.Abs(high)))));
        return ticks;
    }

    /// <summary>Powers of ten, with 2 and 5 between them where there is room, thinned where there are many.</summary>
    /// <param name="low">Lower end, positive.</param>
    /// <param name="high">Upper end.</param>
    public static IReadOnlyList<Tick> Logarithmic(double low, double high)
    {
        int first = (int)Math.Ceiling(Math.Log10(low) - 1e-9), last = (int)Math.Floor(Math.Log10(high) + 1e-9);
        var ticks = new List<Tick>();
        int stride = Math.Max(1, (last - first) / 6 + 1);
        bool between = last - first < 3;
        for (int e = first - 1; e <= last; e++)
        {
            double power = Math.Pow(10, e);
            if (e >= first && (e - first) % stride == 0)
                ticks.Add(new Tick(power, Short(power)));
            foreach (int factor in between ? [2, 5] : ReadOnlySpan<int>.Empty)
            {
                if (factor * power >= low && factor * power <= high)
                    ticks.Add(new Tick(factor * power, Short(factor * power)));
            }
        }
        return ticks;
    }

    /// <summary>At most three digits, with a power of ten where plain digits would be long.</summary>
    public static string Short(double value)
    {
        double size = Math.Abs(value);
        if (size == 0 || size is >= 0.001 and < 100_000)
            return Sign(value.ToString(size >= 100 ? "0" : "0.#####", CultureInfo.InvariantCulture));
        int exponent = (int)Math.Floor(Math.Log10(size) + 1e-12);
        string mantissa = (value / Math.Pow(10, exponent)).ToString("0.##", CultureInfo.InvariantCulture);
        return (mantissa == "1" ? "" : Sign(mantissa) + "·") + "10" + Superscript(exponent);
    }

    /// <summary>A measured value with five digits.</summary>
    public static string Significant(double value) => Sign(value.ToString("G5", CultureInfo.InvariantCulture));

    private static string Label(double value, double step, double largest)
    {
        int decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(step) + 1e-9));
        return largest >= 100_000 || decimals > 12 ? Sign(value.ToString("G12", CultureInfo.InvariantCulture))
            : Sign(value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    // A typographic minus is as wide as a digit.
    private static string Sign(string number) => number.Replace('-', '−');

    /// <summary>An exponent above the line.</summary>
    public static string Superscript(int exponent)
    {
        Span<char> text = stackalloc char[8];
        int at = text.Length;
        for (int rest = Math.Abs(exponent); rest > 0 || at == text.Length; rest /= 10)
            text[--at] = Superscripts[rest % 10];
        if (exponent < 0)
            text[--at] = '⁻';
        return new string(text[at..]);
    }
}
