using System.Globalization;
using System.Text;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What <c>crease language score</c> says about prompts.</summary>
internal sealed class ScoreReport(Probe probe, ScoreSpool rows, double seconds, CommonWords words)
{
    private const int ShownRows = 10;

    // The writer keeps all of a document until it is told to let go.
    private const int MostPending = 1 << 16;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("model", probe.Origin.Model);
        json.WriteNumber("layers", probe.LayersNeeded);
        JsonDocumentWriter.Texts(json, "scores", probe.Names);
        json.WriteStartArray("prompts");
        foreach (ScoredRow row in rows.Read())
        {
            if (json.BytesPending > MostPending)
                json.Flush();
            json.WriteStartObject();
            json.WriteNumber("row", row.Row);
            json.WriteNumber("tokens", row.Tokens);
            JsonDocumentWriter.Numbers(json, "scores", row.Scores);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, "complete", "exact", words.Seed, seconds, ["balestriero2024characterizing"]);

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', new[] { "row", "tokens" }.Concat(probe.Names.Select(CsvCell.Of))));
        foreach (ScoredRow row in rows.Read())
            writer.WriteLine(string.Join(',', new[] { row.Row.ToString(CultureInfo.InvariantCulture), row.Tokens.ToString(CultureInfo.InvariantCulture) }.Concat(row.Scores.Select(score => score.ToString("R", CultureInfo.InvariantCulture)))));
    }

    public void WriteTable(TextWriter output)
    {
        output.WriteLine($"{"probe",-18} {(probe.Kind == ProbeKind.Forest ? "forest" : "logistic")} on {probe.Features.Length} features of {probe.LayersNeeded} layers of {probe.Origin.Model}");
        output.WriteLine($"{"row",8} {"tokens",8}  {string.Join("  ", probe.Names)}");
        foreach (ScoredRow row in rows.Read().Take(ShownRows))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Row,8} {row.Tokens,8}  {string.Join("  ", row.Scores.Select((score, i) => score.ToString("F4", CultureInfo.InvariantCulture).PadLeft(probe.Names[i].Length)))}"));
        if (rows.Count > ShownRows)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",8} and {rows.Count - ShownRows:N0} more; -o scores.csv saves all"));
        output.WriteLine("scores weigh both classes alike: they rank prompts and are no probabilities of a rare class");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"time",-18} {seconds:F2} s for {rows.Count:N0} prompts"));
    }
}
