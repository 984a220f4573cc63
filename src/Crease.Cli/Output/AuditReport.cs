using System.Globalization;
using System.Text;
using System.Text.Json;
using Crease.Lab;
using Crease.Measures;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>What <c>crease language audit</c> says: a JSON document, a table, a CSV, or curves.</summary>
internal sealed class AuditReport(string name, LanguageModel model, ContextAudit audit, double seconds, CommonWords common)
{
    private static readonly ContextKind[] Changed = [ContextKind.Related, ContextKind.Unrelated, ContextKind.Random, ContextKind.Shuffled];

    private int Last => audit.Layers - 1;

    private bool IsJudged => audit.Questions.Any(question => question.IsCorrect is not null);

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("report", "safety audit of contexts");
        json.WriteString("model", name);
        json.WriteString("precision", FeatureReport.Of(model.Precision));
        DimensionReport.Rule(json, audit.Options);
        json.WriteNumber("heads", model.Config.Heads);
        json.WriteStartArray("contexts");
        foreach (ContextKind kind in Changed)
            WriteKind(json, kind);
        json.WriteEndArray();
        json.WriteStartArray("questions");
        foreach (AuditedQuestion question in audit.Questions)
        {
            json.WriteStartObject();
            json.WriteNumber("row", question.Row);
            if (question.IsCorrect is bool isCorrect)
                json.WriteBoolean("isCorrect", isCorrect);
            foreach (ContextKind kind in Enum.GetValues<ContextKind>())
            {
                json.WriteStartObject(Name(kind));
                json.WriteNumber("tokens", question.Tokens[(int)kind]);
                JsonDocumentWriter.Integers(json, "dimensions", question.Dimensions[(int)kind]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        JsonDocumentWriter.Texts(json, "caveats", ContextAudit.Caveats);
    }, "complete", "exact", common.Seed, seconds, AttentionGeometry.Citations);

    public void WriteTable(TextWriter output)
    {
        output.WriteLine($"{"safety audit",-18} does context change what attention counts on?");
        output.WriteLine($"{"model",-18} {name}, computed in {FeatureReport.Of(model.Precision)}");
        output.WriteLine($"{"measured",-18} {DimensionReport.Quantity}, last token of the question");
        output.WriteLine($"{"rule",-18} {audit.Options.RuleText}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"questions",-18} {audit.Questions.Length}; tokens on average: {string.Join(", ", Enum.GetValues<ContextKind>().Select(kind => $"{Name(kind)} {Tokens(kind):F1}"))}"));
        output.WriteLine("mean change against the question alone (in parentheses: relative)");
        output.WriteLine($"{"layer",5} {"alone",8} {string.Join(' ', Changed.Select(kind => Name(kind).PadLeft(18)))}");
        for (int layer = 0; layer < audit.Layers; layer++)
        {
            string cells = string.Join(' ', Changed.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{audit.Changes(kind, layer)!.Value.Mean:+0.0;-0.0;0.0} ({(audit.RelativeChange(kind, layer) is double share ? (100 * share).ToString("+0;-0;0", CultureInfo.InvariantCulture) + " %" : "-")})").PadLeft(18)));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{layer + 1,5} {audit.Questions.Average(question => question.Dimensions[0][layer]),8:F1} {cells}"));
        }
        foreach (SuccessBin bin in audit.Success(ContextKind.Related, Last))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"right answers",-18} {bin.Correct} of {bin.Count} where the last layer changed by {bin.Low:F1} to {bin.High:F1} with related context"));
        foreach (string caveat in ContextAudit.Caveats)
            output.WriteLine($"{"caveat",-18} {caveat}");
    }

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("row,correct,context,tokens,layer,rule,threshold,dimension,change,relativeChange");
        foreach (AuditedQuestion question in audit.Questions)
        {
            foreach (ContextKind kind in Enum.GetValues<ContextKind>())
            {
                for (int layer = 0; layer < audit.Layers; layer++)
                    writer.WriteLine(FormattableString.Invariant($"{question.Row},{(question.IsCorrect is bool isCorrect ? isCorrect ? "1" : "0" : "")},{Name(kind)},{question.Tokens[(int)kind]},{layer + 1},{DimensionReport.Name(audit.Options.Rule)},{audit.Options.Threshold},{question.Dimensions[(int)kind][layer]},{question.Change(kind, layer)},{question.RelativeChange(kind, layer):R}"));
            }
        }
    }

    /// <summary>Mean change by layer for each context, and for right and wrong answers where they are known.</summary>
    public CurvesFigure Figure(string? title, int? width)
    {
        double[] layers = [.. Enumerable.Range(1, audit.Layers).Select(layer => (double)layer)];
        List<CurvePanel> panels = [new CurvePanel("change of the dimension", [.. Changed.Select((kind, index) => Curve(LongName(kind), kind, null, index, kind > ContextKind.Unrelated))]) { Title = "Mean change against the question alone; bands: standard error" }];
        if (IsJudged)
            panels.Add(new CurvePanel("change of the dimension", [Curve("answered right", ContextKind.Related, true, 4, false), Curve("answered wrong", ContextKind.Related, false, 5, true)]) { Title = "Related context, by the answer" });
        CurvesFigureOptions options = CurvesFigureOptions.Default with
        {
            Title = title ?? $"{name}: attention dimension after a context",
            Subtitle = $"not the intrinsic dimension of data; {audit.Options.ShortRule}; {audit.Questions.Length} questions",
            XLabel = "layer",
            XIsWhole = true,
            PanelHeight = 260,
        };
        return CurvesFigure.Of(panels, width is int pixels ? options with { Width = pixels, PngWidth = pixels } : options);

        Curve Curve(string label, ContextKind kind, bool? isCorrect, int color, bool isDashed)
        {
            int count = audit.Questions.Count(question => isCorrect is null || question.IsCorrect == isCorrect);
            Summary?[] changes = [.. Enumerable.Range(0, audit.Layers).Select(layer => audit.Changes(kind, layer, isCorrect))];
            return new Curve($"{label}{(isCorrect is null ? "" : $" ({count})")}", layers, [.. changes.Select(change => change?.Mean ?? double.NaN)])
            {
                ColorIndex = color,
                IsDashed = isDashed,
                HalfWidths = [.. changes.Select(change => change is Summary known && count > 1 ? known.Std / Math.Sqrt(count) : double.NaN)],
            };
        }
    }

    /// <summary>Right answers by the change of the last layer, or null where no answer was judged.</summary>
    public CurvesFigure? Success(string? title, int? width)
    {
        CurvesFigureOptions options = CurvesFigureOptions.Default with { Title = title };
        return SuccessFigures.ByChange(audit, Last, width is int pixels ? options with { Width = pixels, PngWidth = pixels } : options);
    }

    private static string Name(ContextKind kind) => kind.ToString().ToLowerInvariant();

    private static string LongName(ContextKind kind) => kind switch
    {
        ContextKind.Random => "random tokens, as many as related",
        ContextKind.Shuffled => "related, shuffled",
        _ => Name(kind) + " text",
    };

    private double Tokens(ContextKind kind) => audit.Questions.Average(question => question.Tokens[(int)kind]);

    private void WriteKind(Utf8JsonWriter json, ContextKind kind)
    {
        json.WriteStartObject();
        json.WriteString("context", Name(kind));
        json.WriteNumber("meanTokens", Tokens(kind));
        json.WriteStartArray("layers");
        for (int layer = 0; layer < audit.Layers; layer++)
        {
            json.WriteStartObject();
            json.WriteNumber("layer", layer + 1);
            JsonDocumentWriter.Summary(json, "change", audit.Changes(kind, layer)!.Value);
            JsonDocumentWriter.Number(json, "meanRelativeChange", audit.RelativeChange(kind, layer));
            if (audit.Changes(kind, layer, true) is Summary right)
                JsonDocumentWriter.Summary(json, "changeWhereRight", right);
            if (audit.Changes(kind, layer, false) is Summary wrong)
                JsonDocumentWriter.Summary(json, "changeWhereWrong", wrong);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        JsonDocumentWriter.Bins(json, "successByChangeOfLastLayer", audit.Success(kind, Last));
        json.WriteEndObject();
    }
}
