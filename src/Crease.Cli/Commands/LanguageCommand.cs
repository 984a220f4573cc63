using System.CommandLine;

namespace Crease.Cli.Commands;

/// <summary><c>crease language</c>: what a language model's own geometry says about a prompt.</summary>
internal static class LanguageCommand
{
    public static Command Create(Shell shell) => new("language", "Language models: the geometry of prompts, with no training of the model.")
    {
        LanguageFeaturesCommand.Create(shell),
        LanguageDimensionCommand.Create(shell),
        LanguageAuditCommand.Create(shell),
        LanguageMapCommand.Create(shell),
        LanguageNeedleCommand.Create(shell),
        LanguageProbeCommand.Create(shell),
        LanguageScoreCommand.Create(shell),
    };
}
