using System.Globalization;
using System.Text.Json;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;

namespace Crease.Cli.Output;

/// <summary>What <c>crease dynamics</c> found: a JSON document or a short table.</summary>
internal sealed class DynamicsReport(DynamicsResult result, DataParts sets, CommonWords words)
{
    private const double Believed = 0.01;

    private const int ShownRows = 12;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        DynamicsOptions options = result.Options;
        json.WriteString("folder", result.Series.Path);
        json.WriteString("unit", result.Series.Unit);
        json.WriteString("train", sets.Train.Name);
        json.WriteString("test", sets.Test?.Name);
        JsonDocumentWriter.Number(json, "radius", options.Radius);
        json.WriteNumber("directions", options.Directions);
        json.WriteBoolean("includeLogits", options.IncludeLogits);
        json.WriteString("loss", options.Loss == Loss.CrossEntropy ? "crossEntropy" : "meanSquaredError");
        json.WriteStartObject("attack");
        json.WriteString("norm", options.Norm);
        JsonDocumentWriter.Numbers(json, "epsilons", [.. options.Epsilons]);
        json.WriteNumber("steps", options.AttackSteps);
        JsonDocumentWriter.Number(json, "stepSize", options.AttackStepSize);
        JsonDocumentWriter.Numbers(json, "box", [result.Low, result.High]);
        json.WriteEndObject();
        Phases(json);
        Delay(json, "delayedGeneralization", result.Generalization);
        json.WriteStartArray("delayedRobustness");
        foreach (DelayedGeneralization? delay in result.Robustness)
            Delay(json, null, delay);
        json.WriteEndArray();
        JsonDocumentWriter.Number(json, "largestZeroGradientShare", result.ZeroGradientShare);
        json.WriteStartArray("networks");
        foreach (DynamicsRow row in result.Rows)
            Row(json, row);
        json.WriteEndArray();
    }, "complete", "sampled", words.Seed, result.Cost.Seconds, result.Citations);

    public void WriteTable(TextWriter output)
    {
        Line("networks", $"{result.Rows.Count:N0}, {result.Series.Unit} {result.Rows[0].Step:N0} to {result.Rows[^1].Step:N0}");
        output.WriteLine($"{result.Series.Unit,10}  {"train acc",9} {"test acc",9} {string.Join(' ', result.Options.Epsilons.Select(epsilon => $"{"ε=" + epsilon.ToString("G3", CultureInfo.InvariantCulture),9}"))} {"LC train",9} {"LC test",9} {"LC random",9} {"slopes",9} {"regions",9}");
        foreach (DynamicsRow row in Shown())
            output.WriteLine($"{row.Step.ToString("N0", CultureInfo.InvariantCulture),10}  {Cell(row.Train?.Accuracy)} {Cell(row.Test?.Accuracy)} {string.Join(' ', result.Options.Epsilons.Select((_, e) => Cell(row.Robustness?.Accuracy[e])))} {Cell(row.Train?.Complexity?.Total.Mean)} {Cell(row.Test?.Complexity?.Total.Mean)} {Cell(row.Random?.Total.Mean)} {Cell(row.Train?.SlopeNorm?.Mean)} {Cell(row.Slice?.Regions)}");
        if (result.Phases is { } phases)
        {
            Line("first descent", $"{phases.Descent.ToString().ToLowerInvariant()}: {100 * phases.Drop:F0} % down by {result.Series.Unit} {phases.DescentEnd.Step:N0}");
            Line("ascent", $"to {phases.Peak.Value:G4} at {result.Series.Unit} {phases.Peak.Step:N0} (± to the neighbors {phases.Peak.Before:N0} and {phases.Peak.After:N0})");
            Line("region migration", phases.Migration is PhaseStep migration ? $"from {result.Series.Unit} {migration.Step:N0} on" : (FormattableString)$"none");
        }
        Line("generalization", Words(result.Generalization));
        for (int e = 0; e < result.Robustness.Length; e++)
            Line(FormattableString.Invariant($"robust at {result.Options.Epsilons[e]:G3}"), Words(result.Robustness[e]));
        if (result.ZeroGradientShare is double masked)
            Line("zero gradients", $"at most {100 * masked:F1} % of the attacked rows{(masked > Believed ? ": robustness may be masked" : "")}; 'crease attack --audit' asks more; box [{result.Low:G4}, {result.High:G4}], {result.Options.Norm}");
        Line("time", $"{result.Cost.Seconds:F2} s");
        Line("status", $"complete, sampled");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    // First and last, and others evenly between, so that a table of hundreds of networks stays short.
    private IEnumerable<DynamicsRow> Shown() => result.Rows.Count <= ShownRows
        ? result.Rows
        : Enumerable.Range(0, ShownRows).Select(i => result.Rows[(int)((long)i * (result.Rows.Count - 1) / (ShownRows - 1))]);

    private static string Cell(double? value) => $"{value?.ToString("G4", CultureInfo.InvariantCulture) ?? "–",9}";

    private FormattableString Words(DelayedGeneralization? delay) => delay is null
        ? (FormattableString)$"not measured, or none at the end"
        : $"half of its last value at {result.Series.Unit} {delay.Half.Step:N0}, {Math.Abs(delay.DelayInDecades):F2} decades {(delay.DelayInDecades < 0 ? "before" : "after")} training rows were fitted ({delay.Fitted.Step:N0}){(delay.IsDelayed ? ", delayed" : "")}";

    private void Phases(Utf8JsonWriter json)
    {
        if (result.Phases is not { } phases)
        {
            json.WriteNull("phases");
            return;
        }
        json.WriteStartObject("phases");
        json.WriteString("firstDescent", phases.Descent.ToString().ToLowerInvariant());
        JsonDocumentWriter.Number(json, "drop", phases.Drop);
        At(json, "descentEnd", phases.DescentEnd);
        At(json, "ascentPeak", phases.Peak);
        At(json, "migrationStart", phases.Migration);
        json.WriteEndObject();
    }

    private static void Delay(Utf8JsonWriter json, string? name, DelayedGeneralization? delay)
    {
        if (name is not null)
            json.WritePropertyName(name);
        if (delay is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        At(json, "fitted", delay.Fitted);
        At(json, "half", delay.Half);
        At(json, "nearly", delay.Nearly);
        JsonDocumentWriter.Number(json, "delayDecades", delay.DelayInDecades);
        json.WriteBoolean("isDelayed", delay.IsDelayed);
        json.WriteEndObject();
    }

    private static void At(Utf8JsonWriter json, string name, PhaseStep? at)
    {
        if (at is not PhaseStep step)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        JsonDocumentWriter.Number(json, "step", step.Step);
        JsonDocumentWriter.Number(json, "value", step.Value);
        JsonDocumentWriter.Number(json, "before", step.Before);
        JsonDocumentWriter.Number(json, "after", step.After);
        json.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter json, DynamicsRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("step", row.Step);
        Set(json, "train", row.Train);
        Set(json, "test", row.Test);
        Complexity(json, "randomComplexity", row.Random);
        if (row.Robustness is { } robustness)
        {
            JsonDocumentWriter.Numbers(json, "robustAccuracies", robustness.Accuracy.AsSpan());
            json.WriteNumber("attackedSamples", robustness.Samples);
            JsonDocumentWriter.Number(json, "zeroGradientShare", robustness.ZeroGradientShare);
            JsonDocumentWriter.Number(json, "marginZeroGradientShare", robustness.MarginZeroGradientShare);
        }
        if (row.Slice is { } slice)
        {
            json.WriteNumber("regions", slice.Regions);
            json.WriteBoolean("regionsComplete", slice.IsComplete);
            JsonDocumentWriter.Number(json, "boundaryLength", slice.BoundaryLength);
            JsonDocumentWriter.Number(json, "sliceSlopeNorm", slice.SlopeNorm);
        }
        json.WriteEndObject();
    }

    private static void Set(Utf8JsonWriter json, string name, SetDynamics? set)
    {
        if (set is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteNumber("samples", set.Samples);
        JsonDocumentWriter.Number(json, "loss", set.Loss);
        JsonDocumentWriter.Number(json, "accuracy", set.Accuracy);
        Complexity(json, "complexity", set.Complexity);
        JsonDocumentWriter.Number(json, "slopeNorm", set.SlopeNorm?.Mean);
        JsonDocumentWriter.Number(json, "slopeNormStandardError", set.SlopeNorm?.StandardError);
        json.WriteEndObject();
    }

    private static void Complexity(Utf8JsonWriter json, string name, ComplexityDynamics? complexity)
    {
        if (complexity is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        JsonDocumentWriter.Number(json, "mean", complexity.Total.Mean);
        JsonDocumentWriter.Number(json, "standardErrorOverSamples", complexity.Total.StandardError);
        JsonDocumentWriter.Numbers(json, "layers", [.. complexity.Layers.Select(layer => layer.Mean)]);
        json.WriteEndObject();
    }
}
