using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Crease.Lab;

/// <summary>One training of a sweep: a value on every axis, and a seed.</summary>
/// <param name="Values">Axis to value, names ascending; null leaves the word out.</param>
/// <param name="Seed">Seed of the training.</param>
public sealed record SweepPoint(ImmutableSortedDictionary<string, string?> Values, ulong Seed)
{
    private const int LongestName = 100;

    /// <summary>Name of its folder. It depends on the point alone, so that a grid that grows keeps what was trained.</summary>
    public string Name
    {
        get
        {
            string seed = FormattableString.Invariant($"seed-{Seed}");
            string plain = string.Join('_', [.. Values.Select(item => $"{item.Key}-{SweepAxis.Text(item.Value)}"), seed]);
            string name = string.Concat(plain.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '+' or '_' ? letter : '-'));
            if (name == plain && name.Length <= LongestName && Values.All(item => item.Value is not (null or SweepAxis.LeftOut) && !item.Value.Contains('_', StringComparison.Ordinal)))
                return name;
            // What a folder's name cannot tell apart, a hash does.
            string whole = string.Join('\n', [.. Values.Select(item => item.Value is null ? item.Key : $"{item.Key}={item.Value}"), seed]);
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..10];
            return $"{name[..Math.Min(name.Length, LongestName)]}_{hash}";
        }
    }
}
