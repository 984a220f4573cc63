using System.Collections.Immutable;
using System.Globalization;
using Crease.Models;

namespace Crease.Lab;

/// <summary>The trainings that the options ask for: a plain one, and one factor varied at a time.</summary>
internal static class TradeoffPlan
{
    public const string Plain = "plain", Noise = "noise", WeightDecay = "weight decay", Adversarial = "adversarial training";

    /// <summary>The factors in the order of figures.</summary>
    public static ImmutableArray<string> Factors { get; } = [Noise, WeightDecay, Adversarial];

    /// <exception cref="ModelException">The data cannot be read, or have no classes.</exception>
    public static IReadOnlyList<TradeoffRun> Runs(TradeoffOptions asked, ulong seed)
    {
        DataSet rows = DataSource.LoadParts(asked.Data).Train;
        int inputs = rows.Size, classes = rows.Classes > 1 ? rows.Classes : throw new ModelException(rows.Name, "has no classes; the study takes data with labels");
        var runs = new List<TradeoffRun>();
        for (int repeat = 0; repeat < asked.Repeats; repeat++)
        {
            TrainingOptions plain = Usual(asked, inputs, classes, seed + (ulong)repeat);
            Add(Plain, 0, repeat, plain);
            foreach (double value in asked.Noises)
                Add(Noise, value, repeat, plain with { Augmentation = new() { Noise = value } });
            foreach (double value in asked.WeightDecays)
                Add(WeightDecay, value, repeat, plain with { Optimizer = plain.Optimizer with { WeightDecay = value } });
            foreach (double value in asked.Adversarial)
                Add(Adversarial, value, repeat, plain with { Adversarial = new() { Epsilon = value, Steps = asked.AdversarialSteps } });
        }
        return runs;

        void Add(string factor, double value, int repeat, TrainingOptions options) =>
            runs.Add(new TradeoffRun(string.Create(CultureInfo.InvariantCulture, $"{factor.Replace(' ', '-')}-{value}-{repeat}"), factor, value, repeat, options));
    }

    private static TrainingOptions Usual(TradeoffOptions asked, int inputs, int classes, ulong seed) => new()
    {
        Data = new() { Data = asked.Data, Samples = asked.Samples },
        Network = new() { Net = string.Join('-', [inputs, .. Enumerable.Repeat(asked.Width, asked.Depth - 1), classes]) },
        Optimizer = new() { Kind = OptimizerKind.AdamW, Rate = asked.Rate, WeightDecay = 0 },
        Steps = asked.Steps,
        Batch = asked.Batch,
        Metrics = "log:10",
        Checkpoints = "ends",
        Seed = seed,
    };
}
