using System.Net;
using System.Text;

namespace Crease.Lab;

/// <summary>A report as one HTML page that needs no other file and no network.</summary>
internal static class ReportPage
{
    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}}</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.7rem; } h2 { font-size: 1.25rem; margin-top: 2.2rem; }
        table { border-collapse: collapse; font-size: .92rem; } th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #ddd; vertical-align: top; }
        td.number { text-align: right; font-variant-numeric: tabular-nums; } div.wide { overflow-x: auto; }
        figure { margin: 1.6rem 0; } figure svg { width: 100%; height: auto; } figcaption { color: #444; font-size: .92rem; }
        .met { color: #00664b; } .missed { color: #a63a00; font-weight: 600; } .not { color: #666; }
        </style>
        </head>
        <body>

        """;

    /// <param name="report">The report.</param>
    /// <param name="figure">The SVG document of a figure by its name.</param>
    public static string Of(StudyReport report, Func<string, string> figure)
    {
        var page = new StringBuilder(Head.Replace("{{title}}", Text(report.Title), StringComparison.Ordinal));
        page.Append($"<h1>{Text(report.Title)}</h1>\n<p>{Text(report.Introduction)}</p>\n");
        if (report.Checks.Length > 0)
            page.Append("<h2>Published and found</h2>\n<div class=\"wide\"><table><tr><th>claim</th><th>published</th><th>found</th><th></th></tr>\n");
        foreach (ReportCheck check in report.Checks)
        {
            string kind = check.Outcome switch { CheckOutcome.Met => "met", CheckOutcome.Missed => "missed", _ => "not" };
            page.Append($"<tr><td>{Text(check.Claim)}</td><td>{Text(check.Expected)}</td><td>{Text(check.Found)}</td><td class=\"{kind}\">{ReportText.Outcome(check.Outcome)}</td></tr>\n");
        }
        if (report.Checks.Length > 0)
            page.Append("</table></div>\n");
        foreach (ReportFigure shown in report.Figures)
            page.Append($"<figure>{Inline(figure(shown.Name))}<figcaption>{Text(shown.Caption)}</figcaption></figure>\n");
        foreach (ReportTable table in report.Tables.Where(table => !table.IsFileOnly))
            Append(page, table);
        List(page, "What to know before believing it", report.Caveats);
        List(page, "Sources", report.Citations.Select(key => $"{key} (docs/references.bib)"));
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder page, ReportTable table)
    {
        page.Append($"<h2>{Text(table.Title)}</h2>\n<div class=\"wide\"><table><tr>");
        foreach (ReportColumn column in table.Columns)
            page.Append($"<th>{Text(ReportText.Heading(column))}</th>");
        page.Append("</tr>\n");
        foreach (var row in table.Rows)
            page.Append($"<tr>{string.Concat(row.Select(cell => $"<td{(cell is string ? "" : " class=\"number\"")}>{Text(ReportText.Cell(cell))}</td>"))}</tr>\n");
        page.Append("</table></div>\n");
    }

    private static void List(StringBuilder page, string heading, IEnumerable<string> items)
    {
        if (items.Any())
            page.Append($"<h2>{heading}</h2>\n<ul>{string.Concat(items.Select(item => $"<li>{Text(item)}</li>"))}</ul>\n");
    }

    // An SVG document starts with a declaration that HTML does not know.
    private static string Inline(string svg) => svg[Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))..];

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
