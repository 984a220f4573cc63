namespace Crease.Models;

/// <summary>Names of classes from a text file beside the data: one name a line, the first for class 0.</summary>
internal static class ClassNames
{
    /// <summary>The file that any data set may have beside it.</summary>
    public const string General = "classes.txt";

    private const int LargestFile = 1 << 20, MostNames = 1 << 16, LongestName = 100;

    /// <summary>Names from the first of the files that is there and usable; null where none is.</summary>
    /// <param name="path">A file of the data set.</param>
    /// <param name="others">Files to look at besides <see cref="General"/>.</param>
    public static IReadOnlyList<string>? Beside(string path, params ReadOnlySpan<string> others)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        foreach (string name in (ReadOnlySpan<string>)[General, .. others])
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (!file.Exists || file.Length > LargestFile)
                continue;
            string[] names = [.. File.ReadLines(file.FullName).Select(Cleaned).Where(line => line.Length > 0).Take(MostNames)];
            if (names.Length > 0)
                return names;
        }
        return null;
    }

    private static string Cleaned(string line)
    {
        string clean = string.Concat(line.Trim().Where(c => !char.IsControl(c)));
        return clean.Length <= LongestName ? clean : clean[..LongestName];
    }
}
