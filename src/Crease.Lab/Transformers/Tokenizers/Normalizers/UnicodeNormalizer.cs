using System.Text;

namespace Crease.Lab;

/// <summary>The four normal forms of Unicode, with the places of what they rewrite.</summary>
/// <remarks>Source: Unicode Standard Annex 15. Exactness: by the tables of Unicode 14; the reference implementations carry other versions of them.
/// Cost: O(n log n) for runs of n combining marks, otherwise O(n).</remarks>
internal sealed class UnicodeNormalizer(bool compatible, bool composes) : INormalizer
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7, Leads = 19, Vowels = 21, Tails = 28;

    public SourceText Normalize(SourceText text)
    {
        // Below these no character is changed by the form.
        char first = compatible || !composes ? '\u0080' : '\u0300';
        if (text.Text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(first - 1)) < 0)
            return text;
        List<Point> points = Decomposed(text);
        if (composes)
            points = Composed(points);
        var builder = new SourceTextBuilder(points.Count);
        Span<char> units = stackalloc char[2];
        foreach (Point point in points)
        {
            if (Rune.TryCreate(point.Value, out Rune rune))
                builder.Append(units[..rune.EncodeToUtf16(units)], point.Start, point.End);
            else
                builder.Append((char)point.Value, point.Start, point.End);
        }
        return builder.Build();
    }

    private List<Point> Decomposed(SourceText text)
    {
        UnicodeTables tables = UnicodeTables.Instance;
        var points = new List<Point>(text.Text.Length);
        for (int at = 0, width; at < text.Text.Length; at += width)
        {
            width = EscapedText.Width(text.Text, at);
            int value = width == 2 ? char.ConvertToUtf32(text.Text[at], text.Text[at + 1]) : text.Text[at];
            int start = text.Start(at), end = text.End(at + width - 1), syllable = value - HangulBase;
            if (syllable is >= 0 and < Leads * Vowels * Tails)
            {
                points.Add(new Point(LeadBase + syllable / (Vowels * Tails), 0, start, end));
                points.Add(new Point(VowelBase + syllable % (Vowels * Tails) / Tails, 0, start, end));
                if (syllable % Tails != 0)
                    points.Add(new Point(TailBase + syllable % Tails, 0, start, end));
                continue;
            }
            foreach (int part in tables.Decomposition(value, compatible) ?? [value])
                points.Add(new Point(part, tables.Class(part), start, end));
        }
        Order(points);
        return points;
    }

    // Marks of different classes commute; each run of them is brought into the order of the classes.
    private static void Order(List<Point> points)
    {
        for (int start = 0; start < points.Count; start++)
        {
            int end = start;
            while (end < points.Count && points[end].Class != 0)
                end++;
            if (end - start > 1)
            {
                Point[] run = [.. points[start..end].OrderBy(point => point.Class)];
                for (int i = 0; i < run.Length; i++)
                    points[start + i] = run[i];
            }
            start = Math.Max(start, end - 1);
        }
    }

    private static List<Point> Composed(List<Point> points)
    {
        var made = new List<Point>(points.Count);
        int starter = -1, last = 0;
        foreach (Point point in points)
        {
            // Blocked where a mark of the same or a higher class stands between.
            bool reaches = starter >= 0 && (made.Count - 1 == starter || (last != 0 && last < point.Class));
            if (reaches && Composite(made[starter].Value, point.Value) is int composite)
            {
                Point before = made[starter];
                made[starter] = new Point(composite, 0, Math.Min(before.Start, point.Start), Math.Max(before.End, point.End));
                continue;
            }
            if (point.Class == 0)
                starter = made.Count;
            last = point.Class;
            made.Add(point);
        }
        return made;
    }

    private static int? Composite(int first, int second)
    {
        int lead = first - LeadBase, vowel = second - VowelBase, syllable = first - HangulBase, tail = second - TailBase;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
            return HangulBase + (lead * Vowels + vowel) * Tails;
        if (syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && tail is > 0 and < Tails)
            return first + tail;
        return UnicodeTables.Instance.Composite(first, second);
    }

    private readonly record struct Point(int Value, int Class, int Start, int End);
}
