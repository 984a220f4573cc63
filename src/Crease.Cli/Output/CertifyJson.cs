using System.Text.Json;
using Crease.Certificates;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>The part of the JSON document of <c>crease certify --data</c> that is about rows.</summary>
internal static class CertifyJson
{
    public static void Certified(Utf8JsonWriter json, IReadOnlyList<CertifiedInput> certified)
    {
        json.WriteStartArray("epsilons");
        foreach (IGrouping<double, CertifiedInput> group in certified.GroupBy(each => each.Epsilon))
        {
            CertifiedInput[] rows = [.. group];
            json.WriteStartObject();
            JsonDocumentWriter.Number(json, "epsilon", group.Key);
            JsonDocumentWriter.Number(json, "certifiedAccuracy", (double)Count(rows, Verdict.Verified) / rows.Length);
            json.WriteNumber("verified", Count(rows, Verdict.Verified));
            json.WriteNumber("violated", Count(rows, Verdict.Violated));
            json.WriteNumber("unknown", Count(rows, Verdict.Unknown));
            json.WriteStartArray("rows");
            foreach (CertifiedInput row in rows)
            {
                json.WriteStartObject();
                json.WriteNumber("index", row.Index);
                json.WriteNumber("label", row.Label);
                json.WriteNumber("predicted", row.Predicted);
                json.WriteString("verdict", row.Verdict.ToString().ToLowerInvariant());
                json.WriteString("decision", row.Decision);
                JsonDocumentWriter.Number(json, "bound", row.Bound);
                if (row.Radius is double radius)
                    JsonDocumentWriter.Number(json, "radius", radius);
                json.WriteNumber("domains", row.Domains);
                JsonDocumentWriter.Number(json, "seconds", row.Seconds);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Distances(Utf8JsonWriter json, IReadOnlyList<DistanceRow> rows)
    {
        json.WriteStartArray("rows");
        foreach (DistanceRow each in rows)
        {
            json.WriteStartObject();
            json.WriteNumber("index", each.Index);
            json.WriteNumber("class", each.Distance.Class);
            JsonDocumentWriter.Number(json, "creases", each.Region.Creases);
            JsonDocumentWriter.Number(json, "boundary", each.Region.Boundary);
            JsonDocumentWriter.Number(json, "radius", each.Radius);
            JsonDocumentWriter.Number(json, "lower", each.Distance.Lower);
            JsonDocumentWriter.Number(json, "upper", each.Distance.Upper);
            JsonDocumentWriter.Numbers(json, "witness", each.Distance.Witness.AsSpan());
            json.WriteBoolean("exact", each.Distance.Status == Status.Complete);
            json.WriteNumber("domains", each.Distance.Domains);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Smoothed(Utf8JsonWriter json, SmoothingOptions options, IReadOnlyList<(int Row, int? Label, SmoothedCertificate Certificate)> rows)
    {
        json.WriteNumber("sigma", options.Sigma);
        json.WriteNumber("draws", options.Draws);
        json.WriteNumber("selection", options.Selection);
        json.WriteNumber("level", options.Level);
        json.WriteStartArray("rows");
        foreach ((int row, _, SmoothedCertificate certificate) in rows)
        {
            json.WriteStartObject();
            json.WriteNumber("index", row);
            json.WriteNumber("class", certificate.Class);
            json.WriteNumber("successes", certificate.Successes);
            JsonDocumentWriter.Number(json, "probability", certificate.Probability);
            JsonDocumentWriter.Number(json, "radius", certificate.Radius);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Radii(Utf8JsonWriter json, IReadOnlyList<RadiusRow> rows)
    {
        json.WriteStartArray("rows");
        foreach (RadiusRow each in rows)
        {
            json.WriteStartObject();
            json.WriteNumber("index", each.Index);
            json.WriteNumber("label", each.Label);
            json.WriteNumber("predicted", each.Predicted);
            JsonDocumentWriter.Number(json, "radius", each.Radius);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static int Count(CertifiedInput[] rows, Verdict verdict) => rows.Count(row => row.Verdict == verdict);
}
