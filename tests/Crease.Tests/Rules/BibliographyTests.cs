using System.Text.RegularExpressions;
using Xunit;

namespace Crease.Tests.Rules;

/// <summary>What the sources cite stands in the bibliography, once and whole.</summary>
public sealed partial class BibliographyTests
{
    [Fact]
    public void Entries_are_whole_and_stand_once()
    {
        string[] entries = Entries();
        Assert.All(entries, entry => Assert.True(entry.Count(letter => letter == '{') == entry.Count(letter => letter == '}') && entry.TrimEnd().EndsWith("\n}", StringComparison.Ordinal), entry));
        Assert.All(entries, entry => Assert.All((string[])["title", "author", "year"], field => Assert.Matches($@"(?m)^  {field}\s+= \{{.+\}},?$", entry)));
        string[] keys = [.. entries.Select(Key)];
        Assert.Equal(keys.Distinct(), keys);
    }

    [Fact]
    public void Every_citation_has_an_entry()
    {
        HashSet<string> known = [.. Entries().Select(Key)];
        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories)];
        string[] cited = [.. sources.SelectMany(file => Citation().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct()];
        Assert.NotEmpty(cited);
        Assert.Subset(known, cited.ToHashSet());
    }

    private static string[] Entries() => [.. File.ReadAllText(Path.Combine(Root(), "docs", "references.bib")).Split("\n@").Where(entry => entry.Length > 0)];

    private static string Key(string entry) => entry[(entry.IndexOf('{', StringComparison.Ordinal) + 1)..entry.IndexOf(',', StringComparison.Ordinal)];

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Crease.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Crease.slnx is in no folder above the tests");
        return folder.FullName;
    }

    [GeneratedRegex("(?:<c>|\")([a-z]+(?:19|20)[0-9]{2}[a-z]+)(?:</c>|\")")]
    private static partial Regex Citation();
}
