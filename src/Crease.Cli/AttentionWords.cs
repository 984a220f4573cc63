using System.CommandLine;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>Options that say how attention is counted.</summary>
internal sealed class AttentionWords
{
    private readonly Option<string> _rule = new("--rule") { Description = "When a token counts: its attention is above a share of the largest in its row, or above a number.", HelpName = "relative|absolute", DefaultValueFactory = _ => "relative" };
    private readonly Option<double> _threshold = new("--threshold") { Description = "That share or number, from 0 to below 1.", HelpName = "X", DefaultValueFactory = _ => AttentionDimension.SourceThreshold };

    public void AddTo(Command command)
    {
        command.Options.Add(_rule);
        command.Options.Add(_threshold);
    }

    public AttentionOptions Read(ParseResult words, int? layers)
    {
        (string rule, double threshold) = (words.GetValue(_rule)!, words.GetValue(_threshold));
        return new AttentionOptions
        {
            Rule = rule switch
            {
                "relative" => AttentionRule.Relative,
                "absolute" => AttentionRule.Absolute,
                _ => throw new WordsException($"--rule is '{rule}'; expected relative or absolute"),
            },
            Threshold = threshold is >= 0 and < 1 ? threshold : throw new WordsException(FormattableString.Invariant($"--threshold is {threshold}; expected a number from 0 to below 1")),
            Layers = layers,
        };
    }
}
