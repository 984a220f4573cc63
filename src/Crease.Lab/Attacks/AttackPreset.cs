using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Published settings of projected gradient ascent; lengths are in the input units of their source.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Source">Where the settings are from, one sentence.</param>
/// <param name="Options">Steps, step size, random start, and the box where <paramref name="HasBox"/>.</param>
/// <param name="Epsilon">ε, or null where the source leaves it open.</param>
/// <param name="HasBox">Whether the box belongs to the settings; else it is that of the data.</param>
public sealed record AttackPreset(string Name, string Source, AttackOptions Options, double? Epsilon = null, bool HasBox = false)
{
    private const double Level = 1.0 / 255;

    /// <summary>All presets; a new one is a line here.</summary>
    public static ImmutableArray<AttackPreset> All { get; } =
    [
        new("torchattacks", "defaults of torchattacks.PGD for pixels in [0, 1]", new() { StepSize = 2 * Level, Steps = 10, RandomStart = true }, 8 * Level),
        new("foolbox", "defaults of Foolbox: 40 steps of 0.01/0.3 epsilon in L∞, 50 steps of 0.025 epsilon in L2", new() { RandomStart = true }),
        new("grok", "the step of 'Deep Networks Always Grok', 40 of them from the input itself: every epsilon up to 0.62 is reached", new() { StepSize = 4 * Level, Steps = 40 }),
        new("grok-mnist", "'Deep Networks Always Grok' on MNIST: 100 steps", new() { StepSize = 4 * Level, Steps = 100, RandomStart = true }),
        new("grok-code", "released code of 'Deep Networks Always Grok', in the units of normalized CIFAR", new() { StepSize = 4 * Level, Steps = 10, RandomStart = true, Box = new(-2.4291, 2.7537) }, 50 * Level, HasBox: true),
    ];

    /// <summary>The preset of a name, or null.</summary>
    /// <param name="name">Its name.</param>
    public static AttackPreset? Find(string name) => All.FirstOrDefault(preset => preset.Name == name);
}
