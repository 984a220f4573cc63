using System.Globalization;
using System.Text.Json;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>The parts of a kernel report about test rows: who moved a prediction, and how much an ensemble spreads.</summary>
internal static class KernelParts
{
    private const int Shown = 5;

    public static void Write(Utf8JsonWriter json, KernelMeasures measures)
    {
        if (measures.Influence is { } influence)
            Write(json, influence, measures.Rows);
        if (measures.Ensemble is not { } ensemble)
            return;
        json.WriteStartObject("ensemble");
        json.WriteStartArray("moments");
        foreach (EnsembleMoment moment in ensemble.Moments)
        {
            json.WriteStartObject();
            JsonDocumentWriter.Number(json, "time", moment.Time);
            JsonDocumentWriter.Number(json, "meanDeviation", moment.Mean);
            JsonDocumentWriter.Number(json, "largestDeviation", moment.Largest);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        JsonDocumentWriter.Number(json, "deviationWhereRight", ensemble.RightDeviation);
        JsonDocumentWriter.Number(json, "deviationWhereWrong", ensemble.WrongDeviation);
        JsonDocumentWriter.Numbers(json, "deviations", ensemble.Deviations);
        json.WriteEndObject();
    }

    public static IEnumerable<(string Name, string Text)> Lines(KernelMeasures measures)
    {
        if (measures.Influence is { } influence)
        {
            yield return ($"test row {influence.TestRow}", Invariant($"class {influence.Label}, predicted {influence.Predicted} with {influence.Outputs[influence.Predicted]:F4}"));
            foreach (int row in influence.Order().Take(Shown))
                yield return ($"  row {row}", Invariant($"class {measures.Rows.Labels![row]}, adds {influence.Term(row):F4}"));
        }
        if (measures.Ensemble is { } ensemble)
        {
            EnsembleMoment end = ensemble.Moments[^1];
            yield return ("ensemble", Invariant($"deviation of an output {ensemble.Moments[0].Mean:F4} at the start, {end.Mean:F4} at the end{Where(ensemble.RightDeviation, "right")}{Where(ensemble.WrongDeviation, "wrong")}"));
        }
    }

    private static string Where(double? deviation, string which) => deviation is double value ? Invariant($"; {value:F4} where {which}") : "";

    private static void Write(Utf8JsonWriter json, KernelInfluence influence, KernelRows rows)
    {
        json.WriteStartObject("influence");
        json.WriteNumber("testRow", influence.TestRow);
        json.WriteNumber("class", influence.Label);
        json.WriteNumber("predicted", influence.Predicted);
        JsonDocumentWriter.Numbers(json, "start", influence.Start);
        JsonDocumentWriter.Numbers(json, "outputs", influence.Outputs);
        json.WriteStartArray("rows");
        foreach (int row in influence.Order())
        {
            json.WriteStartObject();
            json.WriteNumber("row", row);
            json.WriteNumber("class", rows.Labels![row]);
            JsonDocumentWriter.Number(json, "adds", influence.Term(row));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
