using System.Globalization;
using System.Text.Json;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What <c>crease sweep --dry-run</c> lists: the runs of a grid and how far they are.</summary>
/// <param name="grid">The grid.</param>
/// <param name="folder">Folder of the sweep.</param>
/// <param name="runs">All trainings with the steps that are done of them.</param>
/// <param name="words">Words of every verb.</param>
internal sealed class SweepPlanReport(SweepGrid grid, string folder, IReadOnlyList<(SweepRun Run, long Done)> runs, CommonWords words)
{
    private const int ShownRuns = 20;

    private long Steps => runs.Sum(item => item.Run.Options.Steps);

    private long Done => runs.Sum(item => item.Done);

    private long Excluded => grid.Combinations - runs.Count;

    private int Finished => runs.Count(item => item.Done == item.Run.Options.Steps);

    // Most trainings share a rule.
    private int Checkpoints => runs.GroupBy(item => (item.Run.Options.Checkpoints, item.Run.Options.Steps)).Sum(group => group.Count() * Cadence.Parse(group.Key.Checkpoints, group.Key.Steps).Steps.Count);

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        Axes(json, grid, folder);
        json.WriteNumber("runs", runs.Count);
        json.WriteNumber("excluded", Excluded);
        json.WriteNumber("finished", Finished);
        json.WriteNumber("steps", Steps);
        json.WriteNumber("stepsDone", Done);
        json.WriteNumber("checkpoints", Checkpoints);
        json.WriteStartArray("points");
        foreach ((SweepRun run, long done) in runs)
        {
            json.WriteStartObject();
            Point(json, run.Point);
            json.WriteNumber("steps", run.Options.Steps);
            json.WriteNumber("stepsDone", done);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "planned", "exact", words.Seed, double.NaN, []);

    public void WriteTable(TextWriter output)
    {
        Line("runs", $"{runs.Count:N0}{(Excluded > 0 ? FormattableString.Invariant($", {Excluded:N0} excluded") : "")}, {Finished:N0} finished");
        Line("steps", $"{Steps:N0}, {Done:N0} done");
        Line("checkpoints", $"{Checkpoints:N0}");
        foreach ((SweepRun run, long done) in runs.Take(ShownRuns))
            output.WriteLine(run.Point.Name + (done == 0 ? "" : FormattableString.Invariant($"  {done:N0} of {run.Options.Steps:N0} steps")));
        if (runs.Count > ShownRuns)
            output.WriteLine($"... and {(runs.Count - ShownRuns).ToString("N0", CultureInfo.InvariantCulture)} more; --json lists all");
        Line("folder", $"{folder}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Writes what every document of a sweep says about its grid.</summary>
    public static void Axes(Utf8JsonWriter json, SweepGrid grid, string folder)
    {
        json.WriteString("grid", grid.Name);
        json.WriteString("folder", folder);
        json.WriteStartObject("axes");
        foreach (SweepAxis axis in grid.Axes)
            JsonDocumentWriter.Texts(json, axis.Name, axis.Values.Select(SweepAxis.Text));
        json.WriteEndObject();
    }

    /// <summary>Writes where a training stands in the grid.</summary>
    public static void Point(Utf8JsonWriter json, SweepPoint point)
    {
        json.WriteString("run", point.Name);
        json.WriteStartObject("values");
        foreach ((string axis, string? value) in point.Values)
            json.WriteString(axis, value);
        json.WriteEndObject();
        json.WriteNumber("seed", point.Seed);
    }
}
