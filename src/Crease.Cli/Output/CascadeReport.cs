using System.Globalization;
using System.Text;
using System.Text.Json;
using Crease.Certificates;
using Crease.Networks;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>What <c>crease certify --cascade</c> says: who answers for each row, what each stage certifies, and the errors of the cascade.</summary>
internal sealed class CascadeReport(IReadOnlyList<Network> stages, CertifyCall call, (double Low, double High) box, IReadOnlyList<CascadedInput> rows, double seconds, CommonWords words)
{
    private readonly string[] _names = [.. call.Stages.Select(AttackFigure.ShownName)];

    private CascadeShares[] Shares { get; } = [.. rows.GroupBy(row => row.Epsilon).Select(group => new CascadeShares(group.Key, [.. group], stages.Count))];

    // A stage that ran out of time sends a row on, which more time might have kept.
    private bool IsComplete => rows.All(row => row.Stages.All(stage => stage.Verdict != Verdict.Unknown));

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", _names[0]);
        JsonDocumentWriter.Texts(json, "cascade", [.. _names[1..]]);
        json.WriteString("data", call.Data);
        json.WriteString("norm", call.Norm.Name);
        json.WriteString("unit", "input");
        JsonDocumentWriter.Numbers(json, "box", [box.Low, box.High]);
        json.WriteStartArray("epsilons");
        foreach (CascadeShares shares in Shares)
            WriteShares(json, shares);
        json.WriteEndArray();
    }, IsComplete ? "complete" : "budgetExhausted", "certified", words.Seed, seconds, ["wong2018scaling", "mangal2023perils", "zhang2018efficient", "wang2021beta"]);

    /// <summary>Saves the result; the ending decides.</summary>
    public void Save(string file) => ResultFile.Save(file, WriteJson, WriteCsv, _ => { }, () => CascadeFigure.Of(Shares, _names, call.Norm.Symbol).Save(file));

    public void WriteTable(TextWriter output)
    {
        Line("cascade", $"{string.Join(", then ", _names)}; {stages[0].InputShape.Size} inputs, box [{box.Low}, {box.High}]");
        foreach (CascadeShares shares in Shares)
        {
            Line("epsilon", $"{shares.Epsilon:G6} in {call.Norm.Symbol}, {shares.Rows.Length} rows");
            foreach ((int stage, int reached, int certified, int right) in shares.Stages)
                Line($"stage {stage + 1}", $"{reached} rows come; {certified} certified, {right} of them right");
            Line("no stage", $"{shares.Uncertified} rows; the last one gives {shares.UncertifiedRight} of them the right class");
            Line("error", $"{100 * shares.Error:F2} %; robust error {100 * shares.RobustError:F2} %, certified and right {100 * (1 - shares.RobustError):F2} %");
            Line("agreed", $"{shares.Agreed} of the {shares.CertifiedRight} rows certified and right: every stage predicts the class, so no certificate nearby is for another");
        }
        Line("time", $"{seconds:F3} s");
        Line("status", $"{(IsComplete ? "complete; proved with bounds on all rounding errors" : "budget exhausted: a stage had too little time for some rows, which went on; raise --time-limit")}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private void WriteShares(Utf8JsonWriter json, CascadeShares shares)
    {
        json.WriteStartObject();
        JsonDocumentWriter.Number(json, "epsilon", shares.Epsilon);
        JsonDocumentWriter.Number(json, "error", shares.Error);
        JsonDocumentWriter.Number(json, "robustError", shares.RobustError);
        json.WriteNumber("certifiedRight", shares.CertifiedRight);
        json.WriteNumber("agreed", shares.Agreed);
        json.WriteNumber("uncertified", shares.Uncertified);
        json.WriteNumber("uncertifiedRight", shares.UncertifiedRight);
        json.WriteStartArray("stages");
        foreach ((int stage, int reached, int certified, int right) in shares.Stages)
        {
            json.WriteStartObject();
            json.WriteString("network", _names[stage]);
            json.WriteNumber("reached", reached);
            json.WriteNumber("certified", certified);
            json.WriteNumber("right", right);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (CascadedInput row in shares.Rows)
        {
            json.WriteStartObject();
            json.WriteNumber("index", row.Index);
            json.WriteNumber("label", row.Label);
            json.WriteNumber("stage", row.Stage);
            json.WriteNumber("class", row.Class);
            json.WriteBoolean("certified", row.IsCertified);
            json.WriteBoolean("agreed", row.IsAgreed);
            JsonDocumentWriter.Numbers(json, "predicted", [.. row.Predicted.Select(each => (double)each)]);
            JsonDocumentWriter.Texts(json, "verdicts", [.. row.Stages.Select(stage => Word(stage.Verdict))]);
            json.WriteNumber("domains", row.Domains);
            JsonDocumentWriter.Number(json, "seconds", row.Seconds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"epsilon,index,label,stage,class,certified,agreed,domains,seconds,{string.Join(',', Enumerable.Range(1, stages.Count).Select(stage => $"predicted{stage},verdict{stage}"))}");
        foreach (CascadedInput row in rows)
        {
            string asked = string.Join(',', row.Predicted.Select((predicted, stage) => FormattableString.Invariant($"{predicted},{(stage < row.Stages.Length ? Word(row.Stages[stage].Verdict) : "")}")));
            writer.WriteLine(FormattableString.Invariant($"{row.Epsilon:R},{row.Index},{row.Label},{row.Stage},{row.Class},{(row.IsCertified ? 1 : 0)},{(row.IsAgreed ? 1 : 0)},{row.Domains},{row.Seconds:F3},{asked}"));
        }
    }

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
