using System.Text;
using Crease.Views;

namespace Crease.Lab;

/// <summary>Probes as one HTML page: verdicts, heat maps, tables.</summary>
public static class ProbePage
{
    /// <summary>Writes the page.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="title">Title of the page.</param>
    /// <param name="introduction">What was probed, in a sentence.</param>
    /// <param name="stream">Where the bytes go; it stays open.</param>
    public static void Write(ProbeResult result, string title, string introduction, Stream stream)
    {
        ScoreMapFigure? figure = ProbeFigures.Ablations(result);
        var report = new StudyReport
        {
            Study = "probe",
            Title = title,
            Introduction = $"{introduction} {string.Join(' ', result.Findings.SelectMany(finding => finding.Verdict))}",
            Options = result.Options,
            Figures = figure is null ? [] : [new ReportFigure("ablations", "Parts of the features alone, on the same splits.", figure.Save)],
            Tables = [.. ProbeTables.All(result)],
            Caveats = result.Remarks,
            Citations = ["balestriero2024characterizing", "delong1988comparing"],
        };
        string page = ReportPage.Of(report, _ =>
        {
            using var drawn = new MemoryStream();
            figure!.Write(drawn, FigureFormat.Svg);
            return Encoding.UTF8.GetString(drawn.ToArray());
        });
        stream.Write(Encoding.UTF8.GetBytes(page));
    }
}
