using System.Globalization;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What <c>crease attack</c> says about its result: a JSON document or a short table.</summary>
internal sealed class AttackReport(IClassifier classifier, AttackCall call, RobustAccuracy found, MaskingAudit? audit, CommonWords words)
{
    /// <summary>The methods of an ensemble by themselves, or null.</summary>
    public IndividualAttacks? Individual { get; init; }

    /// <summary>What each network makes of the other's adversarial inputs, or null.</summary>
    public TransferMatrix? Transfer { get; init; }

    private readonly AttackOptions _options = found.Results[0].Options;

    private string BoxSource => call.Method.BoxOfData ? "range of the data" : _options.Box is null ? "none" : call.Method.Preset is { HasBox: true } ? "given or of the preset" : "given";

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", classifier.Name);
        json.WriteString("data", call.Data);
        json.WriteNumber("samples", found.Results[0].Inputs.Length);
        json.WriteNumber("classes", classifier.Classes);
        json.WriteString("remark", classifier.Remark);
        json.WriteString("attack", _options.Attack.Name);
        json.WriteString("norm", _options.Distance.Name);
        json.WriteString("loss", _options.Loss.Name);
        json.WriteString("criterion", _options.Criterion.Name);
        json.WriteNumber("steps", _options.StepCount);
        json.WriteBoolean("randomStart", _options.RandomStart);
        json.WriteNumber("restarts", _options.Restarts);
        json.WriteNumber("averages", _options.Averages);
        json.WriteString("precision", PrecisionNames.Of(classifier.Precision));
        json.WriteString("preset", call.Method.Preset?.Name ?? "");
        json.WriteString("unit", "input");
        if (_options.Box is InputBox box)
            JsonDocumentWriter.Numbers(json, "box", [box.Low, box.High]);
        else
            json.WriteNull("box");
        json.WriteString("boxSource", BoxSource);
        JsonDocumentWriter.Number(json, "cleanAccuracy", found.CleanAccuracy);
        json.WriteString("bound", "upper");
        json.WriteStartArray("epsilons");
        foreach (AttackResults result in found.Results)
        {
            json.WriteStartObject();
            JsonDocumentWriter.Number(json, "epsilon", result.Options.Epsilon);
            JsonDocumentWriter.Number(json, "stepSize", result.Options.StepLength);
            JsonDocumentWriter.Number(json, "robustAccuracy", result.RobustAccuracy);
            json.WriteNumber("successes", result.Inputs.Count(input => input.IsSuccess));
            json.WriteNumber("gradients", result.Gradients);
            json.WriteNumber("queries", result.Queries);
            json.WriteStartArray("methods");
            for (int stage = 0; stage < result.StageAccuracies.Length; stage++)
            {
                json.WriteStartObject();
                json.WriteString("method", _options.Attack.Stages[stage]);
                JsonDocumentWriter.Number(json, "robustAccuracy", result.StageAccuracies[stage]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            JsonDocumentWriter.Number(json, "seconds", result.Seconds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("zeroGradients");
        JsonDocumentWriter.Number(json, "crossEntropy", found.ZeroGradients.CrossEntropy);
        JsonDocumentWriter.Number(json, "margin", found.ZeroGradients.Margin);
        json.WriteEndObject();
        json.WriteBoolean("monotone", found.IsMonotone);
        AttackExtras.Write(json, Individual, Transfer);
        if (audit is not null)
            AttackExtras.WriteAudit(json, audit);
        JsonDocumentWriter.Texts(json, "warnings", found.Warnings);
    }, "complete", "sampled", words.Seed, found.Seconds, [.. _options.Attack.Sources]);

    public void WriteTable(TextWriter output)
    {
        Line("attack", $"{_options.Attack.Name} in {_options.Distance.Symbol}, {(_options.Attack.Stages.Count > 1 ? "" : $"{_options.Loss.Name} loss, ")}{Settings()}, for {_options.Criterion.Name}{(call.Method.Preset is null ? "" : $" (preset {call.Method.Preset.Name})")}");
        Line("box", $"{(_options.Box is InputBox box ? box.ToString() : "no clipping")}{(_options.Box is null ? "" : $" ({BoxSource})")}; epsilon is in the units of the input");
        Line("data", $"{found.Results[0].Inputs.Length:N0} samples of {call.Data}, {classifier.Classes} classes{(classifier.Remark.Length == 0 ? "" : $"; {classifier.Remark}")}");
        Line("precision", $"{PrecisionNames.Of(classifier.Precision)}{(classifier.Precision == Precision.Bits64 ? "" : " logits and gradients; points, their classes and distances are those of float64")}");
        Line("clean accuracy", $"{100 * found.CleanAccuracy:F2} %");
        foreach (AttackResults result in found.Results)
        {
            Line("robust accuracy", $"{100 * result.RobustAccuracy:F2} % at epsilon {result.Options.Epsilon:G6}");
            for (int stage = 0; stage < result.StageAccuracies.Length && result.StageAccuracies.Length > 1; stage++)
                Line("", $"{100 * result.StageAccuracies[stage]:F2} % after {_options.Attack.Stages[stage]}");
        }
        Line("zero gradients", $"{100 * found.ZeroGradients.CrossEntropy:F1} % of inputs under cross-entropy, {100 * found.ZeroGradients.Margin:F1} % under margin");
        if (_options.Averages > 1)
            Line("averages", $"each gradient is the mean over {_options.Averages} random evaluations");
        Line("gradients", $"{found.Results.Sum(result => result.Gradients):N0}");
        Line("queries", $"{found.Results.Sum(result => result.Queries):N0}");
        foreach (string line in AttackExtras.Lines(Individual, Transfer))
            Line("", $"{line}");
        foreach (AuditLine line in audit?.Lines ?? [])
            Line("audit", $"{(line.Passes ? "passes" : "fails "),-6}  {line.Name}: {line.Finding}");
        if (audit is not null)
            Line("verdict", $"{(audit.IsBelieved ? audit.Verdict : "suspect: " + string.Join(", ", audit.Lines.Where(line => !line.Passes).Select(line => line.Name)))} (at epsilon {audit.Epsilon:G6})");
        foreach (string warning in found.Warnings)
            Line("warning", $"{warning}");
        (long asked, string unit) = _options.Attack == Attacks.Square ? (found.Results.Sum(result => result.Queries), "queries") : (found.Results.Sum(result => result.Gradients), "gradients");
        Line("time", $"{found.Seconds:F3} s, {asked / Math.Max(found.Seconds, 1e-9):N0} {unit}/s");
        Line("status", $"complete; accuracy under one attack is an upper bound on accuracy under any");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private string Settings()
    {
        if (_options.Attack == Attacks.FastGradient)
            return "one step of epsilon";
        if (_options.Attack.Stages.Count > 1)
            return $"{string.Join(", ", _options.Attack.Stages)}, each on what resisted before";
        if (_options.Attack != Attacks.ProjectedGradient && _options.Attack != Attacks.MomentumGradient)
            return string.Create(CultureInfo.InvariantCulture, $"{_options.StepCount} {(_options.Attack == Attacks.Square ? "queries" : "steps of its own")}{(_options.Restarts > 1 ? $", {_options.Restarts} runs" : "")}");
        string length = _options.StepSize is double size ? size.ToString("G4", CultureInfo.InvariantCulture) : (_options.RelativeStep ?? _options.Distance.Defaults.RelativeStep).ToString("G4", CultureInfo.InvariantCulture) + " epsilon";
        string start = _options.RandomStart ? $"random start, {_options.Restarts} restart{(_options.Restarts == 1 ? "" : "s")}" : "from the input";
        return $"{_options.StepCount} steps of {length}, {start}";
    }
}
