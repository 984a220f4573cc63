using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Models;

namespace Crease.Cli.Commands;

/// <summary><c>crease data fetch</c>: a known data set over HTTP, verified.</summary>
internal static class DataFetchCommand
{
    public static Command Create(Shell shell)
    {
        var name = new Argument<string>("NAME") { Description = $"{string.Join(", ", DataDownload.Names)}." };
        var to = new Option<string?>("--to") { Description = "Folder for the files (default: NAME in the current folder).", HelpName = "FOLDER" };
        var from = new Option<string?>("--from") { Description = "Fetch from this mirror: the address of the folder that holds the files.", HelpName = "URL" };
        var command = new Command("fetch", "Fetch a known data set, verify its checksums, and unpack it.") { name, to, from };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string set = words.GetRequiredValue(name), folder = words.GetValue(to) ?? set;
            _ = DataDownload.About(set);
            using DownloadLine? line = common.Quiet || !shell.IsTerminal ? null : new DownloadLine(shell.Errors, TimeProvider.System);
            var options = new DownloadOptions { From = Mirror(words.GetValue(from)), Progress = line };
            long start = Stopwatch.GetTimestamp();
            shell.Note($"note: {DataDownload.About(set)}", common);
            IReadOnlyList<DownloadedFile> files = DataDownload.Fetch(set, folder, options, shell.Cancellation).GetAwaiter().GetResult();
            line?.Clear();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            shell.Show(common, stream => Write(stream, set, folder, files, seconds, common), output => Print(output, files), []);
            return 0;
        });
        return command;
    }

    private static Uri? Mirror(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? mirror) && mirror.Scheme is "http" or "https" ? mirror
        : throw new WordsException($"--from is '{text}'; expected an address that starts with http:// or https://");

    private static void Print(TextWriter output, IReadOnlyList<DownloadedFile> files)
    {
        foreach (DownloadedFile file in files)
            output.WriteLine($"{(file.IsFetched ? "fetched" : "there already"),-18} {file.Path}");
    }

    private static void Write(Stream stream, string set, string folder, IReadOnlyList<DownloadedFile> files, double seconds, CommonWords common) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("data", set);
        json.WriteString("folder", folder);
        json.WriteStartArray("files");
        foreach (DownloadedFile file in files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteBoolean("isFetched", file.IsFetched);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", common.Seed, seconds, []);
}
