using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The study <c>tradeoff</c>: accuracy against accuracy under attack and against what is proved, over noise, weight decay and adversarial training.</summary>
/// <remarks>Source of the question: <c>tsipras2019robustness</c>; adversarial training: <c>madry2018towards</c>; noise and smoothing: <c>cohen2019certified</c>.</remarks>
public sealed class TradeoffStudy : Study
{
    /// <inheritdoc/>
    public override string Name => "tradeoff";

    /// <inheritdoc/>
    public override string Summary => "Accuracy against robust and certified accuracy, over training noise, weight decay and adversarial training, and over the radius of the attack.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Presets => ["short", "full"];

    /// <inheritdoc/>
    public override object Preset(string name) => name switch
    {
        "short" => new TradeoffOptions(),
        "full" => new TradeoffOptions
        {
            Samples = 3000,
            Width = 64,
            Steps = 10_000,
            Noises = [0.05, 0.1, 0.2, 0.3, 0.4, 0.6],
            WeightDecays = [0.05, 0.1, 0.2, 0.5, 1, 2],
            Adversarial = [0.01, 0.02, 0.04, 0.06, 0.1, 0.15],
            AdversarialSteps = 10,
            TestSamples = 1000,
            SmoothingSamples = 500,
            Draws = 10_000,
            Repeats = 5,
        },
        _ => throw new ArgumentException($"The study {Name} has no preset '{name}'; expected {string.Join(" or ", Presets)}.", nameof(name)),
    };

    /// <inheritdoc/>
    public override StudyReport Run(object options, string folder, RunContext run, Action<StudyProgress>? told = null)
    {
        var asked = (TradeoffOptions)options;
        asked.Check();
        IReadOnlyList<TradeoffRun> plan = TradeoffPlan.Runs(asked, run.Seed);
        var store = new TradeoffStore(Path.Combine(folder, "measures"), asked);
        var points = new List<TradeoffPoint>();
        (ulong? Seed, DataParts? Sets) loaded = default;
        foreach (TradeoffRun planned in plan)
        {
            string path = Path.Combine(folder, "runs", planned.Name);
            StudyTraining.Finish(planned.Name, path, planned.Options, run, told);
            TradeoffPoint? point = store.Find(planned);
            if (point is null)
            {
                // Runs of one seed learn the same rows.
                if (loaded.Seed != planned.Options.Seed)
                    loaded = (planned.Options.Seed, DynamicsData.Of(planned.Options));
                point = TradeoffMeasurement.Of(planned, Model.Load(path), loaded.Sets!, asked, run with { Progress = null });
                store.Add(planned, point);
            }
            points.Add(point);
            told?.Invoke(new StudyProgress("networks", points.Count, plan.Count));
        }
        return TradeoffReport.Of(asked, points, run.Seed);
    }
}
