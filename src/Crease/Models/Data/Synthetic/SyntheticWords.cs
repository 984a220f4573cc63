using System.Globalization;

namespace Crease.Models;

/// <summary>The <c>key=value</c> words after the name of a synthetic set.</summary>
internal sealed class SyntheticWords
{
    private const int LongestList = 1000;

    private readonly string _source;
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Takes the words apart.</summary>
    /// <param name="source">The whole source, for messages.</param>
    /// <param name="words">The words.</param>
    /// <param name="accepted">Keys that the set knows.</param>
    /// <exception cref="FormatException">A word is no <c>key=value</c>, or its key is unknown or given twice.</exception>
    public SyntheticWords(string source, ReadOnlySpan<string> words, string[] accepted)
    {
        _source = source;
        foreach (string word in words)
        {
            int equals = word.IndexOf('=');
            string key = equals < 0 ? word : word[..equals];
            if (equals < 0 || !accepted.Contains(key))
                throw new FormatException($"'{source}' has '{word}'; accepted are {string.Join(", ", accepted.Select(known => known + "="))}");
            if (!_values.TryAdd(key, word[(equals + 1)..]))
                throw new FormatException($"'{source}' has '{key}' twice; expected once");
        }
    }

    /// <summary>A whole number.</summary>
    public int Count(string key, int otherwise) => !_values.TryGetValue(key, out string? text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : throw Wrong(key, text, "a whole number from 0 to 2147483647");

    /// <summary>A seed.</summary>
    public ulong Seed(string key) => !_values.TryGetValue(key, out string? text) ? 0
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed : throw Wrong(key, text, "a whole number from 0");

    /// <summary>A finite number.</summary>
    public double Number(string key, double otherwise) => _values.TryGetValue(key, out string? text) ? Parse(key, text) : otherwise;

    /// <summary>Finite numbers with <c>+</c> between them.</summary>
    public IReadOnlyList<double> Numbers(string key, IReadOnlyList<double> otherwise)
    {
        if (!_values.TryGetValue(key, out string? text))
            return otherwise;
        string[] parts = text.Split('+');
        return parts.Length <= LongestList ? Array.ConvertAll(parts, part => Parse(key, part)) : throw Wrong(key, text, $"at most {LongestList} numbers");
    }

    /// <summary>Which of some words it is; the first where the key is not given.</summary>
    public int Choice(string key, string[] accepted) => !_values.TryGetValue(key, out string? text) ? 0
        : Array.IndexOf(accepted, text) is >= 0 and int index ? index : throw Wrong(key, text, string.Join(" or ", accepted));

    private double Parse(string key, string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
        ? number
        : throw Wrong(key, text, "a finite number");

    private FormatException Wrong(string key, string text, string expected) => new($"'{_source}' has {key}='{(text.Length <= 40 ? text : text[..40])}'; expected {expected}");
}
