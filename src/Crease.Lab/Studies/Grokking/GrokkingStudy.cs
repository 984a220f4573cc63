using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The study <c>grokking</c>: local complexity, accuracy and robustness through the training of a small network on images, beside the published curves.</summary>
/// <remarks>Source: <c>humayun2024grok</c>; <c>humayun2023training</c>.</remarks>
public sealed class GrokkingStudy : Study
{
    private const string RunsFolder = "runs";

    /// <inheritdoc/>
    public override string Name => "grokking";

    /// <inheritdoc/>
    public override string Summary => "Phases of local complexity, delayed generalization and delayed robustness while a network trains, beside the published curves.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Presets => ["short", "full", "effects"];

    /// <inheritdoc/>
    public override object Preset(string name) => name switch
    {
        // Minutes on two cores, with the bundled images of 8 x 8 pixels.
        "short" => new GrokkingOptions
        {
            Samples = 500,
            Width = 64,
            Batch = 100,
            Steps = 10_000,
            BatchNormSteps = 5000,
            SweepSteps = 4000,
            Precision = 32,
            Checkpoints = "log:40",
            ComplexitySamples = 300,
            Epsilons = [0.03, 0.06, 0.1],
            AttackSamples = 200,
            ExactSamples = 40,
        },
        "full" => new GrokkingOptions { Data = "mnist/" },
        // The table of effects on one core in an hour or so: three times the rate brings robustness within 25,000 steps.
        "effects" => new GrokkingOptions
        {
            Data = "mnist/",
            Width = 100,
            Batch = 100,
            Rate = 3e-3,
            Sweeps = ["all"],
            SweepSteps = 25_000,
            Precision = 32,
            InitScales = [],
            BatchNorm = false,
            Checkpoints = "log:36",
            ComplexitySamples = 150,
            Epsilons = [0.04, 0.06, 0.1],
            AttackSamples = 200,
            ExactSamples = 0,
            Movie = false,
        },
        _ => throw new ArgumentException($"The study {Name} has no preset '{name}'; expected {string.Join(" or ", Presets)}.", nameof(name)),
    };

    /// <inheritdoc/>
    public override StudyReport Run(object options, string folder, RunContext run, Action<StudyProgress>? told = null)
    {
        var asked = (GrokkingOptions)options;
        asked.Check();
        IReadOnlyList<GrokkingRun> plan = GrokkingPlan.Runs(asked, run.Seed);
        GrokkingRun first = plan.FirstOrDefault(planned => planned.Role == GrokkingRole.Recipe) ?? plan[0];
        var results = new List<GrokkingResult>();
        ExactComparison? exact = null;
        (TrainingDataOptions? Of, DataParts? Sets) loaded = default;
        foreach (GrokkingRun planned in plan)
        {
            string path = Path.Combine(folder, RunsFolder, planned.Folder);
            StudyTraining.Finish(planned.Name, path, planned.Options, run, told);
            // Most runs learn the same rows, which take a while to read.
            if (loaded.Of != planned.Options.Data)
                loaded = (planned.Options.Data, DynamicsData.Of(planned.Options));
            results.Add(new GrokkingResult(planned, Measure(planned, path, loaded.Sets!, asked, run, told)));
            if (planned == first && asked.ExactSamples > 0)
                exact = ExactComparison.Of(results[^1].Dynamics.Series, loaded.Sets!.Train, asked, run, told);
            if (asked.Movie && planned.Role != GrokkingRole.Sweep)
                GrokkingMovies.Save(results[^1], loaded.Sets!.Train, Path.Combine(folder, "figures"), run, told);
        }
        return GrokkingReport.Of(asked, results, exact, run.Seed);
    }

    private static DynamicsResult Measure(GrokkingRun planned, string path, DataParts sets, GrokkingOptions asked, RunContext run, Action<StudyProgress>? told)
    {
        var options = new DynamicsOptions
        {
            Samples = asked.ComplexitySamples,
            Radius = asked.Radius,
            Directions = asked.Directions,
            IncludeLogits = true,
            Epsilons = asked.Epsilons,
            AttackSteps = asked.AttackSteps,
            AttackSamples = asked.AttackSamples,
            AttacksTraining = planned.AttacksTraining,
            Loss = planned.Options.Loss,
            Seed = run.Seed,
        };
        CheckpointSeries series = CheckpointSeries.Open(path);
        return Dynamics.Measure(series, sets, options, new DynamicsStore(Dynamics.StoreIn(path)), null, run, (done, all) => told?.Invoke(new StudyProgress("measuring " + planned.Name, done, all)));
    }
}
