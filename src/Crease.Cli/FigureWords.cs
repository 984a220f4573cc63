using System.CommandLine;
using Crease.Cli.Output;
using Crease.Networks;
using Crease.Views;

namespace Crease.Cli;

/// <summary>Options that say what to draw and where to save it.</summary>
internal sealed class FigureWords
{
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {ResultFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string> _color = new("--color") { Description = "What the color of a region tells: slope, class, area, depth or random.", HelpName = "WHAT", DefaultValueFactory = _ => "slope" };
    private readonly PictureWords _picture = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_output, _color, .. _picture.Options])
            command.Options.Add(option);
    }

    public string[] Files(ParseResult words)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            ResultFile.Check(file);
        ColorOf(words.GetValue(_color)!);
        _picture.Check(words);
        return files;
    }

    /// <summary>What a color word means.</summary>
    /// <exception cref="WordsException">There is no such word.</exception>
    public static RegionColor ColorOf(string word) => RegionColorWords.Of(word) ?? throw new WordsException($"--color is '{word}'; accepted are {string.Join(", ", RegionColorWords.All)}");

    public PartitionFigureOptions Options(ParseResult words, Slice slice, double[][] anchors)
    {
        PartitionFigureOptions options = PartitionFigureOptions.Default with
        {
            Color = ColorOf(words.GetValue(_color)!),
            Title = _picture.Title(words),
            Points = PictureWords.Markers(slice, anchors),
        };
        return _picture.Width(words) is int width ? options with { Width = width, PngWidth = width } : options;
    }
}
