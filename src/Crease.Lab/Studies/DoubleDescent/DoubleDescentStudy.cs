using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The study <c>double-descent</c>: test error against capacity, through the size at which the training rows are just fitted.</summary>
/// <remarks>Source: Belkin, Hsu, Ma and Mandal (<c>belkin2019reconciling</c>); where the capacity axis switches: Curth, Jeffares and van der Schaar (<c>curth2023uturn</c>).</remarks>
public sealed class DoubleDescentStudy : Study
{
    /// <inheritdoc/>
    public override string Name => "double-descent";

    /// <inheritdoc/>
    public override string Summary => "Test error against capacity: random features with fits of the smallest norm and with ridge, the exact risk of Gaussian features, and networks of one hidden layer.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Presets => ["short", "mnist"];

    /// <inheritdoc/>
    public override object Preset(string name) => name switch
    {
        "short" => new DoubleDescentOptions(),
        "mnist" => new DoubleDescentOptions
        {
            Data = "mnist/",
            Samples = 1000,
            TestSamples = 10_000,
            Sigma = 5,
            Ratios = [0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 0.9, 0.95, 0.98, 1, 1.02, 1.05, 1.4, 2, 3, 4, 10],
            SampleSizes = [200, 400, 600, 800, 900, 970, 1000, 1030, 1100, 1400, 2000, 4000],
            GaussianDraws = 3000,
            Hidden = [2, 4, 6, 8, 10, 11, 12, 13, 14, 16, 20, 30, 60, 120, 250],
        },
        _ => throw new ArgumentException($"The study {Name} has no preset '{name}'; expected {string.Join(" or ", Presets)}.", nameof(name)),
    };

    /// <inheritdoc/>
    public override StudyReport Run(object options, string folder, RunContext run, Action<StudyProgress>? told = null)
    {
        var asked = (DoubleDescentOptions)options;
        asked.Check();
        if (!LibTorchCompat.TryLoad(out string absent))
            throw new TrainingException(absent);
        var store = new DescentStore(Path.Combine(folder, "measures"));
        (IReadOnlyList<FeaturePoint> features, IReadOnlyList<FeaturePoint> sizes) = FeatureSweep.Of(asked, store, run, told);
        var results = new DescentResults
        {
            IsMnist = DescentData.IsMnist(DescentData.Rows(asked, asked.Samples, run.Seed).Test),
            Features = features,
            Sizes = sizes,
            Gaussian = GaussianSweep.Of(asked, store, run, told),
            Networks = NetworkSweep.Of(asked, folder, run, told),
        };
        return DescentReport.Of(asked, results, run.Seed);
    }
}
