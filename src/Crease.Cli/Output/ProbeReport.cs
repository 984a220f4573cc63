using System.Globalization;
using System.Text;
using System.Text.Json;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What <c>crease language probe</c> says about its result: a JSON document, a table of all numbers, or a short text.</summary>
internal sealed class ProbeReport(ProbeResult result, ProbeCall call, FeatureTable features, double[]? latency, double seconds, CommonWords words)
{
    private string Kind => result.Options.Kind == ProbeKind.Forest ? "forest" : "logistic";

    /// <summary>What was probed, in a sentence.</summary>
    public string About => string.Create(CultureInfo.InvariantCulture, $"{result.Rows:N0} texts, {result.Features} spline features of {features.About.GetValueOrDefault("model", "a model that is not named")}, {(result.Options.Kind == ProbeKind.Forest ? $"random forest of {result.Options.Trees} trees with at least {result.LeafRows} rows in a leaf" : $"logistic regression with penalty {result.Options.Penalty}")}, {result.Options.Repeats} stratified splits of 70/30.");

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("features", Path.GetFileName(call.Features));
        json.WriteString("model", features.About.GetValueOrDefault("model", ""));
        json.WriteNumber("texts", result.Rows);
        json.WriteNumber("columns", result.Features);
        json.WriteNumber("imputed", result.Imputed);
        json.WriteString("kind", Kind);
        json.WriteNumber("repeats", result.Options.Repeats);
        json.WriteNumber("trainingShare", result.Options.TrainingShare);
        json.WriteNumber("labelShare", result.Options.LabelShare);
        if (result.LeafRows is int leaf)
            json.WriteNumber("leafRows", leaf);
        json.WriteString("interval", "95 %, DeLong on one test set, averaged over splits, logit scale");
        json.WriteStartArray("scores");
        foreach (ProbeFinding finding in result.Findings)
            Write(json, finding);
        json.WriteEndArray();
        if (latency is not null)
            JsonDocumentWriter.Numbers(json, "secondsToLayer", latency);
        JsonDocumentWriter.Texts(json, "remarks", result.Remarks);
    }, "complete", "sampled", words.Seed, seconds, ["balestriero2024characterizing", "delong1988comparing", "wilson1927probable"]);

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("score,probe,number,trainedOn,testedOn,auc,low,high,spread,balancedAccuracy,lead,leadLow,leadHigh,secondsToLayer");
        foreach (ProbeFinding finding in result.Findings)
        {
            Row(writer, [finding.Name, "features", "", "", ""], finding.Estimate, null, null);
            foreach (ProbeControl control in finding.Controls)
                Row(writer, [finding.Name, control.Name, "", "", ""], control.Estimate, control.Lead, null);
            foreach (SourceFinding source in finding.Sources)
                Row(writer, [finding.Name, "features", "", source.Training ?? "all", source.Test], source.Estimate, null, null);
            foreach (ProbeAblation ablation in finding.Ablations)
                Row(writer, [finding.Name, ProbeTables.PartName(ablation.Kind), $"{ablation.Number}", "", ""], ablation.Estimate, null, Time(ablation));
        }
    }

    public void WriteTable(TextWriter output)
    {
        output.WriteLine($"{"probed",-18} {About}");
        if (result.Imputed > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"not defined",-18} {result.Imputed:N0} values, replaced by training means"));
        foreach (ProbeFinding finding in result.Findings)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finding.Name,-18} {finding.Positives:N0} of class {finding.Class}, {finding.Negatives:N0} others; {finding.SplitRows.Training:N0} train{(finding.SplitRows.Labeled < finding.SplitRows.Training ? $", {finding.SplitRows.Labeled:N0} of them labeled" : "")}, {finding.SplitRows.Test:N0} test"));
            output.WriteLine($"  {"probe",-28} {"AUC [95 %]",-24} {"spread",-8} {"balanced acc.",-14} features above it");
            Line(output, "spline features", finding.Estimate, null);
            foreach (ProbeControl control in finding.Controls)
            {
                if (control.Estimate is AucEstimate estimate)
                    Line(output, control.Name, estimate, control.Lead);
                else
                    output.WriteLine($"  {control.Name,-28} not measured: {control.Absent}");
            }
            foreach (SourceFinding source in finding.Sources)
            {
                string name = source.Training is null ? $"within {source.Test}" : $"{source.Training} → {source.Test}";
                if (source.Estimate is AucEstimate estimate)
                    Line(output, name, estimate, null, source.Tokens is AucEstimate tokens ? string.Create(CultureInfo.InvariantCulture, $"tokens alone {tokens.Auc:F3}") : "");
                else
                    output.WriteLine($"  {name,-28} not measured: {source.Positives:N0} of {source.Rows:N0} texts are of the class");
            }
            foreach (ProbeAblation ablation in finding.Ablations)
                Line(output, $"{ProbeTables.PartName(ablation.Kind)} {ablation.Number}{(Time(ablation) is double time ? string.Create(CultureInfo.InvariantCulture, $" ({1000 * time:G3} ms)") : "")}", ablation.Estimate, null);
            foreach (string sentence in finding.Verdict)
                output.WriteLine("  " + sentence);
        }
        foreach (string remark in result.Remarks)
            output.WriteLine($"{"remark",-18} {remark}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"time",-18} {seconds:F2} s"));
    }

    private static void Line(TextWriter output, string name, AucEstimate found, AucDifference? lead, string last = "") => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {name,-28} {$"{found.Auc:F3} [{found.Low:F3}, {found.High:F3}]",-24} {(double.IsNaN(found.Spread) ? "-" : $"{found.Spread:F3}"),-8} {found.BalancedAccuracy,-14:F3} {(lead is AucDifference by ? $"{by.Mean:+0.000;-0.000} [{by.Low:F3}, {by.High:F3}]" : last)}").TrimEnd());

    private void Write(Utf8JsonWriter json, ProbeFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("score", finding.Name);
        json.WriteString("label", finding.Label);
        json.WriteString("class", finding.Class);
        json.WriteNumber("positives", finding.Positives);
        json.WriteNumber("negatives", finding.Negatives);
        json.WriteNumber("training", finding.SplitRows.Training);
        json.WriteNumber("labeled", finding.SplitRows.Labeled);
        json.WriteNumber("test", finding.SplitRows.Test);
        Numbers(json, finding.Estimate);
        json.WriteStartArray("controls");
        foreach (ProbeControl control in finding.Controls)
        {
            json.WriteStartObject();
            json.WriteString("name", control.Name);
            json.WriteString("given", control.Meaning);
            Numbers(json, control.Estimate);
            if (control.Lead is AucDifference lead)
                JsonDocumentWriter.Numbers(json, "lead", [lead.Mean, lead.Low, lead.High]);
            if (control.Absent is not null)
                json.WriteString("absent", control.Absent);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("sources");
        foreach (SourceFinding source in finding.Sources)
        {
            json.WriteStartObject();
            json.WriteString("trainedOn", source.Training);
            json.WriteString("testedOn", source.Test);
            json.WriteNumber("texts", source.Rows);
            json.WriteNumber("positives", source.Positives);
            Numbers(json, source.Estimate);
            JsonDocumentWriter.Number(json, "aucOfTokens", source.Tokens?.Auc);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("ablations");
        foreach (ProbeAblation ablation in finding.Ablations)
        {
            json.WriteStartObject();
            json.WriteString("part", ProbeTables.PartName(ablation.Kind));
            json.WriteNumber("number", ablation.Number);
            json.WriteNumber("columns", ablation.Columns);
            Numbers(json, ablation.Estimate);
            if (Time(ablation) is double time)
                json.WriteNumber("secondsToLayer", time);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        JsonDocumentWriter.Bins(json, "ofTheClassByScore", finding.ByScore.AsSpan());
        JsonDocumentWriter.Bins(json, "toldRightByTokens", finding.ByLength.AsSpan());
        JsonDocumentWriter.Texts(json, "verdict", finding.Verdict);
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, AucEstimate? estimate)
    {
        AucEstimate found = estimate ?? new AucEstimate(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        JsonDocumentWriter.Number(json, "auc", found.Auc);
        JsonDocumentWriter.Number(json, "low", found.Low);
        JsonDocumentWriter.Number(json, "high", found.High);
        JsonDocumentWriter.Number(json, "spread", found.Spread);
        JsonDocumentWriter.Number(json, "balancedAccuracy", found.BalancedAccuracy);
    }

    private static void Row(StreamWriter writer, string[] names, AucEstimate? estimate, AucDifference? lead, double? time)
    {
        double?[] numbers = [estimate?.Auc, estimate?.Low, estimate?.High, estimate?.Spread, estimate?.BalancedAccuracy, lead?.Mean, lead?.Low, lead?.High, time];
        writer.WriteLine(string.Join(',', names.Select(CsvCell.Of).Concat(numbers.Select(number => number is double value && double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : ""))));
    }

    private double? Time(ProbeAblation ablation) => ablation.Kind == ProbeAblations.First && latency is not null && ablation.Number <= latency.Length ? latency[ablation.Number - 1] : null;
}
