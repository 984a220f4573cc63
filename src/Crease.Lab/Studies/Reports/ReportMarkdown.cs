using System.Text;

namespace Crease.Lab;

/// <summary>A report as Markdown, with links to its figures.</summary>
internal static class ReportMarkdown
{
    public static string Of(StudyReport report, string figures)
    {
        var text = new StringBuilder();
        text.Append($"# {report.Title}\n\n{report.Introduction}\n");
        if (report.Checks.Length > 0)
        {
            text.Append("\n## Published and found\n\n| claim | published | found | |\n|---|---|---|---|\n");
            foreach (ReportCheck check in report.Checks)
                text.Append($"| {check.Claim} | {check.Expected} | {check.Found} | {ReportText.Outcome(check.Outcome)} |\n");
        }
        foreach (ReportFigure figure in report.Figures)
            text.Append($"\n![{figure.Name}]({figures}/{figure.Name}.svg)\n\n{figure.Caption}\n");
        foreach (ReportTable table in report.Tables.Where(table => !table.IsFileOnly))
            Append(text, table);
        List(text, "What to know before believing it", report.Caveats);
        List(text, "Sources", report.Citations.Select(key => $"`{key}` in `docs/references.bib`"));
        return text.ToString();
    }

    private static void Append(StringBuilder text, ReportTable table)
    {
        text.Append($"\n## {table.Title}\n\n| {string.Join(" | ", table.Columns.Select(ReportText.Heading))} |\n|{string.Concat(table.Columns.Select(_ => "---|"))}\n");
        foreach (var row in table.Rows)
            text.Append($"| {string.Join(" | ", row.Select(ReportText.Cell))} |\n");
    }

    private static void List(StringBuilder text, string heading, IEnumerable<string> items)
    {
        if (!items.Any())
            return;
        text.Append($"\n## {heading}\n\n");
        foreach (string item in items)
            text.Append($"- {item}\n");
    }
}
