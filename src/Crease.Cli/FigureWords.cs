using System.CommandLine;
using Crease.Cli.Output;
using Crease.Networks;
using Crease.Views;

namespace Crease.Cli;

/// <summary>Options that say what to draw and where to save it.</summary>
internal sealed class FigureWords
{
    private static readonly string[] Colors = ["slope", "class", "area", "depth", "random"];

    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {ResultFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string> _color = new("--color") { Description = "What the color of a region tells: slope, class, area, depth or random.", HelpName = "WHAT", DefaultValueFactory = _ => "slope" };
    private readonly Option<string?> _title = new("--title") { Description = "Title of the figure." };
    private readonly Option<int?> _width = new("--width") { Description = "Width of the figure in pixels, 300 to 10000.", HelpName = "N" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _output, _color, _title, _width })
            command.Options.Add(option);
    }

    public string[] Files(ParseResult words)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            ResultFile.Check(file);
        string color = words.GetValue(_color)!;
        if (!Colors.Contains(color))
            throw new WordsException($"--color is '{color}'; accepted are {string.Join(", ", Colors)}");
        if (words.GetValue(_width) is < 300 or > 10_000)
            throw new WordsException($"--width is {words.GetValue(_width)}; expected 300 to 10000");
        return files;
    }

    public PartitionFigureOptions Options(ParseResult words, Slice slice, double[][] anchors)
    {
        PartitionFigureOptions options = PartitionFigureOptions.Default with
        {
            Color = (RegionColor)Array.IndexOf(Colors, words.GetValue(_color)),
            Title = words.GetValue(_title),
            Points = [.. anchors.Select((anchor, index) => Marker(slice.Encode(anchor), index))],
        };
        return words.GetValue(_width) is int width ? options with { Width = width, PngWidth = width } : options;
    }

    private static FigurePoint Marker(double[] at, int index) => new(at[0], at[1], $"{index}");
}
