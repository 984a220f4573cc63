namespace Crease.Studio;

/// <summary>An option of a training as a field of a form.</summary>
/// <param name="Path">Its place in the options, for example <c>optimizer.rate</c>.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Kind">How it is entered.</param>
/// <param name="Help">What it does, in a sentence.</param>
internal sealed record OptionField(string Path, string Label, OptionKind Kind, string Help)
{
    /// <summary>Heading that it stands under.</summary>
    public string Group { get; init; } = "";

    /// <summary>Whether it is shown without being looked for.</summary>
    public bool IsMain { get; init; }

    /// <summary>Its unit, or null for a share or a count of nothing.</summary>
    public string? Unit { get; init; }

    /// <summary>Smallest accepted number, or null.</summary>
    public double? Low { get; init; }

    /// <summary>Largest accepted number, or null.</summary>
    public double? High { get; init; }

    /// <summary>Whether <see cref="Low"/> itself is refused.</summary>
    public bool IsLowOpen { get; init; }

    /// <summary>Whether <see cref="High"/> itself is refused.</summary>
    public bool IsHighOpen { get; init; }

    /// <summary>What stands where nothing is entered, or null where something must be.</summary>
    public string? Empty { get; init; }

    /// <summary>Which words or examples of the form it takes, or null.</summary>
    public string? Words { get; init; }

    /// <summary>Words of another field that give this one a meaning, or null where it always has one.</summary>
    public OptionCondition? When { get; init; }

    /// <summary>The word by which errors begin that speak of it.</summary>
    public string Says { get; init; } = Label.ToLowerInvariant();

    /// <summary>Another field and its words.</summary>
    internal sealed record OptionCondition(string Path, IReadOnlyList<string> Words);
}
