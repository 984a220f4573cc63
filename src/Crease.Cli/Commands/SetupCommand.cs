using System.CommandLine;
using Crease.Cli.Output;
using Crease.Lab;

namespace Crease.Cli.Commands;

/// <summary><c>crease setup</c>: what an installed tool does not carry, and whether it is there.</summary>
internal static class SetupCommand
{
    public static Command Create(Shell shell)
    {
        var command = new Command("setup", "List what is set up; fetch what an installed tool does not carry.") { SetupTrainingCommand.Create(shell) };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string? place = LibTorchCompat.Location, fault = null;
            bool isReady = place is not null && LibTorchCompat.TryLoad(out fault);
            shell.Show(common, stream => JsonDocumentWriter.Write(stream, json =>
            {
                json.WriteStartObject("training");
                json.WriteString("libtorch", LibTorchSetup.Version);
                json.WriteBoolean("isReady", isReady);
                json.WriteString("folder", place);
                json.WriteEndObject();
            }, "complete", "exact", common.Seed, 0, []), output => output.WriteLine($"{"training",-18} {(isReady ? $"ready: libtorch {LibTorchSetup.Version} in {place}" : place is null ? "not set up; fetch libtorch with: crease setup training" : fault)}"), []);
            return 0;
        });
        return command;
    }
}
