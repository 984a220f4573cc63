using System.Text.RegularExpressions;

namespace Crease.Lab;

/// <summary>Finds what a regular expression matches.</summary>
/// <remarks>A pattern without look-around runs in linear time whatever it is; another one may step back, and is stopped after <see cref="LongestMatch"/>.</remarks>
internal sealed class RegexPattern : ITextPattern
{
    /// <summary>Characters that a pattern may have.</summary>
    public const int LongestPattern = 1 << 14;

    /// <summary>Time that one match may take.</summary>
    public static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(5);

    private readonly Regex _regex;
    private readonly string _place;

    /// <exception cref="InvalidDataException">The pattern cannot be read; the message has the place.</exception>
    public RegexPattern(string pattern, string place)
    {
        if (pattern.Length > LongestPattern)
            throw new InvalidDataException($"{place} has {pattern.Length} characters; {LongestPattern} are accepted");
        (_place, _regex) = (place, KnownPatterns.Find(pattern) ?? Compile(pattern, place));
    }

    public void Find(ReadOnlySpan<char> text, List<TextMatch> matches)
    {
        int[]? places = null;
        ReadOnlySpan<char> seen = text;
        if (StandIns.Needed(text))
            (seen, places) = Projected(text);
        int from = 0;
        try
        {
            foreach (ValueMatch match in _regex.EnumerateMatches(seen))
            {
                if (match.Index > from)
                    matches.Add(At(from, match.Index, false, places));
                matches.Add(At(match.Index, match.Index + match.Length, true, places));
                from = match.Index + match.Length;
            }
        }
        catch (RegexMatchTimeoutException fault)
        {
            throw new InvalidDataException($"{_place} takes more than {LongestMatch.TotalSeconds} seconds for one match; expected a pattern that does not step back without end", fault);
        }
        if (from < seen.Length)
            matches.Add(At(from, seen.Length, false, places));
    }

    private static (char[] Text, int[] Places) Projected(ReadOnlySpan<char> text) => StandIns.Project(text);

    private static TextMatch At(int start, int end, bool isMatch, int[]? places) =>
        places is null ? new TextMatch(start, end, isMatch) : new TextMatch(places[start], places[end], isMatch);

    private static Regex Compile(string pattern, string place)
    {
        try
        {
            string translated = PatternTranslation.Translate(pattern);
            RegexOptions options = RegexOptions.CultureInvariant | (HasAnchor(pattern) ? RegexOptions.Multiline : RegexOptions.None);
            try
            {
                return new Regex(translated, options | RegexOptions.NonBacktracking, LongestMatch);
            }
            catch (NotSupportedException)
            {
                return new Regex(translated, options, LongestMatch);
            }
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidDataException)
        {
            throw new InvalidDataException($"{place}: {fault.Message}", fault);
        }
    }

    private static bool HasAnchor(string pattern) => pattern.AsSpan().ContainsAny('^', '$');
}
