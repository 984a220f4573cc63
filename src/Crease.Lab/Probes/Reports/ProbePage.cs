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
        ScoreMapFigure? ablations = ProbeFigures.Ablations(result);
        CurvesFigure byScore = SuccessFigures.ByScore(result);
        CurvesFigure? byLength = SuccessFigures.ByLength(result);
        (string Name, string Caption, Action<string> Save, Action<Stream, FigureFormat> Write)[] figures =
        [
            .. ablations is null ? [] : new[] { ("ablations", "Parts of the features alone, on the same splits.", (Action<string>)ablations.Save, (Action<Stream, FigureFormat>)ablations.Write) },
            ("by-score", "Share of the class among test texts of a score, and how many there are. Scores weigh both classes alike, so that a rare class lies below the dashed line.", byScore.Save, byScore.Write),
            .. byLength is null ? [] : new[] { ("by-length", "Share of test texts of a length that were told right, and how many there are.", (Action<string>)byLength.Save, (Action<Stream, FigureFormat>)byLength.Write) },
        ];
        var report = new StudyReport
        {
            Study = "probe",
            Title = title,
            Introduction = $"{introduction} {string.Join(' ', result.Findings.SelectMany(finding => finding.Verdict))}",
            Options = result.Options,
            Figures = [.. figures.Select(figure => new ReportFigure(figure.Name, figure.Caption, figure.Save))],
            Tables = [.. ProbeTables.All(result)],
            Caveats = result.Remarks,
            Citations = ["balestriero2024characterizing", "delong1988comparing", "wilson1927probable"],
        };
        string page = ReportPage.Of(report, name =>
        {
            using var drawn = new MemoryStream();
            figures.Single(figure => figure.Name == name).Write(drawn, FigureFormat.Svg);
            return Encoding.UTF8.GetString(drawn.ToArray());
        });
        stream.Write(Encoding.UTF8.GetBytes(page));
    }
}
