using System.Text.Json;
using System.Text.RegularExpressions;
using Crease.Measures;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>The catalog of measures: complete, and true about verbs, pages, figures and sources.</summary>
public sealed class MeasuresCommandTests
{
    // Verbs that measure nothing: they make, fetch, show or time things, or gather measures into reports.
    private static readonly string[] Others = ["train", "sweep", "study", "studio", "data", "setup", "network", "measures", "demo", "bench", "language map", "language needle", "language score"];

    public static TheoryData<string> Names => [.. MeasureCatalog.All.Select(measure => measure.Name)];

    [Fact]
    public void Every_verb_that_measures_is_in_the_catalog()
    {
        string[] verbs = Verbs("").SelectMany(verb => verb == "language" ? Verbs("language").Select(second => $"language {second}") : [verb]).ToArray();
        Assert.True(verbs.Length > 30);
        Assert.Equal(verbs.Except(Others).Order(StringComparer.Ordinal), MeasureCatalog.All.Select(measure => measure.Verb).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(Others.Except(verbs));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_measure_has_its_call_document_page_figure_and_source(string name)
    {
        Measure measure = Assert.Single(MeasureCatalog.All, each => each.Name == name);
        string help = Call.Of([.. measure.Verb.Split(' '), "--help"]).Output, page = File.ReadAllText(At("docs", "guide", measure.Page + ".md"));
        Assert.Contains("--json", help, StringComparison.Ordinal);
        Assert.All(measure.Call.Split(' ').Where(word => word.StartsWith('-')), word => Assert.Contains(word, help, StringComparison.Ordinal));
        Assert.Contains($"crease {measure.Verb}", page, StringComparison.Ordinal);
        Assert.True(new FileInfo(At(["docs", .. measure.Figure.Split('/')])).Length > 1000);
        Assert.Contains($"](../{measure.Figure})", string.Concat(Directory.EnumerateFiles(At("docs", "guide"), "*.md").Where(file => Path.GetFileName(file) != "measures.md").Select(File.ReadAllText)), StringComparison.Ordinal);
        Assert.Matches($@"(?m)^@\w+\{{{measure.Source},", File.ReadAllText(At("docs", "references.bib")));
        Assert.All(new[] { measure.Name, measure.Says, measure.Unit, measure.Exactness }, text => Assert.True(text.Length > 2 && !text.EndsWith('.')));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_guide_has_its_row(string name)
    {
        Measure measure = MeasureCatalog.All.Single(each => each.Name == name);
        string row = $"| [{measure.Name}]({measure.Page}.md) | {measure.Says} | {measure.Unit} | {measure.Exactness} | `crease {measure.Call}` | `{measure.Source}` | [picture](../{measure.Figure}) |";
        Assert.Contains(row, File.ReadAllLines(At("docs", "guide", "measures.md")).Select(line => line.Replace("\\|", "|", StringComparison.Ordinal)));
    }

    [Fact]
    public void Document_holds_every_row()
    {
        JsonElement document = Call.Of("measures", "--json").Json();
        Documents.CheckCommon(document);
        JsonElement[] rows = [.. document.GetProperty("measures").EnumerateArray()];
        Assert.Equal(MeasureCatalog.All.Select(measure => measure.Name), rows.Select(row => row.GetProperty("name").GetString()));
        Assert.All(rows, row => Assert.StartsWith("crease ", row.GetProperty("call").GetString()));
        Assert.Equal(4, Call.Of("measures", "language", "--json").Json().GetProperty("measures").GetArrayLength());
        Assert.Equal(1, Call.Of("measures", "language", "audit", "--json").Json().GetProperty("measures").GetArrayLength());
    }

    // The first word of each line under "Commands:".
    private static string[] Verbs(string verb) => [.. Regex.Matches(Call.Of([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Output.Split("Commands:")[1], @"(?m)^  ([a-z]+)\b").Select(match => match.Groups[1].Value)];

    private static string At(params string[] parts) => Path.Combine([GuideTests.Root(), .. parts]);
}
