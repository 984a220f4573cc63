using System.CommandLine;
using Crease.Networks;
using Crease.Views;

namespace Crease.Cli;

/// <summary>Title and width of a figure.</summary>
internal sealed class PictureWords
{
    private readonly Option<string?> _title = new("--title") { Description = "Title of the figure." };
    private readonly Option<int?> _width = new("--width") { Description = "Width of the figure in pixels, 300 to 10000.", HelpName = "N" };

    public Option[] Options => [_title, _width];

    public void AddTo(Command command)
    {
        foreach (Option option in Options)
            command.Options.Add(option);
    }

    public string? Title(ParseResult words) => words.GetValue(_title);

    /// <summary>The width that was given, or null.</summary>
    public int? Width(ParseResult words) => words.GetValue(_width);

    /// <exception cref="WordsException">The width is out of range.</exception>
    public void Check(ParseResult words)
    {
        if (Width(words) is < 300 or > 10_000)
            throw new WordsException($"--width is {Width(words)}; expected 300 to 10000");
    }

    /// <summary>Anchors as markers, numbered.</summary>
    public static FigurePoint[] Markers(Slice slice, double[][] anchors) => [.. anchors.Select((anchor, index) => Marker(slice.Encode(anchor), index))];

    private static FigurePoint Marker(double[] at, int index) => new(at[0], at[1], $"{index}");
}
