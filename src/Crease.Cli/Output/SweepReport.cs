using System.Globalization;
using System.Text.Json;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What <c>crease sweep</c> found: a JSON document or a short table.</summary>
internal sealed class SweepReport(SweepResult result, double seconds, CommonWords words)
{
    private const int ShownCombinations = 24, ShownMeasures = 4;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        SweepPlanReport.Axes(json, result.Grid, result.Folder);
        json.WriteNumber("runs", result.Rows.Count);
        json.WriteNumber("failed", result.Failed);
        JsonDocumentWriter.Texts(json, "measures", result.Measures);
        json.WriteStartArray("rows");
        foreach (SweepRow row in result.Rows)
        {
            json.WriteStartObject();
            SweepPlanReport.Point(json, row.Run.Point);
            json.WriteString("status", row.Status);
            json.WriteString("message", row.Message);
            if (row.Step is long step)
                json.WriteNumber("step", step);
            else
                json.WriteNull("step");
            foreach (string measure in result.Measures)
                JsonDocumentWriter.Number(json, measure, row.Values.TryGetValue(measure, out double value) ? value : null);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, result.Failed == 0 ? "complete" : "failed", "sampled", words.Seed, seconds, result.Citations);

    public void WriteTable(TextWriter output)
    {
        Line("runs", $"{result.Rows.Count:N0}{(result.Failed > 0 ? FormattableString.Invariant($", {result.Failed:N0} failed") : "")}");
        string[] measures = [.. result.Measures.Where(measure => measure != "weight_norm").Take(ShownMeasures)];
        IGrouping<string, SweepRow>[] combinations = [.. result.Rows.GroupBy(row => string.Join('\n', row.Run.Point.Values.Values.Select(SweepAxis.Text)))];
        string[][] cells =
        [
            [.. result.Grid.Axes.Select(axis => axis.Name), .. measures.Select(measure => measure.Replace('_', ' ')), "failed"],
            .. combinations.Take(ShownCombinations).Select(rows => (string[])
            [
                .. rows.First().Run.Point.Values.Values.Select(value => ShortText.Of(SweepAxis.Text(value), 30)),
                .. measures.Select(measure => Mean(rows, measure)), rows.Count(row => row.IsFailed).ToString(CultureInfo.InvariantCulture),
            ]),
        ];
        int[] widths = [.. cells[0].Select((_, column) => cells.Max(row => row[column].Length))];
        foreach (string[] row in cells)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadLeft(widths[column]))).TrimEnd());
        if (combinations.Length > ShownCombinations)
            output.WriteLine($"... and {combinations.Length - ShownCombinations} more; the table holds all");
        foreach (SweepRow row in result.Rows.Where(row => row.IsFailed).Take(3))
            Line("failed", $"{row.Run.Point.Name}: {row.Message}");
        Line("time", $"{seconds:F2} s");
        Line("status", $"{(result.Failed == 0 ? "complete" : "failed")}, means over seeds");
        Line("folder", $"{result.Folder}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Mean(IEnumerable<SweepRow> rows, string measure)
    {
        double[] values = [.. rows.Where(row => row.Values.ContainsKey(measure)).Select(row => row.Values[measure])];
        return values.Length == 0 ? "-" : values.Average().ToString("G4", CultureInfo.InvariantCulture);
    }
}
