using System.Collections.Immutable;
using System.Globalization;
using Crease.Models;

namespace Crease.Lab;

/// <summary>The trainings that a study's options ask for.</summary>
internal static class GrokkingPlan
{
    // Sweeps change one setting each, so that the unchanged recipe is a value of most of them.
    private const string SharedFolder = "usual";

    /// <summary>All runs: recipes, the control, and the sweeps' values.</summary>
    /// <exception cref="ModelException">The data cannot be read.</exception>
    /// <exception cref="ArgumentException">A sweep asks for more rows than there are; the message is one line.</exception>
    public static IReadOnlyList<GrokkingRun> Runs(GrokkingOptions options, ulong seed)
    {
        DataSet rows = DataSource.LoadParts(options.Data).Train;
        int inputs = rows.Size, classes = rows.Classes > 1 ? rows.Classes : throw new ModelException(rows.Name, "has no classes; the study takes data with labels");
        GrokkingSetting usual = Usual(options);
        var runs = new List<GrokkingRun>();
        foreach (double scale in options.InitScales)
            runs.Add(Planned(ScaleName(scale), scale == 1 ? "default start" : FormattableString.Invariant($"all weights ×{scale} at the start"), GrokkingRole.Recipe, usual with { InitScale = scale }, options.Steps));
        if (options.BatchNorm)
            runs.Add(Planned("batch-norm", "with batch normalization", GrokkingRole.Control, usual with { BatchNorm = true, InitScale = 1 }, options.BatchNormSteps));
        string prefix = options.SweepScale == 1 ? "" : ScaleName(options.SweepScale) + "-";
        foreach (GrokkingSweep sweep in GrokkingSweep.All.Where(sweep => options.Sweeps.Contains("all") || options.Sweeps.Contains(sweep.Name)))
        {
            foreach (double value in Values(sweep, options, usual, rows))
            {
                GrokkingSetting setting = sweep.Change(usual, value);
                string text = GrokkingSweep.Text(value), name = $"{prefix}{sweep.Name}-{text}";
                GrokkingRun run = Planned(name, $"{sweep.Title.ToLowerInvariant()} {text}", GrokkingRole.Sweep, setting, options.SweepSteps);
                string folder = runs.Find(earlier => earlier.Sweep is null && earlier.Options == run.Options)?.Folder ?? (setting == usual ? prefix + SharedFolder : name);
                runs.Add(run with { Sweep = sweep, Value = value, Folder = folder });
            }
        }
        return runs;

        GrokkingRun Planned(string name, string title, GrokkingRole role, GrokkingSetting setting, long steps) =>
            new(name, title, role, setting, Training(options, setting, steps, inputs, classes, seed)) { Classes = classes };
    }

    /// <summary>The setting that sweeps change.</summary>
    public static GrokkingSetting Usual(GrokkingOptions options) => new(options.Depth, options.Width, options.Batch, options.WeightDecay, options.Samples, 0, false, options.SweepScale);

    private static ImmutableArray<double> Values(GrokkingSweep sweep, GrokkingOptions options, GrokkingSetting usual, DataSet rows)
    {
        if (options.Values.IsDefaultOrEmpty)
            return [.. sweep.Usual(usual).Where(value => sweep.Change(usual, value).Samples <= rows.Count)];
        int most = options.Values.Max(value => sweep.Change(usual, value).Samples);
        return most <= rows.Count ? options.Values : throw new ArgumentException($"the sweep {sweep.Name} asks for {most} training rows; {rows.Name} has {rows.Count}");
    }

    private static string ScaleName(double scale) => scale == 1 ? "default" : "x" + scale.ToString(CultureInfo.InvariantCulture);

    private static TrainingOptions Training(GrokkingOptions options, GrokkingSetting setting, long steps, int inputs, int classes, ulong seed) => new()
    {
        Data = new() { Data = options.Data, Samples = setting.Samples, LabelNoise = setting.LabelNoise },
        Network = new()
        {
            Net = string.Join('-', [inputs, .. Enumerable.Repeat(setting.Width, setting.Depth - 1), classes]),
            BatchNormalization = setting.BatchNorm,
            InitialScale = setting.InitScale,
        },
        Optimizer = new() { Kind = OptimizerKind.AdamW, Rate = options.Rate, WeightDecay = setting.WeightDecay },
        Loss = Loss.MeanSquaredError,
        Steps = steps,
        Batch = setting.Batch,
        Precision = options.Precision == 64 ? Precision.Bits64 : Precision.Bits32,
        Metrics = options.Checkpoints,
        Checkpoints = options.Checkpoints,
        Seed = seed,
        Threads = options.TorchThreads,
    };
}
