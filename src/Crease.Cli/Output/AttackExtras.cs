using System.Globalization;
using System.Text.Json;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What a call of <c>crease attack</c> says beside the accuracies: methods by themselves, transfer, audit.</summary>
internal static class AttackExtras
{
    public static IEnumerable<string> Lines(IndividualAttacks? individual, TransferMatrix? transfer)
    {
        foreach ((string method, double accuracy) in individual?.Methods ?? [])
            yield return string.Create(CultureInfo.InvariantCulture, $"{100 * accuracy:F2} % under {method} by itself");
        if (individual is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $"{100 * individual.WorstCase:F2} % under the worst of them");
        for (int judged = 0; judged < transfer?.Names.Length; judged++)
        {
            string found = string.Join(", ", Enumerable.Range(0, transfer.Names.Length).Select(attacked => string.Create(CultureInfo.InvariantCulture, $"{100 * transfer.Accuracy[attacked, judged]:F2} % on what is found against {(attacked == judged ? "itself" : transfer.Names[attacked])}{Share(transfer.Fooled[attacked, judged])}")));
            yield return string.Create(CultureInfo.InvariantCulture, $"transfer: {transfer.Names[judged]} is right on {100 * transfer.Clean[judged]:F2} % of the inputs, {found}");
        }
    }

    public static void Write(Utf8JsonWriter json, IndividualAttacks? individual, TransferMatrix? transfer)
    {
        if (individual is not null)
        {
            json.WriteStartObject("individual");
            JsonDocumentWriter.Number(json, "worstCase", individual.WorstCase);
            json.WriteStartArray("methods");
            foreach ((string method, double accuracy) in individual.Methods)
            {
                json.WriteStartObject();
                json.WriteString("method", method);
                JsonDocumentWriter.Number(json, "robustAccuracy", accuracy);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        if (transfer is null)
            return;
        json.WriteStartArray("transfer");
        for (int attacked = 0; attacked < transfer.Names.Length; attacked++)
        {
            for (int judged = 0; judged < transfer.Names.Length; judged++)
            {
                json.WriteStartObject();
                json.WriteString("attacked", transfer.Names[attacked]);
                json.WriteString("judged", transfer.Names[judged]);
                JsonDocumentWriter.Number(json, "cleanAccuracy", transfer.Clean[judged]);
                JsonDocumentWriter.Number(json, "accuracy", transfer.Accuracy[attacked, judged]);
                JsonDocumentWriter.Number(json, "fooledShare", transfer.Fooled[attacked, judged]);
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
    }

    public static void WriteAudit(Utf8JsonWriter json, MaskingAudit audit)
    {
        json.WriteStartObject("audit");
        JsonDocumentWriter.Number(json, "epsilon", audit.Epsilon);
        json.WriteBoolean("believed", audit.IsBelieved);
        json.WriteString("verdict", audit.Verdict);
        WriteLines(json, audit.Lines);
        json.WriteEndObject();
    }

    /// <summary>Symptoms of masked gradients, each with what was found.</summary>
    public static void WriteLines(Utf8JsonWriter json, IEnumerable<AuditLine> lines)
    {
        json.WriteStartArray("lines");
        foreach (AuditLine line in lines)
        {
            json.WriteStartObject();
            json.WriteString("name", line.Name);
            json.WriteString("finding", line.Finding);
            json.WriteBoolean("passes", line.Passes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Share(double fooled) => double.IsFinite(fooled) ? string.Create(CultureInfo.InvariantCulture, $" ({100 * fooled:F1} % of those fool it)") : "";
}
