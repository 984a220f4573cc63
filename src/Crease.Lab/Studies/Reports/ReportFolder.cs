using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crease.Lab;

/// <summary>Writes a report: <c>report.html</c>, <c>report.md</c>, <c>report.json</c>, <c>figures/</c> (SVG and PNG) and <c>tables/</c> (CSV); each file whole or not at all.</summary>
public static class ReportFolder
{
    private const string Figures = "figures", Tables = "tables";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes all files.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">Folder; made where there is none.</param>
    /// <param name="version">Version of the tool.</param>
    /// <exception cref="TrainingException">A file cannot be written.</exception>
    public static void Write(StudyReport report, string folder, string version)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, Figures));
            Directory.CreateDirectory(Path.Combine(folder, Tables));
            foreach (ReportFigure figure in report.Figures)
            {
                figure.Save(Path.Combine(folder, Figures, figure.Name + ".svg"));
                figure.Save(Path.Combine(folder, Figures, figure.Name + ".png"));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{folder}: the report cannot be written ({fault.Message}); the runs in it are kept.", fault);
        }
        foreach (ReportTable table in report.Tables)
            Save(Path.Combine(folder, Tables, table.Name + ".csv"), Csv(table));
        Save(Path.Combine(folder, "report.md"), ReportMarkdown.Of(report, Figures));
        Save(Path.Combine(folder, "report.html"), ReportPage.Of(report, name => File.ReadAllText(Path.Combine(folder, Figures, name + ".svg"))));
        RunFolder.Write(Path.Combine(folder, "report.json"), stream => JsonSerializer.Serialize(stream, Document(report, version), Json));
    }

    /// <summary>The report as a value that serializes: names, numbers and texts without figures' pixels.</summary>
    private static object Document(StudyReport report, string version) => new
    {
        tool = new { name = "crease", version },
        study = report.Study,
        title = report.Title,
        options = report.Options,
        seeds = report.Seeds,
        checks = report.Checks,
        tables = report.Tables.Select(table => new { table.Name, table.Title, table.Columns, Rows = table.Rows.Select(row => row.Select(Finite)) }),
        figures = report.Figures.Select(figure => new { file = $"{Figures}/{figure.Name}.svg", figure.Caption }),
        caveats = report.Caveats,
        citations = report.Citations,
    };

    private static object? Finite(object? value) => value is double number && !double.IsFinite(number) ? null : value;

    private static string Csv(ReportTable table)
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', table.Columns.Select(column => ReportText.Exact(ReportText.Heading(column))))).Append('\n');
        foreach (var row in table.Rows)
            text.Append(string.Join(',', row.Select(ReportText.Exact))).Append('\n');
        return text.ToString();
    }

    private static void Save(string path, string text) => RunFolder.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
