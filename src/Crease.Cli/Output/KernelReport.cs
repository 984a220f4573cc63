using System.Globalization;
using System.Text.Json;
using Crease.Lab;
using Crease.Measures;
using Crease.Networks;

namespace Crease.Cli.Output;

/// <summary>What <c>crease kernel</c> says about its result: a JSON document or a short table.</summary>
internal sealed class KernelReport(Network network, KernelMeasures measures, IReadOnlyList<KernelDriftRow> drift, string unit, KernelOptions options, CommonWords words)
{
    private const int Shown = 10;

    private KernelSpectrum Spectrum => measures.Spectrum;

    private bool IsFinite => Spectrum.Status != KernelStatus.NotFinite;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", network.Name);
        json.WriteString("data", measures.Rows.Name);
        json.WriteNumber("rows", measures.Rows.Count);
        json.WriteNumber("parameters", measures.Parameters);
        json.WriteNumber("outputs", measures.Outputs);
        if (options.Output is int output)
            json.WriteNumber("of", output);
        else
            json.WriteString("of", options.Kind == KernelKind.Full ? "all" : "mean");
        json.WriteString("kind", options.Kind == KernelKind.Values ? "outputs" : "tangent");
        json.WriteString("advice", KernelAdvice.Of(Spectrum.Status));
        SpectrumOf(json, "spectrum", Spectrum);
        JsonDocumentWriter.Number(json, "alignment", measures.Alignment);
        JsonDocumentWriter.Number(json, "centeredAlignment", measures.CenteredAlignment);
        JsonDocumentWriter.Number(json, "codeOverlapCorrelation", measures.OverlapCorrelation);
        JsonDocumentWriter.Number(json, "contractionDifference", measures.Difference);
        json.WriteStartArray("layers");
        foreach (KernelLayer layer in measures.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("kind", layer.Kind);
            json.WriteNumber("parameters", layer.Parameters);
            JsonDocumentWriter.Number(json, "trace", layer.Trace);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (options.PerOutput)
            PerOutput(json);
        if (measures.Rows.Labels is not null)
            Training(json);
        if (measures.Infinite is { } infinite)
            Infinite(json, infinite);
        KernelParts.Write(json, measures);
        if (drift.Count > 0)
            Drift(json);
    }, Word(Spectrum.Status), "exact", words.Seed, measures.Cost.Seconds, ["jacot2018ntk", "novak2022fast", "lee2019wide"]);

    public void WriteTable(TextWriter output)
    {
        Line("kernel", $"{measures.Rows.Count:N0} x {measures.Rows.Count:N0} rows of {measures.Rows.Name}, {Kind(options)}, {measures.Parameters:N0} parameters");
        if (IsFinite)
        {
            Line("eigenvalues", $"{Spectrum.Largest:G5} to {Spectrum.Smallest:G4}, trace {Spectrum.Trace:G5}");
            Line("rank", $"{Spectrum.Rank:N0} of {Spectrum.Values.Length:N0}, effective {Spectrum.ParticipationRatio:F2} (participation), {Spectrum.EntropyRank:F2} (entropy){(Spectrum.Condition is double condition ? $", condition {condition:G4}" : "")}");
            if (Spectrum.LargestStableRate is double rate)
                Line("largest rate", $"{rate:G4} for the sum of squares, {rate * measures.Rows.Count:G4} for their mean over rows");
        }
        if (measures.CenteredAlignment is double aligned)
            Line("alignment", $"{aligned:F4} with the labels, centered; {measures.Alignment:F4} as it is");
        if (measures.OverlapCorrelation is double correlation)
            Line("code overlap", $"rank correlation {correlation:F3} with the kernel");
        if (measures.Difference is double difference)
            Line("check", $"{difference:E1} off the kernel by all derivatives");
        double trace = measures.Layers.Sum(layer => layer.Trace);
        for (int l = 0; l < measures.Layers.Count; l++)
            Line($"  layer {l + 1}", $"{(trace > 0 ? 100 * measures.Layers[l].Trace / trace : 0):F1} % of the trace ({measures.Layers[l].Kind}, {measures.Layers[l].Parameters:N0} parameters)");
        foreach (KernelOutput item in measures.PerOutput)
            Line($"  output {item.Output}", $"trace {item.Trace:G5}, largest {item.Largest:G5}{(item.Alignment is double own ? $", alignment {own:F4}" : "")}");
        foreach (KernelMoment moment in measures.Moments)
            Line(moment.Time is double time ? string.Create(CultureInfo.InvariantCulture, $"t = {time:G3}") : "t = infinity", $"{Moment(moment)}");
        if (measures.Ridge is { } ridge)
            Line("with ridge", $"{Moment(ridge)}");
        else if (options.Ridge > 0 && measures.Moments.Count > 0)
            Line("with ridge", $"no solution; raise --ridge");
        if (measures.NetworkAccuracy is double right)
            Line("network itself", $"accuracy {100 * right:F1} %{(measures.NetworkTestAccuracy is double test ? $", test {100 * test:F1} %" : "")}");
        if (measures.Infinite is { } infinite)
            Line("infinite width", $"{infinite.Description}{(infinite.Spectrum is null ? "" : $"{(infinite.Distance is double apart ? $", distance {apart:F4}" : "")}{(infinite.Alignment is double other ? $", alignment {other:F4}" : "")}{(infinite.End is { } end ? $"; at the end {Moment(end)}" : "")}")}");
        foreach ((string name, string text) in KernelParts.Lines(measures))
            Line(name, $"{text}");
        foreach (KernelDriftRow row in Some(drift))
            Line($"{unit} {row.Step:N0}", $"drift {row.Drift:F4}, distance {row.Distance:F4}, largest {row.Largest:G4}{(row.Linearization is double off ? $", {100 * off:F1} % off the linearized network" : "")}{(row.CenteredAlignment is double now ? $", alignment {now:F4}" : "")}");
        Line("time", $"{measures.Cost.Seconds:F3} s");
        string advice = KernelAdvice.Of(Spectrum.Status);
        Line("status", $"{Word(Spectrum.Status)}{(advice.Length == 0 ? "" : ": " + advice)}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Which kernel, in words.</summary>
    public static string Kind(KernelOptions options) => options.Kind switch
    {
        KernelKind.Full => "all pairs of outputs",
        KernelKind.Values => "kernel of the outputs, mean over them",
        _ => options.Output is int output ? $"output {output}" : "mean over the outputs",
    };

    // The document has all rows; a table shows a few, the last among them.
    private static IEnumerable<KernelDriftRow> Some(IReadOnlyList<KernelDriftRow> rows)
    {
        int count = Math.Min(rows.Count, Shown);
        return Enumerable.Range(0, count).Select(i => rows[count == 1 ? 0 : i * (rows.Count - 1) / (count - 1)]);
    }

    private static string Moment(KernelMoment moment) => string.Create(CultureInfo.InvariantCulture,
        $"loss {Loss(moment.Loss)}, accuracy {100 * moment.Accuracy:F1} %{(moment.TestLoss is double loss ? $"; test loss {Loss(loss)}, accuracy {100 * moment.TestAccuracy:F1} %" : "")}");

    // Below rounding of the outputs digits say nothing.
    private static string Loss(double loss) => loss < 1e-12 ? "below 1e-12" : loss.ToString("G4", CultureInfo.InvariantCulture);

    private static string Word(KernelStatus status) => status switch
    {
        KernelStatus.Complete => "complete",
        KernelStatus.RankDeficient => "rankDeficient",
        KernelStatus.Indefinite => "indefinite",
        _ => "notFinite",
    };

    private static void SpectrumOf(Utf8JsonWriter json, string name, KernelSpectrum spectrum)
    {
        bool isFinite = spectrum.Status != KernelStatus.NotFinite;
        json.WriteStartObject(name);
        json.WriteString("status", Word(spectrum.Status));
        JsonDocumentWriter.Number(json, "largest", isFinite ? spectrum.Largest : null);
        JsonDocumentWriter.Number(json, "smallest", isFinite ? spectrum.Smallest : null);
        JsonDocumentWriter.Number(json, "trace", isFinite ? spectrum.Trace : null);
        json.WriteNumber("rank", spectrum.Rank);
        JsonDocumentWriter.Number(json, "condition", spectrum.Condition);
        JsonDocumentWriter.Number(json, "participationRatio", isFinite ? spectrum.ParticipationRatio : null);
        JsonDocumentWriter.Number(json, "entropyRank", isFinite ? spectrum.EntropyRank : null);
        JsonDocumentWriter.Number(json, "largestStableRate", spectrum.LargestStableRate);
        JsonDocumentWriter.Numbers(json, "eigenvalues", spectrum.Values.AsSpan());
        json.WriteEndObject();
    }

    private void PerOutput(Utf8JsonWriter json)
    {
        json.WriteStartArray("perOutput");
        foreach (KernelOutput item in measures.PerOutput)
        {
            json.WriteStartObject();
            json.WriteNumber("output", item.Output);
            JsonDocumentWriter.Number(json, "trace", item.Trace);
            JsonDocumentWriter.Number(json, "largest", item.Largest);
            JsonDocumentWriter.Number(json, "centeredAlignment", item.Alignment);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Training(Utf8JsonWriter json)
    {
        json.WriteStartObject("training");
        json.WriteString("start", options.StartsAtNetwork ? "network" : "zero");
        json.WriteStartArray("moments");
        foreach (KernelMoment moment in measures.Moments)
            MomentOf(json, null, moment);
        json.WriteEndArray();
        if (measures.Ridge is { } ridge)
            MomentOf(json, "ridge", ridge);
        JsonDocumentWriter.Number(json, "networkAccuracy", measures.NetworkAccuracy);
        JsonDocumentWriter.Number(json, "networkTestAccuracy", measures.NetworkTestAccuracy);
        json.WriteEndObject();
    }

    private static void MomentOf(Utf8JsonWriter json, string? name, KernelMoment moment)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        JsonDocumentWriter.Number(json, "time", moment.Time);
        JsonDocumentWriter.Number(json, "loss", moment.Loss);
        JsonDocumentWriter.Number(json, "accuracy", moment.Accuracy);
        JsonDocumentWriter.Number(json, "testLoss", moment.TestLoss);
        JsonDocumentWriter.Number(json, "testAccuracy", moment.TestAccuracy);
        json.WriteEndObject();
    }

    private static void Infinite(Utf8JsonWriter json, InfiniteMeasures infinite)
    {
        json.WriteStartObject("infinite");
        json.WriteString("architecture", infinite.Description);
        if (infinite.Spectrum is { } spectrum)
        {
            SpectrumOf(json, "spectrum", spectrum);
            JsonDocumentWriter.Number(json, "distance", infinite.Distance);
            JsonDocumentWriter.Number(json, "centeredAlignment", infinite.Alignment);
        }
        if (infinite.End is { } end)
            MomentOf(json, "end", end);
        json.WriteEndObject();
    }

    private void Drift(Utf8JsonWriter json)
    {
        json.WriteString("stepUnit", unit);
        json.WriteStartArray("drift");
        foreach (KernelDriftRow row in drift)
        {
            json.WriteStartObject();
            json.WriteNumber("step", row.Step);
            json.WriteString("status", Word(row.Status));
            JsonDocumentWriter.Number(json, "drift", row.Drift);
            JsonDocumentWriter.Number(json, "distance", row.Distance);
            JsonDocumentWriter.Number(json, "velocity", row.Velocity);
            JsonDocumentWriter.Number(json, "alignment", row.Alignment);
            JsonDocumentWriter.Number(json, "centeredAlignment", row.CenteredAlignment);
            JsonDocumentWriter.Number(json, "largest", row.Largest);
            JsonDocumentWriter.Number(json, "participationRatio", row.ParticipationRatio);
            if (options.Linearized)
                JsonDocumentWriter.Number(json, "linearization", row.Linearization);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
