using System.Globalization;
using System.Text;
using System.Text.Json;
using Crease.Certificates;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>What <c>crease certify --data</c> says: certificates per row, and shares of rows.</summary>
internal sealed class CertifyReport(Network network, CertifyCall call, (double Low, double High) box, CommonWords words)
{
    private readonly List<CertifiedInput> _certified = [];
    private readonly List<(int Row, int? Label, MinimalDistance Distance, OneRegionCertificate Region)> _distances = [];
    private readonly List<(int Row, int? Label, SmoothedCertificate Certificate)> _smoothed = [];
    private readonly long _start = TimeProvider.System.GetTimestamp();

    private double Seconds => TimeProvider.System.GetElapsedTime(_start).TotalSeconds;

    public void Add(CertifiedInput input) => _certified.Add(input);

    public void Add(int row, int? label, MinimalDistance distance, OneRegionCertificate region) => _distances.Add((row, label, distance, region));

    public void Add(int row, int? label, SmoothedCertificate certificate) => _smoothed.Add((row, label, certificate));

    private bool IsComplete => _certified.All(each => each.Verdict != Verdict.Unknown) && _distances.All(each => each.Distance.Status == Status.Complete);

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("network", network.Name);
        json.WriteString("data", call.Data);
        json.WriteString("norm", call.Smoothing is null ? call.Norm.Name : "l2");
        json.WriteString("unit", "input");
        JsonDocumentWriter.Numbers(json, "box", [box.Low, box.High]);
        if (_certified.Count > 0)
            Certified(json);
        else if (_distances.Count > 0)
            Distances(json);
        else
            Smoothed(json);
    }, IsComplete ? "complete" : "budgetExhausted", _smoothed.Count > 0 ? "sampled" : "certified", words.Seed, Seconds,
        _smoothed.Count > 0 ? ["cohen2019certified", "clopper1934use"] : _distances.Count > 0 ? ["croce2019provable", "jordan2019provable"] : ["zhang2018efficient", "wang2021beta"]);

    /// <summary>Saves the result; the ending decides.</summary>
    public void Save(string file)
    {
        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".json":
                ResultFile.Save(file, WriteJson);
                break;
            case ".csv":
                ResultFile.Save(file, WriteCsv);
                break;
            default:
                Figure().Save(file);
                break;
        }
    }

    public void WriteCsv(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        if (_certified.Count > 0)
        {
            writer.WriteLine("epsilon,index,label,predicted,verdict,decision,bound,domains,seconds");
            foreach (CertifiedInput each in _certified)
                writer.WriteLine(FormattableString.Invariant($"{each.Epsilon:R},{each.Index},{each.Label},{each.Predicted},{each.Verdict.ToString().ToLowerInvariant()},{each.Decision},{each.Bound:R},{each.Domains},{each.Seconds:F3}"));
        }
        else if (_distances.Count > 0)
        {
            writer.WriteLine("index,label,class,creases,boundary,lower,upper,domains,seconds");
            foreach (var each in _distances)
                writer.WriteLine(FormattableString.Invariant($"{each.Row},{each.Label},{each.Distance.Class},{Finite(each.Region.Creases)},{Finite(each.Region.Boundary)},{Finite(each.Distance.Lower)},{Finite(each.Distance.Upper)},{each.Distance.Domains},{each.Distance.Seconds:F3}"));
        }
        else
        {
            writer.WriteLine("index,label,class,successes,draws,probability,radius");
            foreach (var each in _smoothed)
                writer.WriteLine(FormattableString.Invariant($"{each.Row},{each.Label},{each.Certificate.Class},{each.Certificate.Successes},{each.Certificate.Draws},{each.Certificate.Probability:R},{each.Certificate.Radius:R}"));
        }
    }

    public void WriteTable(TextWriter output)
    {
        Line("network", $"{network.Name}, {network.InputShape.Size} inputs, box [{box.Low}, {box.High}]");
        foreach (IGrouping<double, CertifiedInput> group in _certified.GroupBy(each => each.Epsilon))
        {
            CertifiedInput[] rows = [.. group];
            int verified = Count(rows, Verdict.Verified), unknown = Count(rows, Verdict.Unknown), wrong = rows.Count(row => row.Predicted != row.Label);
            Line("certified", $"{100.0 * verified / rows.Length:F2} % of {rows.Length} rows at epsilon {group.Key:G6} in L∞; {rows.Length - verified - unknown - wrong} violated, {wrong} misclassified, {unknown} unknown; {rows.Count(row => row.Verdict == Verdict.Verified && row.Decision == "bounds")} by bounds alone");
        }
        foreach (var each in _distances.Take(20))
            Line($"row {each.Row}", $"class {each.Distance.Class}: distance in {call.Norm.Symbol} {Range(each.Distance)}; one region: creases {each.Region.Creases:G6}, boundary {each.Region.Boundary:G6}");
        if (_distances.Count > 20)
            Line("", $"... ({_distances.Count} rows; -o FILE.csv saves them)");
        if (_smoothed.Count > 0)
        {
            Line("smoothing", $"sigma {call.Smoothing!.Sigma:G6}, {call.Smoothing.Draws:N0} draws, level {call.Smoothing.Level:G6}; {_smoothed.Count(each => each.Certificate.Class < 0)} of {_smoothed.Count} rows abstain");
            foreach (double radius in (double[])[0, 0.25, 0.5, 1, 2])
                Line("certified", $"{100.0 * _smoothed.Count(each => each.Certificate.Class >= 0 && each.Certificate.Class == (each.Label ?? each.Certificate.Class) && each.Certificate.Radius >= radius * call.Smoothing.Sigma) / _smoothed.Count:F2} % of rows at L2 radius {radius * call.Smoothing.Sigma:G6}");
            Line("mean radius", $"{_smoothed.Average(each => each.Certificate.Class == (each.Label ?? each.Certificate.Class) ? each.Certificate.Radius : 0):G6} (0 where wrong or abstaining)");
        }
        Line("time", $"{Seconds:F3} s");
        Line("status", $"{(IsComplete ? _smoothed.Count > 0 ? "complete; each radius is right with probability 1 - level" : "complete; proved with bounds on all rounding errors" : "budget exhausted: unknown rows are neither verified nor violated; raise --time-limit")}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private Views.CurvesFigure Figure() => _certified.Count > 0 ? CertifyFigure.Of(_certified, network.Name)
        : _distances.Count > 0 ? CertifyFigure.Of([.. _distances.Select(each => (each.Distance, each.Region))], network.Name, call.Norm.Symbol)
        : CertifyFigure.Of([.. _smoothed.Select(each => each.Certificate.Class >= 0 && each.Certificate.Class == (each.Label ?? each.Certificate.Class) ? each.Certificate.Radius : -1)], network.Name, call.Smoothing!.Sigma);

    private static string Range(MinimalDistance distance) => distance.Status == Status.Complete && double.IsFinite(distance.Upper)
        ? distance.Upper.ToString("G9", CultureInfo.InvariantCulture)
        : double.IsFinite(distance.Lower) ? FormattableString.Invariant($"in [{distance.Lower:G6}, {(double.IsFinite(distance.Upper) ? distance.Upper.ToString("G6", CultureInfo.InvariantCulture) : "unbounded")}]") : "none: the whole box is proved to have this class";

    private static int Count(CertifiedInput[] rows, Verdict verdict) => rows.Count(row => row.Verdict == verdict);

    private static string Finite(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private void Certified(Utf8JsonWriter json)
    {
        json.WriteStartArray("epsilons");
        foreach (IGrouping<double, CertifiedInput> group in _certified.GroupBy(each => each.Epsilon))
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
                JsonDocumentWriter.Number(json, "bound", row.Bound ?? double.NaN);
                json.WriteNumber("domains", row.Domains);
                JsonDocumentWriter.Number(json, "seconds", row.Seconds);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Distances(Utf8JsonWriter json)
    {
        json.WriteStartArray("rows");
        foreach (var each in _distances)
        {
            json.WriteStartObject();
            json.WriteNumber("index", each.Row);
            json.WriteNumber("class", each.Distance.Class);
            JsonDocumentWriter.Number(json, "creases", each.Region.Creases);
            JsonDocumentWriter.Number(json, "boundary", each.Region.Boundary);
            JsonDocumentWriter.Number(json, "lower", each.Distance.Lower);
            JsonDocumentWriter.Number(json, "upper", each.Distance.Upper);
            JsonDocumentWriter.Numbers(json, "witness", each.Distance.Witness.AsSpan());
            json.WriteBoolean("exact", each.Distance.Status == Status.Complete);
            json.WriteNumber("domains", each.Distance.Domains);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Smoothed(Utf8JsonWriter json)
    {
        json.WriteNumber("sigma", call.Smoothing!.Sigma);
        json.WriteNumber("draws", call.Smoothing.Draws);
        json.WriteNumber("selection", call.Smoothing.Selection);
        json.WriteNumber("level", call.Smoothing.Level);
        json.WriteStartArray("rows");
        foreach (var each in _smoothed)
        {
            json.WriteStartObject();
            json.WriteNumber("index", each.Row);
            json.WriteNumber("class", each.Certificate.Class);
            json.WriteNumber("successes", each.Certificate.Successes);
            JsonDocumentWriter.Number(json, "probability", each.Certificate.Probability);
            JsonDocumentWriter.Number(json, "radius", each.Certificate.Radius);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
