using System.Globalization;
using Crease.Models;

namespace Crease.Lab;

/// <summary>The trainings that a study's options ask for.</summary>
internal static class GrokkingPlan
{
    /// <summary>All runs: recipes, the control, and the sweeps' values.</summary>
    /// <exception cref="ModelException">The data cannot be read.</exception>
    public static IReadOnlyList<GrokkingRun> Runs(GrokkingOptions options, ulong seed)
    {
        DataSet rows = DataSource.LoadParts(options.Data).Train;
        int inputs = rows.Inputs[0].Length, classes = rows.Classes > 1 ? rows.Classes : throw new ModelException(rows.Name, "has no classes; the study takes data with labels");
        var usual = new GrokkingSetting(options.Depth, options.Width, options.Batch, options.WeightDecay, options.Samples, 0, false, 1);
        var runs = new List<GrokkingRun>();
        foreach (double scale in options.InitScales)
            Add(ScaleName(scale), scale == 1 ? "default start" : FormattableString.Invariant($"all weights ×{scale} at the start"), GrokkingRole.Recipe, usual with { InitScale = scale }, options.Steps);
        if (options.BatchNorm)
            Add("batch-norm", "with batch normalization", GrokkingRole.Control, usual with { BatchNorm = true }, options.BatchNormSteps);
        foreach (GrokkingSweep sweep in GrokkingSweep.All.Where(sweep => options.Sweeps.Contains("all") || options.Sweeps.Contains(sweep.Name)))
        {
            foreach (double value in sweep.Values.Where(value => sweep.Change(usual, value).Samples <= rows.Inputs.Length))
            {
                string text = value.ToString(CultureInfo.InvariantCulture);
                Add($"{sweep.Name}-{text}", $"{sweep.Title.ToLowerInvariant()} {text}", GrokkingRole.Sweep, sweep.Change(usual, value), options.SweepSteps);
                runs[^1] = runs[^1] with { Sweep = sweep, Value = value };
            }
        }
        return runs;

        void Add(string name, string title, GrokkingRole role, GrokkingSetting setting, long steps) => runs.Add(new GrokkingRun(name, title, role, setting, Training(options, setting, steps, inputs, classes, seed)));
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
