using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>A note put below a stored figure: the file that drawing with the note would have written.</summary>
public sealed partial class StoredFigureTests
{
    private const string Note = "Masking audit: not run, so that \"nothing\" says whether accuracy under attack can be believed. The gradient is exactly zero at up to 0.3 % of the attacked inputs & <nowhere> else, which is many words for a line.";

    [Theory]
    [InlineData(1, 760)]
    [InlineData(2, 733.3)]
    [InlineData(3, 1200.123)]
    public void It_is_the_figure_drawn_with_the_note(int columns, double width)
    {
        string drawn = Drawn(columns, width, Note), noted = StoredFigure.WithNote(Drawn(columns, width, null), Note);
        Assert.Equal(Numbers().Replace(drawn, "#"), Numbers().Replace(noted, "#"));
        (double[] expected, double[] found) = (All(drawn), All(noted));
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 0.0101));
        // Everything that was drawn before is there byte for byte.
        string marks = Drawn(columns, width, null);
        marks = marks[(marks.IndexOf("</desc>", StringComparison.Ordinal))..^"</svg>\n".Length];
        Assert.True(marks.Length > 2000);
        Assert.Contains(marks, noted, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_gets_it_once()
    {
        string path = Path.Combine(Path.GetTempPath(), $"crease-note-{Guid.NewGuid():N}.svg");
        try
        {
            File.WriteAllText(path, Drawn(1, 760, null));
            Assert.True(StoredFigure.AddNote(path, Note));
            byte[] once = File.ReadAllBytes(path);
            Assert.Equal(StoredFigure.WithNote(Drawn(1, 760, null), Note), Encoding.UTF8.GetString(once));
            Assert.False(StoredFigure.AddNote(path, Note));
            Assert.Equal(once, File.ReadAllBytes(path));
            File.WriteAllText(path, "<svg/>");
            Assert.StartsWith($"{path}: is not an SVG as Crease draws it", Assert.Throws<ArgumentException>(() => StoredFigure.AddNote(path, Note)).Message, StringComparison.Ordinal);
            Assert.Equal("<svg/>", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_not_a_figure_of_Crease_is_refused()
    {
        string good = Drawn(1, 760, null);
        string[] others = ["", "<svg", good[..^1], good[1..], good.Replace("viewBox=\"0 0 760", "viewBox=\"0 0 761", StringComparison.Ordinal), good.Replace("</desc>", "", StringComparison.Ordinal), good.Replace("fill=\"#fff\"/>", "/>", StringComparison.Ordinal), good + "<script/>"];
        Assert.All(others, other => Assert.Throws<FormatException>(() => StoredFigure.WithNote(other, Note)));
        Assert.Throws<ArgumentException>(() => StoredFigure.WithNote(good, " "));
    }

    private static string Drawn(int columns, double width, string? note)
    {
        using var stream = new MemoryStream();
        CurvesFigure.Of(
            [.. Enumerable.Range(0, 3).Select(_ => new CurvePanel("share", [new Curve("under attack", [0, 1, 2], [1, 0.5, 0.2])]))],
            CurvesFigureOptions.Default with { Title = "title", Subtitle = "a < b", XLabel = "ε", Columns = columns, Width = width, Note = note }).Write(stream, FigureFormat.Svg);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static double[] All(string svg) => [.. Numbers().Matches(svg).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"-?[0-9]+(\.[0-9]+)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();
}
