using System.Globalization;
using Crease.Certificates;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>What <c>crease certify --data</c> says: certificates per row, and shares of rows.</summary>
internal sealed class CertifyReport(Network network, CertifyCall call, (double Low, double High) box, CommonWords words)
{
    // More rows are for a file.
    private const int MostRows = 20;

    private readonly List<CertifiedInput> _certified = [];
    private readonly List<DistanceRow> _distances = [];
    private readonly List<RadiusRow> _radii = [];
    private readonly List<(int Row, int? Label, SmoothedCertificate Certificate)> _smoothed = [];
    private readonly long _start = TimeProvider.System.GetTimestamp();

    private double Seconds => TimeProvider.System.GetElapsedTime(_start).TotalSeconds;

    public void Add(CertifiedInput input) => _certified.Add(input);

    public void Add(DistanceRow row) => _distances.Add(row);

    public void Add(RadiusRow row) => _radii.Add(row);

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
            CertifyJson.Certified(json, _certified);
        else if (_distances.Count > 0)
            CertifyJson.Distances(json, _distances);
        else if (_radii.Count > 0)
            CertifyJson.Radii(json, _radii);
        else
            CertifyJson.Smoothed(json, call.Smoothing!, _smoothed);
    }, IsComplete ? "complete" : "budgetExhausted", _smoothed.Count > 0 ? "sampled" : "certified", words.Seed, Seconds,
        _smoothed.Count > 0 ? ["cohen2019certified", "clopper1934use"] : _distances.Count > 0 ? ["croce2019provable", "jordan2019provable"] : _radii.Count > 0 ? ["zhang2018efficient"] : ["zhang2018efficient", "wang2021beta"]);

    /// <summary>Saves the result; the ending decides.</summary>
    public void Save(string file) => ResultFile.Save(file, WriteJson, stream => CertifyCsv.Write(stream, _certified, _distances, _radii, _smoothed), _ => { }, () => Figure().Save(file));

    public void WriteTable(TextWriter output)
    {
        Line("network", $"{network.Name}, {network.InputShape.Size} inputs, box [{box.Low}, {box.High}]");
        foreach (IGrouping<double, CertifiedInput> group in _certified.GroupBy(each => each.Epsilon))
        {
            CertifiedInput[] rows = [.. group];
            int verified = Count(rows, Verdict.Verified), unknown = Count(rows, Verdict.Unknown), wrong = rows.Count(row => row.Predicted != row.Label);
            Line("certified", $"{100.0 * verified / rows.Length:F2} % of {rows.Length} rows at epsilon {group.Key:G6} in {call.Norm.Symbol}; {rows.Length - verified - unknown - wrong} violated, {wrong} misclassified, {unknown} unknown; {rows.Count(row => row.Verdict == Verdict.Verified && row.Decision == "bounds")} by bounds alone");
        }
        foreach (DistanceRow each in _distances.Take(MostRows))
            Line($"row {each.Index}", $"class {each.Distance.Class}: distance in {call.Norm.Symbol} {Range(each.Distance)}; by bounds alone {Radius(each.Radius)}; one region: creases {each.Region.Creases:G6}, boundary {each.Region.Boundary:G6}");
        double?[] radii = [.. _radii.Select(each => (double?)each.Radius), .. _certified.GroupBy(each => each.Index).Select(group => group.First().Radius)];
        if (radii.Length > 0 && radii[0] is not null)
            Line("radius", $"{radii.Count(radius => radius > 0)} of {radii.Length} rows have one that bounds alone prove; median {Radius(radii.Order().ElementAt(radii.Length / 2)!.Value)} in {call.Norm.Symbol} (0 where misclassified)");
        foreach (RadiusRow each in _radii.Take(MostRows))
            Line($"row {each.Index}", $"{(each.Predicted == each.Label ? FormattableString.Invariant($"class {each.Label} within {Radius(each.Radius)}") : FormattableString.Invariant($"class {each.Predicted}, not {each.Label}"))}");
        if (Math.Max(_distances.Count, _radii.Count) > MostRows)
            Line("", $"... ({_distances.Count + _radii.Count} rows; -o FILE.csv saves them)");
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

    private Views.CurvesFigure Figure() => _certified.Count > 0 ? CertifyFigure.Of(_certified, network.Name, call.Norm.Symbol)
        : _distances.Count > 0 ? CertifyFigure.Of(_distances, network.Name, call.Norm.Symbol)
        : _radii.Count > 0 ? CertifyFigure.Of([.. _radii.Select(each => each.Radius > 0 ? each.Radius : -1)], network.Name, call.Norm)
        : CertifyFigure.Of([.. _smoothed.Select(each => each.Certificate.Class >= 0 && each.Certificate.Class == (each.Label ?? each.Certificate.Class) ? each.Certificate.Radius : -1)], network.Name, call.Smoothing!.Sigma);

    private static string Range(MinimalDistance distance) => distance.Status == Status.Complete && double.IsFinite(distance.Upper)
        ? distance.Upper.ToString("G9", CultureInfo.InvariantCulture)
        : double.IsFinite(distance.Lower) ? FormattableString.Invariant($"in [{distance.Lower:G6}, {(double.IsFinite(distance.Upper) ? distance.Upper.ToString("G6", CultureInfo.InvariantCulture) : "unbounded")}]") : "none: the whole box is proved to have this class";

    private static int Count(CertifiedInput[] rows, Verdict verdict) => rows.Count(row => row.Verdict == verdict);

    private static string Radius(double radius) => double.IsFinite(radius) ? radius.ToString("G6", CultureInfo.InvariantCulture) : "the whole box";
}
