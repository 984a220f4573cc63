using System.Collections.Immutable;
using System.CommandLine;
using Crease.Cli.Output;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>Options of <c>crease sweep</c>.</summary>
internal sealed class SweepWords
{
    private readonly Argument<string> _grid = new("GRID.json") { Description = "The grid: {\"train\": words of 'crease train', \"axes\": {NAME: [values] or {\"from\", \"to\", \"steps\", \"scale\"}}, \"zip\", \"exclude\", \"seeds\", \"measure\"}." };
    private readonly Option<string?> _folder = new("--folder") { Description = "Folder of the runs and the table (default: the name of the grid without its ending); a second call goes on where an earlier one stopped.", HelpName = "FOLDER" };
    private readonly Option<bool> _dry = new("--dry-run") { Description = "List the runs and train nothing." };
    private readonly Option<int> _jobs = new("--jobs") { Description = "Trainings at a time; results do not depend on it.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {SweepFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _show = new("--show") { Description = "Measures of the figure, at most 6 (default: test accuracy, or the first that there is).", HelpName = "MEASURE,..." };
    private readonly Option<string?> _x = new("--x") { Description = "Horizontal axis of the figure (default: the axis of numbers with most values).", HelpName = "AXIS" };
    private readonly Option<string?> _y = new("--y") { Description = "Axis of colors, or vertical axis of a heat map (default: the next).", HelpName = "AXIS" };
    private readonly Option<string?> _panels = new("--panels") { Description = "Axis of small multiples (default: the next).", HelpName = "AXIS" };
    private readonly Option<bool> _heat = new("--heat-map") { Description = "Draw cells over two axes instead of curves." };
    private readonly Option<string[]> _at = new("--at") { Description = "Hold an axis of the figure at one value. May be given several times.", HelpName = "AXIS=VALUE", AllowMultipleArgumentsPerToken = false };
    private readonly PictureWords _picture = new();

    public void AddTo(Command command)
    {
        command.Arguments.Add(_grid);
        foreach (Option option in (Option[])[_folder, _dry, _jobs, _output, _show, _x, _y, _panels, _heat, _at, .. _picture.Options])
            command.Options.Add(option);
    }

    public string Grid(ParseResult words) => words.GetRequiredValue(_grid);

    public bool IsDry(ParseResult words) => words.GetValue(_dry);

    /// <summary>Folder of the sweep.</summary>
    /// <exception cref="WordsException">The grid has no ending, so that nothing is left to call the folder.</exception>
    public string Folder(ParseResult words)
    {
        string grid = Grid(words), folder = words.GetValue(_folder) ?? Path.ChangeExtension(grid, null);
        return folder.Length > 0 && folder != grid ? folder : throw new WordsException($"GRID.json is '{grid}'; its name has no ending to leave out, so pass --folder FOLDER");
    }

    /// <summary>Trainings at a time.</summary>
    /// <exception cref="WordsException">The number is out of range.</exception>
    public int Jobs(ParseResult words) => NumberWord.Between(words.GetValue(_jobs), 1, 256, "--jobs");

    /// <summary>Files that are wanted, refused before any work where they cannot be written.</summary>
    public string[] Files(ParseResult words)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            SweepFile.Check(file);
        _picture.Check(words);
        return files;
    }

    /// <summary>What is drawn.</summary>
    /// <exception cref="WordsException">An axis is held without a value.</exception>
    public SweepView View(ParseResult words)
    {
        var at = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string text in words.GetValue(_at) ?? [])
        {
            string[] parts = text.Split('=', 2);
            if (parts.Length < 2 || !at.TryAdd(parts[0], parts[1]))
                throw new WordsException($"--at is '{text}'; expected AXIS=VALUE, and every axis once");
        }
        return new SweepView
        {
            Measures = words.GetValue(_show) is string measures ? [.. measures.Split(',')] : [],
            X = words.GetValue(_x),
            Y = words.GetValue(_y),
            Panels = words.GetValue(_panels),
            IsHeatMap = words.GetValue(_heat),
            At = at.ToImmutable(),
            Title = _picture.Title(words),
            Width = _picture.Width(words),
        };
    }
}
