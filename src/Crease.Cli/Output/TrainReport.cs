using System.Globalization;
using Crease.Lab;

namespace Crease.Cli.Output;

/// <summary>What <c>crease train</c> says about a run: a JSON document or a short table.</summary>
internal sealed class TrainReport(TrainingRun run, string folder, long done, TrainingMetrics? last, double seconds, CommonWords words)
{
    // Seconds from which on it matters what they went into.
    private const double LongRun = 10;

    private bool IsComplete => done == run.Steps;

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        json.WriteString("run", folder);
        json.WriteNumber("steps", done);
        json.WriteNumber("allSteps", run.Steps);
        json.WriteNumber("resumedAt", run.StartedAt);
        JsonDocumentWriter.Number(json, "stepsPerSecond", (done - run.StartedAt) / Math.Max(seconds, 1e-9));
        JsonDocumentWriter.Number(json, "metricSeconds", run.MetricsTime.Seconds);
        JsonDocumentWriter.Number(json, "trainLoss", last?.TrainLoss);
        JsonDocumentWriter.Number(json, "trainAccuracy", last?.TrainAccuracy);
        JsonDocumentWriter.Number(json, "testLoss", last?.TestLoss);
        JsonDocumentWriter.Number(json, "testAccuracy", last?.TestAccuracy);
    }, IsComplete ? "complete" : "interrupted", "sampled", words.Seed, seconds, []);

    public void WriteTable(TextWriter output)
    {
        Line("steps", $"{done:N0} of {run.Steps:N0}{(run.StartedAt > 0 ? $", from {run.StartedAt:N0}" : "")}");
        if (last is not null)
        {
            Line("loss", $"{last.TrainLoss:G4} on training rows{(last.TestLoss is double test ? $", {test:G4} on test rows" : "")} at step {last.Step:N0}");
            if (last.TrainAccuracy is double right)
                Line("accuracy", $"{100 * right:F2} % on training rows{(last.TestAccuracy is double other ? $", {100 * other:F2} % on test rows" : "")}");
        }
        MetricsTime metrics = run.MetricsTime;
        Line("time", $"{seconds:F2} s, {StatusLine.Rate((done - run.StartedAt) / Math.Max(seconds - metrics.Seconds, 1e-9))} steps/s and {metrics.Seconds:F2} s for metrics");
        if (seconds > LongRun && metrics.Seconds > seconds / 2)
            Line("note", $"most of the time went into metrics, {metrics.Taken} times on {metrics.Rows:N0} rows; --metric-samples N or --metrics log:N makes them cheaper");
        Line("status", $"{(IsComplete ? "complete" : $"interrupted; go on with: crease train --resume {folder}")}");
        Line("run", $"{folder}");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }
}
