using System.Text.Json;
using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>A report says the same in every form, and no text of it is taken for markup.</summary>
public sealed class ReportFolderTests : IDisposable
{
    private static readonly StudyReport Report = new()
    {
        Study = "trial",
        Title = "A <b>title</b>",
        Introduction = "What & why.",
        Options = new GrokkingOptions(),
        Checks = [new("first", "at least 1", "2", CheckOutcome.Met), new("second", "< 3", "5", CheckOutcome.Missed), new("third", "any", "none", CheckOutcome.NotMeasured)],
        Figures = [new("one", "A figure.", path => File.WriteAllText(path, "<?xml version=\"1.0\"?><svg id=\"drawn\"></svg>"))],
        Tables =
        [
            new("table", "Numbers", [new("step"), new("value", "units"), new("name")], [[3L, 0.123456789, "a,b"], [100_000L, double.NaN, null]]),
            new("long", "All of them", [new("x")], [[1.0]]) { IsFileOnly = true },
        ],
        Caveats = ["One <seed>."],
        Citations = ["humayun2024grok"],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_files_are_written_and_hold_the_numbers()
    {
        ReportFolder.Write(Report, _folder.Path, "1.2.3");
        Assert.Equal("step,value (units),name\n3,0.123456789,\"a,b\"\n100000,,\n", File.ReadAllText(_folder.At("tables/table.csv")));
        Assert.True(File.Exists(_folder.At("figures/one.png")) && File.Exists(_folder.At("tables/long.csv")));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_folder.At("report.json")));
        JsonElement root = document.RootElement;
        Assert.Equal("1.2.3", root.GetProperty("tool").GetProperty("version").GetString());
        Assert.Equal("missed", root.GetProperty("checks")[1].GetProperty("outcome").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("tables")[0].GetProperty("rows")[1][1].ValueKind);
        string markdown = File.ReadAllText(_folder.At("report.md"));
        Assert.Contains("| second | < 3 | 5 | missed |", markdown, StringComparison.Ordinal);
        Assert.Contains("| 3 | 0.1235 | a,b |", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("All of them", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_needs_nothing_else_and_takes_no_text_for_markup()
    {
        ReportFolder.Write(Report, _folder.Path, "1.2.3");
        string page = File.ReadAllText(_folder.At("report.html"));
        Assert.Contains("A &lt;b&gt;title&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("One &lt;seed&gt;.", page, StringComparison.Ordinal);
        Assert.Contains("<figure><svg id=\"drawn\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_one_line()
    {
        File.WriteAllText(_folder.At("figures"), "a file in the way");
        string said = Assert.Throws<TrainingException>(() => ReportFolder.Write(Report, _folder.Path, "1")).Message;
        Assert.Contains("the report cannot be written", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }
}
