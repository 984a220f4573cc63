using System.CommandLine;
using Crease.Measures;
using Crease.Networks;

namespace Crease.Cli;

/// <summary>A network that is either named or drawn: MODEL, or --net with its widths.</summary>
/// <param name="verb">The verb, for messages.</param>
/// <param name="example">Widths that suit the verb.</param>
/// <param name="meaning">What the description of MODEL says beside the accepted sources.</param>
internal sealed class NetWords(string verb, string example, string meaning = "")
{
    /// <summary>The network by name.</summary>
    public Argument<string?> Model { get; } = new("MODEL") { Description = $"A file .onnx, .onnx.gz or .safetensors, the folder of a run, or example:NAME{meaning}.", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The network by its widths.</summary>
    public Option<string?> Net { get; } = new("--net") { Description = $"Instead of MODEL: widths of a network with drawn weights and leaky ReLUs, for example {example}.", HelpName = "WIDTHS" };

    /// <summary>The name, or null for a drawn network.</summary>
    public string? Name(ParseResult words) => words.GetValue(Model);

    /// <exception cref="WordsException">Both are given, or none.</exception>
    public void Check(ParseResult words)
    {
        if (Name(words) is null == words.GetValue(Net) is null)
            throw new WordsException(Name(words) is null ? $"'crease {verb}' needs MODEL, or --net WIDTHS" : "MODEL and --net exclude one another; give one of them");
    }

    /// <summary>The widths of a drawn network, or null.</summary>
    public int[]? Widths(ParseResult words) => words.GetValue(Net) is string widths ? NumberWord.ReadAll(widths, '-', 1, 100_000, "--net", 3) : null;

    /// <summary>The network.</summary>
    /// <param name="name">Its name; not null where there are no widths.</param>
    /// <param name="widths">Widths to draw it with, or null.</param>
    /// <param name="seed">Of the weights.</param>
    public static Network Load(string? name, int[]? widths, ulong seed) => widths is null ? Models.Model.Load(name!) : DrawnNetwork.Of(widths, seed);
}
