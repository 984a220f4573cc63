using System.Globalization;
using System.Text;
using System.Text.Json;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>What <c>crease compute</c> says: a JSON document, tables, a CSV, or a figure.</summary>
internal sealed class ComputeReport(ComputeResult result, double seconds, CommonWords common)
{
    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("report", "compute ledger");
        json.WriteString("disclaimer", ComputeResult.Disclaimer);
        if (result.Pass is not null)
            WriteModel(json, result.Pass);
        WriteTraining(json);
        WriteRules(json);
    }, "complete", "exact", common.Seed, seconds, [ComputeResult.Rules.Source, "Kaplan et al. 2020, Scaling laws for neural language models, section 2.1"]);

    public void WriteTable(TextWriter output)
    {
        if (result.Pass is ModelOperations pass)
            WriteOperations(output, pass);
        if (result.Ledger.Items.Length > 0)
            WriteLedger(output);
        output.WriteLine($"{"rules",-18} {ComputeResult.Rules.Name}, as of {Day(ComputeResult.Rules.Date)}: {ComputeResult.Disclaimer}");
        if (result.Ledger.Items.Length > 0)
            output.WriteLine($"{"",-18} {ComputeResult.Rules.Source}");
    }

    public void Save(string file)
    {
        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".json":
                ResultFile.Save(file, WriteJson);
                break;
            case ".csv":
                ResultFile.Save(file, stream =>
                {
                    using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
                    WriteCsv(text);
                });
                break;
            default:
                if (result.Pass is null)
                    throw new WordsException($"-o {file}: a picture shows the operations of a model; say MODEL");
                ComputeFigure.Of(result.Pass, result.Name!, result.Convention).Save(file);
                break;
        }
    }

    private void WriteModel(Utf8JsonWriter json, ModelOperations pass)
    {
        json.WriteString("model", result.Name);
        json.WriteString("pass", result.Convention);
        json.WriteString("units", "1 multiply-add = 2 FLOP");
        Whole(json, "parameters", pass.Parameters);
        Count(json, "forward", pass.Forward);
        Count(json, "backward", pass.Backward);
        if (result.Token is OperationCount token)
            Count(json, "nextToken", token);
        json.WriteStartArray("layers");
        foreach (LayerOperations layer in pass.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("kind", layer.Kind);
            if (layer.Shape is { } shape)
                JsonDocumentWriter.Integers(json, "shape", shape.Extents.AsSpan());
            json.WriteNumber("calls", layer.Calls);
            Whole(json, "parameters", layer.Parameters);
            json.WriteBoolean("isCounted", layer.IsCounted);
            Count(json, "forward", layer.Forward);
            Count(json, "backward", layer.Backward);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteTraining(Utf8JsonWriter json)
    {
        json.WriteStartObject("training");
        json.WriteNumber("cumulativeFlop", result.Ledger.Cumulative);
        json.WriteString("reported", ScientificText.TwoFigures(result.Ledger.Cumulative) + " FLOP");
        json.WriteNumber("directFlop", result.Ledger.Direct);
        json.WriteStartArray("methods");
        foreach (TrainingEstimate estimate in result.Methods)
            Estimate(json, estimate);
        json.WriteEndArray();
        json.WriteNumber("methodSpread", TrainingEstimate.Spread(result.Methods));
        json.WriteBoolean("methodsDisagree", result.Disagrees);
        Items(json, "included", result.Ledger.Included);
        Items(json, "excluded", result.Ledger.Excluded);
        json.WriteEndObject();
    }

    private void WriteRules(Utf8JsonWriter json)
    {
        ComputeRules rules = ComputeResult.Rules;
        json.WriteStartObject("rules");
        json.WriteString("name", rules.Name);
        json.WriteString("date", Day(rules.Date));
        json.WriteString("source", rules.Source);
        json.WriteStartArray("dates");
        foreach ((DateOnly from, string what) in rules.Dates)
        {
            json.WriteStartObject();
            json.WriteString("from", Day(from));
            json.WriteString("what", what);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("thresholds");
        foreach (NamedCheck named in result.Checks)
        {
            json.WriteStartObject();
            json.WriteString("name", named.Name);
            json.WriteNumber("threshold", named.Check.Threshold);
            json.WriteNumber("flop", named.Check.Flop);
            json.WriteNumber("low", named.Check.Low);
            json.WriteNumber("high", named.Check.High);
            json.WriteBoolean("isAbove", named.Check.IsAbove);
            json.WriteString("verdict", named.Check.Verdict.ToString().ToLowerInvariant());
            if (named.Condition is string condition)
                json.WriteString("condition", condition);
            if (named.Days is double days)
                json.WriteNumber("days", days);
            json.WriteString("sentence", named.Sentence);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteOperations(TextWriter output, ModelOperations pass)
    {
        int width = Math.Clamp(pass.Layers.Max(layer => layer.Name.Length), 4, 36);
        output.WriteLine($"{"name".PadRight(width)}  {"kind",-20}  {"calls",5}  {"parameters",15}  {"multiply-adds",19}  {"FLOP, products",20}  {"FLOP, all",20}");
        foreach (LayerOperations layer in pass.Layers)
        {
            string name = ShortText.Of(layer.Name, width);
            output.WriteLine(layer.IsCounted
                ? Line($"{name.PadRight(width)}  {layer.Kind,-20}  {layer.Calls,5}  {layer.Parameters,15:N0}  {layer.Forward.MultiplyAdds,19:N0}  {layer.Forward.ProductFlop,20:N0}  {layer.Forward.Flop,20:N0}")
                : Line($"{name.PadRight(width)}  {layer.Kind,-20}  {layer.Calls,5}  {layer.Parameters,15:N0}  not counted: no rule says what it costs"));
        }
        output.WriteLine(Line($"{"model",-18} {result.Name}: {pass.Parameters:N0} parameters; {result.Convention}"));
        output.WriteLine(Line($"{"forward",-18} {pass.Forward.MultiplyAdds:N0} multiply-adds = {pass.Forward.ProductFlop:N0} FLOP; with biases, norms and activations {pass.Forward.Flop:N0} FLOP"));
        output.WriteLine(Line($"{"backward",-18} {pass.Backward.MultiplyAdds:N0} multiply-adds = {pass.Backward.ProductFlop:N0} FLOP; with the rest {pass.Backward.Flop:N0} FLOP"));
        if (result.Token is OperationCount token)
            output.WriteLine(Line($"{"next token",-18} {token.MultiplyAdds:N0} multiply-adds = {token.ProductFlop:N0} FLOP"));
        if (pass.Uncounted.Any())
            output.WriteLine($"{"not counted",-18} {string.Join(", ", pass.Uncounted.Select(layer => layer.Kind).Distinct())}");
    }

    private void WriteLedger(TextWriter output)
    {
        foreach (TrainingEstimate estimate in result.Methods)
            output.WriteLine($"{"by " + Word(estimate.Method),-18} {Flop(estimate.Flop)}; {string.Join("; ", estimate.Assumptions)}");
        if (result.Methods.Count > 1)
            output.WriteLine(Line($"{"methods",-18} differ by {TrainingEstimate.Spread(result.Methods):P1}{(result.Disagrees ? ", more than 30 %: look at the assumptions" : "")}"));
        foreach (LedgerItem item in result.Ledger.Items)
        {
            string counts = ComputeLedger.IsIncluded(item.Kind) ? "included" : "excluded";
            output.WriteLine($"{counts,-18} {Flop(item.Estimate.Flop)}  {item.Name} ({Word(item.Kind)}; evidence: {(item.Evidence.Length > 0 ? item.Evidence : "none is given")})");
        }
        output.WriteLine($"{"training compute",-18} {Flop(result.Ledger.Cumulative)}, of which {Flop(result.Ledger.Direct)} updated parameters");
        foreach (NamedCheck named in result.Checks)
        {
            output.WriteLine($"{named.Name,-18} {named.Sentence}{(named.Condition is null ? "" : "; " + named.Condition)}");
            if (named.Days is double days)
                output.WriteLine(days > 0 ? Line($"{"",-18} reached in {days:N0} days at the given rate") : $"{"",-18} passed already");
        }
    }

    private void WriteCsv(TextWriter text)
    {
        text.WriteLine("part,name,kind,calls,parameters,multiply_adds,product_flop,flop,backward_product_flop,included,evidence");
        foreach (LayerOperations layer in result.Pass?.Layers ?? [])
            text.WriteLine(Line($"layer,{CsvCell.Of(layer.Name)},{layer.Kind},{layer.Calls},{layer.Parameters},{(layer.IsCounted ? layer.Forward.MultiplyAdds : "")},{(layer.IsCounted ? layer.Forward.ProductFlop : "")},{(layer.IsCounted ? layer.Forward.Flop : "")},{(layer.IsCounted ? layer.Backward.ProductFlop : "")},,"));
        foreach (LedgerItem item in result.Ledger.Items)
            text.WriteLine(Line($"training,{CsvCell.Of(item.Name)},{Word(item.Kind)},,,,,{item.Estimate.Flop:R},,{(ComputeLedger.IsIncluded(item.Kind) ? "yes" : "no")},{CsvCell.Of(item.Evidence)}"));
    }

    private static void Count(Utf8JsonWriter json, string name, OperationCount count)
    {
        json.WriteStartObject(name);
        Whole(json, "multiplyAdds", count.MultiplyAdds);
        Whole(json, "attentionMultiplyAdds", count.Attention);
        Whole(json, "productFlop", count.ProductFlop);
        Whole(json, "otherFlop", count.Others);
        Whole(json, "flop", count.Flop);
        json.WriteEndObject();
    }

    private static void Whole(Utf8JsonWriter json, string name, Int128 value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private static void Items(Utf8JsonWriter json, string name, IEnumerable<LedgerItem> items)
    {
        json.WriteStartArray(name);
        foreach (LedgerItem item in items)
        {
            json.WriteStartObject();
            json.WriteString("name", item.Name);
            json.WriteString("kind", Word(item.Kind));
            json.WriteString("evidence", item.Evidence);
            Estimate(json, item.Estimate, "estimate");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Estimate(Utf8JsonWriter json, TrainingEstimate estimate, string? name = null)
    {
        if (name is not null)
            json.WritePropertyName(name);
        json.WriteStartObject();
        json.WriteString("method", Word(estimate.Method));
        json.WriteNumber("flop", estimate.Flop);
        JsonDocumentWriter.Texts(json, "assumptions", estimate.Assumptions);
        json.WriteEndObject();
    }

    private static string Flop(double flop) => ScientificText.TwoFigures(flop) + " FLOP";

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
