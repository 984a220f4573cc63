using System.CommandLine;
using Crease.Cli.Output;
using Crease.Lab;

namespace Crease.Cli.Commands;

/// <summary><c>crease study NAME</c>: experiments with a report; their words follow from their options.</summary>
internal static class StudyCommand
{
    public static Command Create(Shell shell)
    {
        var command = new Command("study", "Train, measure and report: published experiments, repeated.");
        foreach (Study study in Studies.All)
            command.Subcommands.Add(Of(study, shell));
        return command;
    }

    private static Command Of(Study study, Shell shell)
    {
        object usual = study.Preset(study.Presets[0]);
        var output = new Option<string>("-o", "--output") { Description = "Folder of runs, figures, tables and report; a second call goes on where an earlier one stopped.", HelpName = "FOLDER", Required = true };
        var preset = new Option<string>("--preset") { Description = $"Defaults of all other options: {string.Join(" or ", study.Presets)}.", HelpName = string.Join('|', study.Presets), DefaultValueFactory = _ => study.Presets[0] };
        var command = new Command(study.Name, study.Summary) { output, preset };
        (StudyOptionReader Reader, Option<string?> Word)[] words = [.. StudyOptionReader.Of(usual).Select(reader => (reader, Word(reader, usual)))];
        foreach ((_, Option<string?> word) in words)
            command.Options.Add(word);
        CommonWords.AddTo(command).SetAction(call =>
        {
            CommonWords common = CommonWords.Of(call);
            string name = call.GetValue(preset)!, folder = call.GetRequiredValue(output);
            if (!study.Presets.Contains(name))
                throw new WordsException($"--preset is '{name}'; expected {string.Join(" or ", study.Presets)}");
            object options = study.Preset(name);
            foreach ((StudyOptionReader reader, Option<string?> word) in words)
            {
                if (call.GetResult(word) is { Implicit: false })
                    options = reader.With(options, call.GetValue(word) ?? "true");
            }
            using StudyLine? line = shell.IsTerminal && !common.Quiet ? new StudyLine(shell.Errors, TimeProvider.System) : null;
            StudyReport report = study.Run(options, folder, shell.Run(common) with { Progress = null }, progress => line?.Report(progress));
            line?.Clear();
            ReportFolder.Write(report, folder, JsonDocumentWriter.Version);
            var shown = new StudyResult(report, folder, common);
            shell.Show(common, shown.WriteJson, shown.WriteTable, []);
            return 0;
        });
        return command;
    }

    private static Option<string?> Word(StudyOptionReader reader, object usual) => new("--" + reader.Name)
    {
        Description = $"{reader.Description} [{reader.Text(usual)}]",
        HelpName = reader.IsFlag ? "true|false" : reader.HelpName,
        Arity = reader.IsFlag ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
    };
}
