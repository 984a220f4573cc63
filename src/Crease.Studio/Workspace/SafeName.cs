using System.Text;

namespace Crease.Studio;

/// <summary>Names that clients give to files and folders: only such as mean the same on every system, and nothing but themselves.</summary>
internal static class SafeName
{
    private const int LongestBytes = 120;

    private static readonly string[] Devices = ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(i => (string[])[$"com{i}", $"lpt{i}"])];

    /// <summary>The name in its normal form.</summary>
    /// <param name="name">Letters and digits of any script, and <c>. _ -</c>, of at most 120 bytes, starting with a letter or digit and not ending in a dot.</param>
    /// <exception cref="FormatException">The name is none of those.</exception>
    public static string Of(string? name)
    {
        string? normal = name is not null && IsText(name) ? name.Normalize(NormalizationForm.FormC) : null;
        if (normal is null || !IsPlain(normal) || Devices.Contains(normal.Split('.')[0].ToLowerInvariant()))
            throw new FormatException($"the name is '{name}'; accepted are letters, digits and . _ - (at most {LongestBytes} bytes; it starts with a letter or digit, does not end in a dot and is no device of the system)");
        return normal;
    }

    private static bool IsText(string name) => !name.Any(char.IsSurrogate);

    private static bool IsPlain(string name) => name.Length > 0
        && Encoding.UTF8.GetByteCount(name) <= LongestBytes
        && char.IsLetterOrDigit(name[0])
        && name[^1] != '.'
        && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-');
}
