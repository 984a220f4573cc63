using System.Text.Json;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>What is shipped is named with its license.</summary>
public sealed class NoticeTests
{
    [Fact]
    public void Every_library_of_the_command_is_named_and_no_other()
    {
        using JsonDocument shipped = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "crease.deps.json")));
        string[] packages = [.. shipped.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package").Select(library => library.Name.Split('/')[0])];
        Assert.Equal(packages.Order(StringComparer.Ordinal), Named(0));
    }

    [Fact]
    public void Every_library_of_the_page_is_named_and_no_other()
    {
        using JsonDocument page = JsonDocument.Parse(File.ReadAllText(Path.Combine(GuideTests.Root(), "src", "Crease.Studio", "web", "package.json")));
        Assert.Equal(page.RootElement.GetProperty("dependencies").EnumerateObject().Select(library => library.Name).Order(StringComparer.Ordinal), Named(1));
    }

    [Fact]
    public void What_a_library_says_of_others_in_it_is_shipped_with_it()
    {
        string root = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        using JsonDocument shipped = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "crease.deps.json")));
        int found = 0;
        foreach (JsonProperty library in shipped.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package"))
        {
            string folder = Path.Combine(root, library.Value.GetProperty("path").GetString()!);
            foreach (string notice in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file).Replace("-", "", StringComparison.Ordinal).StartsWith("thirdpartynotices", StringComparison.OrdinalIgnoreCase)))
            {
                Assert.Equal(File.ReadAllBytes(notice), File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "notices", library.Name.Split('/')[0] + ".txt")));
                found++;
            }
        }
        Assert.True(found >= 5, $"{found}");
    }

    // First words of the rows of a table, behind its head and its rule.
    private static IEnumerable<string> Named(int table)
    {
        string[] lines = File.ReadAllLines(Path.Combine(GuideTests.Root(), "THIRD-PARTY-NOTICES.md"));
        int[] heads = [.. Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("| Library |", StringComparison.Ordinal))];
        return lines.Skip(heads[table] + 2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1].Trim().Split(' ')[0]).Order(StringComparer.Ordinal);
    }
}
