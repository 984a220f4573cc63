using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The study <c>spline-fit</c>: perceptrons and one-block transformers learn a curve, and the regions along it are counted.</summary>
/// <remarks>Source: Cosentino and Shekkizhar (<c>cosentino2024reasoning</c>), figures of the toy networks.</remarks>
public sealed class SplineFitStudy : Study
{
    /// <inheritdoc/>
    public override string Name => "spline-fit";

    /// <inheritdoc/>
    public override string Summary => "A curve learned by perceptrons and by transformers of one block: regions along it against units, heads and context.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Presets => ["short", "full"];

    /// <inheritdoc/>
    public override object Preset(string name) => name switch
    {
        "short" => new SplineFitOptions(),
        "full" => new SplineFitOptions { Repeats = 10, Steps = 6000 },
        _ => throw new ArgumentException($"The study {Name} has no preset '{name}'; expected {string.Join(" or ", Presets)}.", nameof(name)),
    };

    /// <inheritdoc/>
    public override StudyReport Run(object options, string folder, RunContext run, Action<StudyProgress>? told = null)
    {
        var asked = (SplineFitOptions)options;
        asked.Check();
        if (!LibTorchCompat.TryLoad(out string absent))
            throw new TrainingException(absent);
        (int Units, int Heads, int Context, int Repeat)[] plan = [.. Plan(asked)];
        var fits = new CurveFit[plan.Length];
        var store = new CurveFitStore(Path.Combine(folder, "fits"));
        int done = 0;
        var one = new Lock();
        Workers.For(plan.Length, run.Threads, i =>
        {
            run.Cancellation.ThrowIfCancellationRequested();
            (int units, int heads, int context, int repeat) = plan[i];
            CurveFit? fit = store.Find(asked, units, heads, context, repeat, run.Seed);
            if (fit is null)
            {
                fit = CurveFitter.Of(asked, units, heads, context, repeat, run);
                store.Add(asked, fit, run.Seed);
            }
            lock (one)
            {
                fits[i] = fit;
                told?.Invoke(new StudyProgress("fits", ++done, plan.Length));
            }
        });
        return SplineFitReport.Of(asked, fits, run.Seed);
    }

    private static IEnumerable<(int, int, int, int)> Plan(SplineFitOptions asked)
    {
        for (int repeat = 0; repeat < asked.Repeats; repeat++)
        {
            foreach (double units in asked.Units)
                yield return ((int)units, 0, 0, repeat);
            foreach (double heads in asked.Heads)
            {
                foreach (double context in asked.Contexts)
                    yield return (asked.Gates, (int)heads, (int)context, repeat);
            }
        }
    }
}
