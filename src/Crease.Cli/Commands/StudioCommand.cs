using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Crease.Studio;

namespace Crease.Cli.Commands;

/// <summary><c>crease studio</c>: a local server for the browser, until it is interrupted.</summary>
internal static class StudioCommand
{
    public static Command Create(Shell shell)
    {
        var port = new Option<int>("--port") { Description = "Port on this machine; 0 for a free one.", HelpName = "N" };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the address and open nothing." };
        var workspace = new Option<string?>("--workspace") { Description = "Folder of uploads and runs (default: crease/studio in the data folder of the user).", HelpName = "FOLDER" };
        var command = new Command("studio", "Look at networks, partitions and trainings in the browser; everything stays on this machine.") { port, noBrowser, workspace };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int number = words.GetValue(port);
            if (number is < 0 or > 65535)
                throw new WordsException($"--port is {number}; expected 1 to 65535, or 0 for a free one");
            var options = new StudioOptions { Workspace = words.GetValue(workspace) ?? UserWorkspace(), Port = number, Cores = common.Threads, WarmsUp = true };
            Serve(shell, common, options, !words.GetValue(noBrowser)).GetAwaiter().GetResult();
            return 0;
        });
        return command;
    }

    private static async Task Serve(Shell shell, CommonWords common, StudioOptions options, bool opens)
    {
        await using StudioServer server = await StudioServer.Start(options);
        shell.Output.WriteLine(server.Address);
        shell.Output.Flush();
        shell.Note($"note: the workspace is {Path.GetFullPath(options.Workspace)}; Ctrl-C ends the Studio", common);
        if (opens)
            Open(shell, common, server.Address);
        await Task.Delay(Timeout.Infinite, shell.Cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    // The shell of the system finds the browser: 'open', 'start' or 'xdg-open'.
    private static void Open(Shell shell, CommonWords common, Uri address)
    {
        try
        {
            using Process? opened = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
        }
        catch (Exception fault) when (fault is Win32Exception or FileNotFoundException or PlatformNotSupportedException)
        {
            shell.Note("note: no browser was found; open the address yourself", common);
        }
    }

    private static string UserWorkspace()
    {
        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0 ? Path.Combine(local, "crease", "studio") : throw new WordsException("this user has no folder for data; name one with --workspace FOLDER");
    }
}
