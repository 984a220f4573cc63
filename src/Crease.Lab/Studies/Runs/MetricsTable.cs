using System.Text;

namespace Crease.Lab;

/// <summary>Metrics of trainings as comma-separated text: a line per logged step.</summary>
public static class MetricsTable
{
    private static readonly (string Name, Func<TrainingMetrics, object?> Value)[] Columns =
    [
        ("step", line => line.Step), ("epoch", line => line.Epoch),
        ("train_loss", line => line.TrainLoss), ("train_accuracy", line => line.TrainAccuracy), ("test_loss", line => line.TestLoss), ("test_accuracy", line => line.TestAccuracy),
        ("rate", line => line.Rate), ("gradient_norm", line => line.GradientNorm), ("weight_norm", line => line.WeightNorm),
    ];

    /// <summary>Writes the table of one run.</summary>
    /// <param name="lines">Its metrics.</param>
    /// <param name="stream">Where the bytes go, UTF-8; it stays open.</param>
    public static void WriteCsv(IReadOnlyList<TrainingMetrics> lines, Stream stream) => Write([("", lines)], "", stream);

    /// <summary>Writes the tables of several runs as one that starts with the name of the run.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="stream">Where the bytes go, UTF-8; it stays open.</param>
    public static void WriteCsv(IReadOnlyList<RunRecord> runs, Stream stream) => Write([.. runs.Select(run => (ReportText.Exact(run.Name) + ",", run.Metrics))], "run,", stream);

    private static void Write((string Prefix, IReadOnlyList<TrainingMetrics> Lines)[] runs, string prefix, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(prefix + string.Join(',', Columns.Select(column => column.Name)));
        foreach ((string run, IReadOnlyList<TrainingMetrics> lines) in runs)
        {
            foreach (TrainingMetrics line in lines)
                writer.WriteLine(run + string.Join(',', Columns.Select(column => ReportText.Exact(column.Value(line)))));
        }
    }
}
