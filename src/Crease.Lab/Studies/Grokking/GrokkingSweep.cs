using System.Collections.Immutable;
using System.Globalization;

namespace Crease.Lab;

/// <summary>One row of the published table of effects: a setting, its values, and what growing it does to the step at which robustness comes.</summary>
/// <remarks>Source: <c>humayun2024grok</c>, table 1 and figures 13 to 18, 30 and 36. Values lie around those of the recipe, so that a smaller recipe gets a smaller sweep.</remarks>
/// <param name="Name">The word that calls it.</param>
/// <param name="Title">What grows.</param>
/// <param name="Published">Published effect of larger values on delayed robustness.</param>
/// <param name="Networks">Networks of the published row.</param>
/// <param name="Range">Values that can be asked for.</param>
/// <param name="Usual">Values where nobody names any, ascending, from the setting of the recipe.</param>
/// <param name="Change">Sets the value in a setting.</param>
internal sealed record GrokkingSweep(string Name, string Title, PublishedEffect Published, string Networks, SweepRange Range, Func<GrokkingSetting, ImmutableArray<double>> Usual, Func<GrokkingSetting, double, GrokkingSetting> Change)
{
    public static ImmutableArray<GrokkingSweep> All { get; } =
    [
        new("depth", "Linear layers", PublishedEffect.Earlier, "MLP on MNIST (2 to 6), GPT (6 to 12)", new(2, 64, true), _ => [2, 3, 4, 5, 6], (setting, value) => setting with { Depth = (int)value }),
        new("width", "Units per hidden layer", PublishedEffect.Earlier, "MLP on MNIST (20 to 2,000), ResNet (16 to 64)", new(1, 100_000, true), setting => Around(setting.Width, 0.1, 0.5, 1, 2.5, 5), (setting, value) => setting with { Width = (int)value }),
        new("batch", "Rows per step", PublishedEffect.Earlier, "MLP on MNIST (64 to 512)", new(1, 1_000_000, true), setting => Around(setting.Batch, 0.25, 0.5, 1, 2), (setting, value) => setting with { Batch = (int)value }),
        new("weight-decay", "Weight decay", PublishedEffect.Later, "MLP on MNIST, CNN (0 to 1)", new(0, 1000, false), _ => [0, 0.01, 0.1, 1], (setting, value) => setting with { WeightDecay = value }),
        new("samples", "Training rows", PublishedEffect.Earlier, "MLP on MNIST (1,000 to 60,000)", new(1, 10_000_000, true), setting => Around(setting.Samples, 0.5, 1, 2, 5), (setting, value) => setting with { Samples = (int)value }),
        new("random-labels", "Training rows with random labels", PublishedEffect.Later, "MLP on MNIST (1,000 to 60,000)", new(1, 10_000_000, true), setting => Around(setting.Samples, 0.5, 1, 2, 5), (setting, value) => setting with { Samples = (int)value, LabelNoise = 1 }),
        new("batch-norm", "Batch normalization (0 without, 1 with)", PublishedEffect.Prevents, "CNN and ResNet18 with cross-entropy", new(0, 1, true), _ => [0, 1], (setting, value) => setting with { BatchNorm = value > 0 }),
    ];

    /// <summary>The published effect in words.</summary>
    public string Effect => Published switch { PublishedEffect.Earlier => "earlier", PublishedEffect.Later => "later", _ => "does not occur, or much later" };

    /// <summary>A value as text.</summary>
    public static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static ImmutableArray<double> Around(int usual, params ReadOnlySpan<double> factors)
    {
        var values = new SortedSet<double>();
        foreach (double factor in factors)
            values.Add(Math.Max(1, Math.Round(factor * usual)));
        return [.. values];
    }
}
