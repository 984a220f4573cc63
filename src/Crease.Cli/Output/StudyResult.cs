using System.Text.Json;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What <c>crease study</c> says: the claims and their outcome, and where the report lies.</summary>
internal sealed class StudyResult(StudyReport report, string folder, CommonWords words)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("study", report.Study);
        json.WriteString("folder", folder);
        json.WriteString("report", Path.Combine(folder, "report.html"));
        json.WriteStartArray("checks");
        foreach (ReportCheck check in report.Checks)
        {
            json.WriteStartObject();
            json.WriteString("claim", check.Claim);
            json.WriteString("expected", check.Expected);
            json.WriteString("found", check.Found);
            json.WriteString("outcome", Outcome(check.Outcome, "notMeasured"));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WritePropertyName("options");
        JsonSerializer.Serialize(json, report.Options, Json);
        JsonDocumentWriter.Texts(json, "caveats", report.Caveats);
    }, "complete", "sampled", words.Seed, double.NaN, report.Citations);

    public void WriteTable(TextWriter output)
    {
        foreach (ReportCheck check in report.Checks)
            output.WriteLine($"{Outcome(check.Outcome, "not measured"),-18} {check.Claim}: {check.Found} (expected: {check.Expected})");
        foreach (ReportTable table in report.Tables.Where(table => table.IsPrinted))
        {
            output.WriteLine();
            output.WriteLine(table.Title);
            foreach (string line in table.Lines())
                output.WriteLine(line);
            output.WriteLine();
        }
        output.WriteLine($"{"report",-18} {Path.Combine(folder, "report.html")}");
    }

    private static string Outcome(CheckOutcome outcome, string unknown) => outcome switch { CheckOutcome.Met => "met", CheckOutcome.Missed => "missed", _ => unknown };
}
