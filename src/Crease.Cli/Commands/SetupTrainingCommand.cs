using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Models;

namespace Crease.Cli.Commands;

/// <summary><c>crease setup training</c>: libtorch, which training needs and the tool does not carry.</summary>
internal static class SetupTrainingCommand
{
    public static Command Create(Shell shell)
    {
        var source = new Option<string?>("--source") { Description = $"Registry to fetch from (default: {LibTorchSetup.Registry}), or a folder that holds the package.", HelpName = "URL|FOLDER" };
        var command = new Command("training", "Fetch libtorch for 'crease train', verify it, and unpack it for this user.") { source };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            using DownloadLine? line = common.Quiet || !shell.IsTerminal ? null : new DownloadLine(shell.Errors, TimeProvider.System);
            long start = Stopwatch.GetTimestamp();
            if (!Directory.Exists(LibTorchSetup.Folder))
                shell.Note($"note: libtorch {LibTorchSetup.Version} (PyTorch contributors; BSD-3-Clause), about 130 MB to fetch and 500 MB on the disk", common);
            bool isNew = LibTorchSetup.Install(words.GetValue(source), new DownloadOptions { Progress = line }, shell.Cancellation);
            line?.Clear();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            shell.Show(common, stream => JsonDocumentWriter.Write(stream, json =>
            {
                json.WriteString("libtorch", LibTorchSetup.Version);
                json.WriteString("folder", LibTorchSetup.Folder);
                json.WriteBoolean("isFetched", isNew);
            }, "complete", "exact", common.Seed, seconds, []), output => output.WriteLine($"{(isNew ? "set up" : "there already"),-18} {LibTorchSetup.Folder}"), []);
            return 0;
        });
        return command;
    }
}
