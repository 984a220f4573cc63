using System.Globalization;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Every figure of the documentation that shows accuracy under attack carries the line of the masking audit, with the share that its table holds.</summary>
public sealed class AuditLineTests
{
    private static readonly string Docs = Path.Combine(Root(), "docs"), Grokking = Path.Combine(Docs, "papers", "grokking");

    [Fact]
    public void Figures_of_the_documentation_that_show_accuracy_under_attack_carry_the_line()
    {
        string[] files = [.. Directory.EnumerateFiles(Docs, "*.svg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        var faults = new List<string>();
        int carrying = 0;
        foreach (string file in files)
        {
            try
            {
                carrying += AuditedFigure.LineOf(File.ReadAllText(file)) is null ? 0 : 1;
            }
            catch (InvalidDataException fault)
            {
                faults.Add($"{Path.GetRelativePath(Docs, file)}: {fault.Message}");
            }
        }
        Assert.Empty(faults);
        Assert.True(files.Length > carrying && carrying >= 14, $"{carrying} of {files.Length}");
    }

    [Theory]
    [InlineData("default")]
    [InlineData("x8")]
    [InlineData("batch-norm")]
    public void Curves_say_the_share_of_their_table(string run)
    {
        double[] shares = [.. Column(Path.Combine(Grokking, "curves.csv"), "zero-gradient share", run)];
        Assert.True(shares.Length > 100);
        Assert.Equal(AuditCaption.NotRun("crease attack RUN --data DATA --norm linf --epsilon 0.2 --audit", shares.Max()), Line($"curves-{run}.svg"));
    }

    [Fact]
    public void Sweeps_say_the_share_of_their_table()
    {
        string table = Path.Combine(Grokking, "effect-values.csv");
        string[] settings = [.. File.ReadLines(table).Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]).Distinct()];
        Assert.True(settings.Length >= 7);
        Assert.All(settings, setting => Assert.Equal(
            AuditCaption.NotRun("crease attack RUN --data DATA --norm linf --epsilon 0.1 --audit", Column(table, "largest zero-gradient share", setting).Max()), Line($"sweep-{setting}.svg")));
    }

    [Theory]
    [InlineData("<text y=\"5\">robust accuracy 0.1</text>", "", true)]
    [InlineData("<text y=\"5\">robust, ε = 0.04 (share)</text><text y=\"9\">Masking audit: not</text>", "Masking audit: not run", true)]
    [InlineData("<text y=\"5\">under attack</text><text y=\"99\">Masking audit: not run</text>", "Masking audit: not run", true)]
    [InlineData("<text y=\"5\">under attack</text><text y=\"6\">Masking audit: not</text><text y=\"9\">run</text>", "x. Masking audit: not run", false)]
    [InlineData("<text y=\"5\">a network trained to be robust</text>", "", false)]
    public void The_law_tells_figures_apart(string texts, string description, bool isBroken)
    {
        string svg = $"<svg xmlns=\"http://www.w3.org/2000/svg\" height=\"20\"><desc>{description}</desc>{texts}</svg>";
        Assert.Equal(isBroken, Record.Exception(() => AuditedFigure.LineOf(svg)) is InvalidDataException);
    }

    private static string Line(string figure) => AuditedFigure.LineOf(File.ReadAllText(Path.Combine(Grokking, figure)))!;

    // Names in the first column hold no comma; neither do numbers before the wanted ones.
    private static IEnumerable<double> Column(string table, string name, string row)
    {
        string[] lines = File.ReadAllLines(table);
        string head = lines[0];
        for (int start; (start = head.IndexOf('"', StringComparison.Ordinal)) >= 0;)
        {
            int end = head.IndexOf('"', start + 1);
            head = head[..start] + head[(start + 1)..end].Replace(",", "", StringComparison.Ordinal) + head[(end + 1)..];
        }
        int at = Array.IndexOf(head.Split(','), name);
        return lines.Skip(1).Select(line => line.Split(',')).Where(cells => cells[0] == row).Select(cells => double.Parse(cells[at], CultureInfo.InvariantCulture));
    }

    private static string Root()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Crease.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
