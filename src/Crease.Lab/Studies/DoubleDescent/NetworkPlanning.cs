using System.Globalization;

namespace Crease.Lab;

/// <summary>The trainings of the study: networks of one hidden layer, squared loss, momentum.</summary>
/// <remarks>Source: <c>belkin2019reconciling</c>, supplement; rate and batch are not stated there.</remarks>
internal static class NetworkPlanning
{
    private const double Momentum = 0.95, Decay = 0.9;
    private const int EpochsPerDecay = 500;

    /// <summary>(d + 1) H + (H + 1) C.</summary>
    public static long Parameters(int inputs, int hidden, int classes) => (inputs + 1L) * hidden + (hidden + 1L) * classes;

    /// <summary>Whether a network has fewer parameters than the n C numbers it is to fit.</summary>
    public static bool IsBelow(DoubleDescentOptions asked, int inputs, int hidden, int classes) => Parameters(inputs, hidden, classes) < (long)asked.Samples * classes;

    public static string Name(int hidden, int repeat) => string.Create(CultureInfo.InvariantCulture, $"hidden-{hidden}-{repeat}");

    public static TrainingOptions Options(DoubleDescentOptions asked, int inputs, int hidden, int classes, ulong seed)
    {
        int batch = Math.Min(asked.Batch, asked.Samples), perEpoch = (asked.Samples + batch - 1) / batch;
        return new TrainingOptions
        {
            Data = new() { Data = asked.Data, Samples = asked.Samples, LabelNoise = asked.NetworkNoise },
            Network = new() { Net = string.Join('-', inputs, hidden, classes) },
            Optimizer = new() { Kind = OptimizerKind.Sgd, Rate = asked.Rate, Momentum = Momentum, WeightDecay = 0 },
            // Below the threshold the step shrinks; above it does not.
            Schedule = IsBelow(asked, inputs, hidden, classes) ? new() { Kind = ScheduleKind.Step, StepLength = EpochsPerDecay * perEpoch, StepFactor = Decay } : new(),
            Loss = Loss.MeanSquaredError,
            Steps = (long)asked.Epochs * perEpoch,
            Batch = batch,
            Metrics = "log:25",
            Checkpoints = "ends",
            MetricSamples = Math.Max(asked.Samples, asked.TestSamples),
            Seed = seed,
        };
    }
}
