using System.Text.RegularExpressions;
using Xunit;

namespace Crease.Tests.Rules;

/// <summary>The map of the library: which chapter may use which. Sources are read, so that a wrong using fails here and not in review.</summary>
public sealed partial class DirectionTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Numerics"] = [],
        ["Networks"] = ["Numerics"],
        ["Models"] = ["Networks", "Numerics"],
        ["Geometry"] = ["Networks", "Numerics"],
        ["Measures"] = ["Geometry", "Models", "Networks", "Numerics"],
        ["Certificates"] = ["Geometry", "Models", "Networks", "Numerics"],
    };

    [Fact]
    public void Chapters_use_only_what_lies_below_them()
    {
        string source = Source();
        string[] chapters = [.. Directory.GetDirectories(source).Select(folder => System.IO.Path.GetFileName(folder)!).Where(MayUse.ContainsKey)];
        Assert.Equal(MayUse.Keys.Order(), chapters.Order());
        foreach (string chapter in chapters)
        {
            foreach (string file in Files(chapter))
            {
                foreach (Match use in Using().Matches(File.ReadAllText(file)))
                {
                    string used = use.Groups[1].Value;
                    Assert.True(used == chapter || MayUse[chapter].Contains(used), $"{file} uses Crease.{used}; {chapter} may use {string.Join(", ", MayUse[chapter])}");
                }
            }
        }
    }

    [Fact]
    public void Namespaces_are_chapters()
    {
        foreach (string chapter in MayUse.Keys)
        {
            foreach (string file in Files(chapter))
                Assert.Matches($@"(?m)^namespace Crease\.{chapter}(\.Layers|\.Onnx)?;", File.ReadAllText(file));
        }
    }

    [Fact]
    public void Files_stay_below_400_lines_and_keep_no_leftovers()
    {
        foreach (string file in MayUse.Keys.SelectMany(Files))
        {
            string text = File.ReadAllText(file);
            Assert.True(text.Count(c => c == '\n') <= 400, $"{file} has more than 400 lines");
            Assert.DoesNotContain("#region", text);
            Assert.DoesNotContain("TODO", text);
            Assert.DoesNotContain("Random.Shared", text);
            Assert.DoesNotContain("DateTime.Now", text);
        }
    }

    private static IEnumerable<string> Files(string chapter) => Directory.EnumerateFiles(System.IO.Path.Combine(Source(), chapter), "*.cs", SearchOption.AllDirectories);

    private static string Source()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "src", "Crease");
            if (Directory.Exists(candidate))
                return candidate;
        }
        Assert.Skip("The sources are not beside the tests.");
        return "";
    }

    [GeneratedRegex(@"(?m)^using Crease\.(\w+)(?:\.\w+)*;")]
    private static partial Regex Using();
}
