using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>One row of the published table of effects: a setting, its values, and what growing it does to the step at which robustness comes.</summary>
/// <remarks>Source: <c>humayun2024grok</c>, table 1 and figures 13 to 18, 30 and 36.</remarks>
/// <param name="Name">The word that calls it.</param>
/// <param name="Title">What grows.</param>
/// <param name="Values">Values of the setting, ascending.</param>
/// <param name="Published">Effect of larger values on delayed robustness: -1 earlier, 1 later, 2 does not occur or is much delayed.</param>
/// <param name="Change">Sets the value in the options of a run.</param>
internal sealed record GrokkingSweep(string Name, string Title, ImmutableArray<double> Values, int Published, Func<GrokkingSetting, double, GrokkingSetting> Change)
{
    public static ImmutableArray<GrokkingSweep> All { get; } =
    [
        new("depth", "Linear layers", [2, 3, 4, 5, 6], -1, (setting, value) => setting with { Depth = (int)value }),
        new("width", "Units per hidden layer", [20, 100, 200, 500, 1000], -1, (setting, value) => setting with { Width = (int)value }),
        new("batch", "Rows per step", [64, 128, 256, 512], -1, (setting, value) => setting with { Batch = (int)value }),
        new("weight-decay", "Weight decay", [0, 0.01, 0.1, 1], 1, (setting, value) => setting with { WeightDecay = value }),
        new("samples", "Training rows", [500, 1000, 2000, 5000], -1, (setting, value) => setting with { Samples = (int)value }),
        new("random-labels", "Training rows with random labels", [500, 1000, 2000, 5000], 1, (setting, value) => setting with { Samples = (int)value, LabelNoise = 1 }),
        new("batch-norm", "Batch normalization (0 without, 1 with)", [0, 1], 2, (setting, value) => setting with { BatchNorm = value > 0 }),
    ];

    /// <summary>The published effect in words.</summary>
    public string Effect => Published switch { -1 => "earlier", 1 => "later", _ => "does not occur, or much later" };
}

/// <summary>What a sweep changes from run to run.</summary>
internal sealed record GrokkingSetting(int Depth, int Width, int Batch, double WeightDecay, int Samples, double LabelNoise, bool BatchNorm, double InitScale);
