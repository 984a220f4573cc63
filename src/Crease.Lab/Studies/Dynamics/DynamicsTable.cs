using System.Globalization;
using System.Text;

namespace Crease.Lab;

/// <summary>Dynamics as comma-separated text: a line per network.</summary>
public static class DynamicsTable
{
    /// <summary>Writes the table of one series.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="stream">Where the bytes go, UTF-8; it stays open.</param>
    public static void WriteCsv(DynamicsResult result, Stream stream) => Write([("", result)], "", stream);

    /// <summary>Writes the tables of several runs as one that starts with the name of the run; what a run has not is left empty.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="stream">Where the bytes go, UTF-8; it stays open.</param>
    public static void WriteCsv(IReadOnlyList<RunRecord> runs, Stream stream) =>
        Write([.. runs.Where(run => run.Dynamics is not null).Select(run => (ReportText.Exact(run.Name) + ",", run.Dynamics!))], "run,", stream);

    private static void Write((string Prefix, DynamicsResult Result)[] series, string prefix, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        Dictionary<string, DynamicsColumn>[] columns = [.. series.Select(item => DynamicsColumn.All(item.Result.Options).ToDictionary(column => column.Name))];
        string[] names = [.. columns.SelectMany(known => known.Keys).Distinct()];
        writer.WriteLine($"{prefix}step,{string.Join(',', names)}");
        for (int i = 0; i < series.Length; i++)
        {
            foreach (DynamicsRow row in series[i].Result.Rows)
                writer.WriteLine($"{series[i].Prefix}{row.Step.ToString(CultureInfo.InvariantCulture)},{string.Join(',', names.Select(name => columns[i].GetValueOrDefault(name)?.Value(row)?.ToString("R", CultureInfo.InvariantCulture) ?? ""))}");
        }
    }
}
