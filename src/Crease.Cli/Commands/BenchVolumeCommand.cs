using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease bench volume</c>: the zero sets of trained networks of three inputs.</summary>
internal static class BenchVolumeCommand
{
    public static Command Create(Shell shell)
    {
        var folder = new Option<string>("--data") { Description = "Folder of networks with three inputs; their zero sets in [-1, 1]³ are extracted.", HelpName = "FOLDER", DefaultValueFactory = _ => Path.Combine("benchmarks", "networks") };
        var filter = new Option<string>("--case") { Description = "Run the cases whose name contains this.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var repeats = RepeatWords.Option("Counted runs per case; the fastest is shown.", 1);
        var command = new Command("volume", "Exact zero sets per second over a folder of trained networks.") { folder, filter, repeats };
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            int counted = RepeatWords.Of(words, repeats);
            RunContext run = shell.Run(common) with { Progress = null };
            string[] files = Files(words.GetValue(folder)!, words.GetValue(filter)!);
            var found = new List<(string Name, IsoSurface Surface)>();
            if (!common.Json)
                shell.Output.WriteLine($"{"case",-12} {"regions",9} {"triangles",10} {"seconds",9} {"regions/s",10} {"watertight",10} {"euler",6} {"exact",6}");
            foreach (string file in files)
            {
                var partitioner = new VolumePartitioner(Model.Load(file));
                IsoSurface best = partitioner.Surface(Slice.Box(-1, 1, -1, 1, -1, 1), run);
                for (int i = 1; i < counted; i++)
                    best = partitioner.Surface(best.Slice, run) is IsoSurface next && next.Cost.Seconds < best.Cost.Seconds ? next : best;
                found.Add((Path.GetFileName(file).Split('.')[0], best));
                if (!common.Json)
                    shell.Output.WriteLine(Row(found[^1].Name, best));
            }
            if (common.Json)
                JsonDocumentWriter.Print(shell.Output, stream => Write(stream, found, common));
            return found.Count > 0 && found.All(item => item.Surface.IsWatertight && item.Surface.Status == Status.Complete) ? 0 : 1;
        });
        return command;
    }

    private static string[] Files(string folder, string filter) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder).Where(file => (file.EndsWith(".onnx", StringComparison.Ordinal) || file.EndsWith(".onnx.gz", StringComparison.Ordinal)) && Path.GetFileName(file).Contains(filter, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : throw new WordsException($"--data {folder}: the folder does not exist");

    private static string Row(string name, IsoSurface surface) => string.Create(CultureInfo.InvariantCulture,
        $"{name,-12} {surface.PolygonCount,9:N0} {surface.TriangleCount,10:N0} {surface.Cost.Seconds,9:F2} {surface.PolygonCount / surface.Cost.Seconds,10:N0} {(surface.IsWatertight ? "yes" : "NO"),10} {surface.EulerCharacteristic,6} {surface.ExactDecisions,6}");

    private static void Write(Stream stream, List<(string Name, IsoSurface Surface)> found, CommonWords common) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteNumber("threads", common.Threads);
        json.WriteStartArray("cases");
        foreach ((string name, IsoSurface surface) in found)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("regions", surface.PolygonCount);
            json.WriteNumber("triangles", surface.TriangleCount);
            JsonDocumentWriter.Number(json, "seconds", surface.Cost.Seconds);
            json.WriteBoolean("watertight", surface.IsWatertight);
            json.WriteNumber("surfaceEuler", surface.EulerCharacteristic);
            JsonDocumentWriter.Number(json, "area", surface.Area);
            JsonDocumentWriter.Number(json, "enclosedVolume", surface.EnclosedVolume);
            json.WriteNumber("exactDecisions", surface.ExactDecisions);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", common.Seed, found.Sum(item => item.Surface.Cost.Seconds), []);
}
