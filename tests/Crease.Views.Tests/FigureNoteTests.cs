using System.Text;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Sentences below a figure: all of them, inside the file, below everything else and within its width.</summary>
public sealed class FigureNoteTests
{
    private const string Note = "Masking audit at ε = 0.1: suspect, not to be quoted. 2 of 16 checks fail: black box (1000 queries without gradients fool 3.0 % of the inputs that the attack does not); random starts (accuracy 90.0 % to 93.0 % over 5 starts, 88.0 % over all of them).";

    public static TheoryData<string> Kinds => ["curves", "grid", "bars", "distributions", "matrix", "stacked"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_stands_whole_below_everything_else(string kind)
    {
        Figure without = Drawn(kind, null), with = Drawn(kind, Note);
        TextMark[] lines = [.. with.Marks.Skip(without.Marks.Count).Cast<TextMark>()];
        Assert.Equal(Note, string.Join(' ', lines.Select(line => line.Text)));
        Assert.True(lines.Length > 1);
        Assert.All(lines, line => Assert.InRange(line.X + FigureFrame.WidthOf(line.Text, line.Size), 0, with.Width - 10));
        Assert.All(lines, line => Assert.InRange(line.Y - line.Size, without.Height - 4, with.Height - line.Size - 4));
        Assert.Equal(lines.Select(line => line.Y).Distinct().Order(), lines.Select(line => line.Y));
        Assert.Equal(without.Marks.Count, Drawn(kind, "").Marks.Count);
        Assert.Equal(without.Height, Drawn(kind, " ").Height);
    }

    [Theory]
    [InlineData(FigureFormat.Svg)]
    [InlineData(FigureFormat.Png)]
    [InlineData(FigureFormat.Pdf)]
    [InlineData(FigureFormat.Html)]
    public void Every_format_carries_it(FigureFormat format)
    {
        byte[] Bytes(string? note)
        {
            using var stream = new MemoryStream();
            Matrix(note).Write(stream, format);
            return stream.ToArray();
        }
        Assert.Equal(Bytes(Note), Bytes(Note));
        Assert.NotEqual(Bytes(null), Bytes(Note));
        if (format is FigureFormat.Svg or FigureFormat.Html)
            Assert.Contains(">Masking audit at ε = 0.1: suspect", Encoding.UTF8.GetString(Bytes(Note)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_wider_than_the_figure_is_cut()
    {
        IReadOnlyList<string> lines = FigureNote.Lines($"a {new string('W', 200)} b", 250);
        Assert.Equal(("a", "b"), (lines[0], lines[^1]));
        Assert.EndsWith("…", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Colors_of_a_matrix_span_what_they_are_told_to()
    {
        byte[] Indices(AxisRange? span, params double[] values) =>
            MatrixFigure.Of([new MatrixPanel("t", "r", "c", ["first"], ["a", "b", "c"], values) { Span = span }]).Drawing().Marks.OfType<RasterMark>().First().Indices;
        Assert.Equal([51, 127, 254], Indices(new AxisRange(0, 100), 20, 50, 140));
        Assert.Equal([0, 127, 254], Indices(null, 20, 60, 100));
        Assert.Contains("'Span of panel 1' is 5 to 5", Assert.Throws<ArgumentException>(() => Indices(new AxisRange(5, 5), 1, 2, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_names_of_rows_have_room()
    {
        const string name = "a network with a long name";
        TextMark[] texts = [.. MatrixFigure.Of([new MatrixPanel("t", "found against", "c", [name, "b"], ["a", "b"], [1, 2, 3, 4])]).Drawing().Marks.OfType<TextMark>()];
        TextMark row = texts.Single(text => text.Text == name);
        Assert.True(row.X - FigureFrame.WidthOf(name, row.Size) > texts.Single(text => text.Text == "found against").X);
    }

    private static Figure Drawn(string kind, string? note) => kind switch
    {
        "curves" => Curves(1, note).Drawing(),
        "grid" => Curves(2, note).Drawing(),
        "bars" => BarsFigure.Of([new Bar("first", [1]), new Bar("second", [2])], BarsFigureOptions.Default with { Note = note }).Drawing(),
        "distributions" => Distributions(note).Drawing(),
        "matrix" => Matrix(note).Drawing(),
        _ => StackedFigure.Of(Curves(1, null), Distributions(null), Matrix(null), note: note).Drawing(),
    };

    private static CurvesFigure Curves(int columns, string? note) => CurvesFigure.Of(
        [.. Enumerable.Range(0, 3).Select(_ => new CurvePanel("share", [new Curve("under attack", [0, 1, 2], [1, 0.5, 0.2])]))], CurvesFigureOptions.Default with { Title = "title", XLabel = "ε", Columns = columns, Note = note });

    private static DistributionFigure Distributions(string? note) =>
        DistributionFigure.Of([new DistributionPanel("distance", "distance", [new DistributionGroup("pgd", [1, 2, double.PositiveInfinity])])], DistributionFigureOptions.Default with { Note = note, Columns = 1 });

    private static MatrixFigure Matrix(string? note) =>
        MatrixFigure.Of([new MatrixPanel("t", "r", "c", ["a", "b"], ["a", "b"], [1, 2, 3, double.NaN])], new MatrixFigureOptions { Note = note });
}
