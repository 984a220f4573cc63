using Xunit;

namespace Crease.Tests.Corpus;

/// <summary>Finds the shared folder of real networks and data; a test that needs an absent file is skipped with the reason.</summary>
public static class SharedData
{
    /// <summary>The folder, or null where it is absent.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The path of a file or folder that must be there.</summary>
    public static string Path(params string[] parts)
    {
        string path = System.IO.Path.Combine([Folder ?? "shared/data", .. parts]);
        if (Folder is null || !(File.Exists(path) || Directory.Exists(path)))
            Assert.Skip($"{System.IO.Path.Combine(["shared/data", .. parts])} is not on this machine.");
        return path;
    }

    /// <summary>Files below a folder by ending, relative to the shared folder, in order; empty where the folder is absent.</summary>
    public static IEnumerable<string> Files(string below, params string[] endings)
    {
        string? root = Folder is null ? null : System.IO.Path.Combine(Folder, below);
        return root is null || !Directory.Exists(root)
            ? []
            : Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
                .Select(file => System.IO.Path.GetRelativePath(Folder!, file))
                .Order(StringComparer.Ordinal);
    }

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
