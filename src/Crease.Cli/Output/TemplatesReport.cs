using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Crease.Measures;
using Crease.Models;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>What <c>crease explain --data</c> says: how alike the templates of outputs are, and how samples share regions.</summary>
internal sealed class TemplatesReport(Measures.Templates templates, double[][] rows, string source, TemplateCorrelation correlation, RegionSharing sharing, Lipschitz? bound, CommonWords words, double seconds)
{
    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", templates.Graph.Network.Name);
        json.WriteString("data", source);
        json.WriteNumber("samples", rows.Length);
        json.WriteNumber("outputs", correlation.Outputs);
        JsonDocumentWriter.Number(json, "meanAbsoluteCosine", correlation.MeanCosine);
        json.WriteNumber("pairs", correlation.Pairs);
        json.WriteStartArray("absoluteCosines");
        for (int a = 0; a < correlation.Outputs; a++)
        {
            json.WriteStartArray();
            for (int c = 0; c < correlation.Outputs; c++)
            {
                if (correlation.Cosine(a, c) is double cosine)
                    json.WriteNumberValue(cosine);
                else
                    json.WriteNullValue();
            }
            json.WriteEndArray();
        }
        json.WriteEndArray();
        JsonDocumentWriter.Numbers(json, "meanNorms", correlation.MeanNorms.AsSpan());
        JsonDocumentWriter.Number(json, "identityError", correlation.IdentityError);
        json.WriteNumber("distinctCodes", sharing.Distinct);
        json.WriteBoolean("isSaturated", sharing.IsSaturated);
        json.WriteString("advice", sharing.Advice);
        JsonDocumentWriter.Number(json, "lipschitzBound", bound?.Bound);
    }, "complete", "exact", words.Seed, seconds, ["balestriero2018spline", "balestriero2021madmax"]);

    public void WriteTable(TextWriter output)
    {
        Line("templates", $"{rows.Length:N0} inputs of {source}, {correlation.Outputs} x {templates.Graph.Inputs} each");
        Line("likeness", $"mean |cos| {(correlation.MeanCosine is double mean ? mean.ToString("F3", CultureInfo.InvariantCulture) : "undefined: every template is zero")} between outputs (0 orthogonal, 1 parallel)");
        Line("norms", $"{correlation.MeanNorms.Min():G4} to {correlation.MeanNorms.Max():G4} on average per output");
        Line("regions", $"{sharing.Distinct:N0} distinct codes among {sharing.Samples:N0} samples");
        if (sharing.IsSaturated)
            Line("", $"{sharing.Advice}");
        if (bound is not null)
            Line("Lipschitz", $"at most {bound.Bound:G5} anywhere{(bound.HasConverged ? "" : " (estimated: the iteration did not settle)")}");
        if (correlation.IdentityError is double error)
            Line("identity", $"A x + c = f(x) {(error <= 1e-10 ? "to 1e-10" : !double.IsFinite(error) ? "not checked, since outputs overflow," : string.Create(CultureInfo.InvariantCulture, $"only to {error:G2}"))} by the forward recursion at the first input");
        Line("time", $"{seconds:F3} s");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("first,second,meanAbsoluteCosine");
        for (int a = 0; a < correlation.Outputs; a++)
        {
            for (int c = 0; c < a; c++)
                writer.WriteLine(FormattableString.Invariant($"{a},{c},{correlation.Cosine(a, c):R}"));
        }
    }

    public void WriteNpz(Stream stream, RunContext run)
    {
        TemplateSet set = templates.Of(rows, run);
        Npz.Write(stream,
            ("slopes", s => Npy.Write(s, set.Slopes, set.Count, set.Outputs, set.Inputs)),
            ("offsets", s => Npy.Write(s, set.Offsets, set.Count, set.Outputs)),
            ("scores", s => Npy.Write(s, set.Scores, set.Count, set.Outputs)),
            ("regions", s => Npy.Write(s, MemoryMarshal.AsBytes(sharing.RegionOf.AsSpan()), "<i4", set.Count)));
    }

    public MatrixFigure Figure(TemplatePicture picture, DataSet data)
    {
        string[] names = [.. Enumerable.Range(0, correlation.Outputs).Select(data.ClassName)];
        double[] values = [.. Enumerable.Range(0, names.Length * names.Length).Select(i => i / names.Length == i % names.Length ? double.NaN : correlation.Cosine(i / names.Length, i % names.Length) ?? double.NaN)];
        MatrixFigureOptions options = MatrixFigureOptions.Default with
        {
            Title = picture.Title ?? $"Likeness of templates, {templates.Graph.Network.Name}",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"mean |cos| over {rows.Length} inputs; {(correlation.MeanCosine is double mean ? $"{mean:F3} on average" : "every template is zero")}"),
            Width = 700,
        };
        options = picture.Width is int width ? options with { Width = width, PngWidth = width } : options;
        return MatrixFigure.Of([new MatrixPanel("Absolute cosine of the templates of two outputs", "output", "output", names, names, values) { ValueLabel = "mean |cos|" }], options);
    }
}
