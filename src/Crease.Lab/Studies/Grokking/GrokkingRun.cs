namespace Crease.Lab;

/// <summary>What a run of the study is for.</summary>
internal enum GrokkingRole
{
    /// <summary>A published recipe.</summary>
    Recipe,

    /// <summary>The recipe with batch normalization.</summary>
    Control,

    /// <summary>One value of a sweep.</summary>
    Sweep,
}

/// <summary>One training of the study.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Title">What is special about it, in words.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Setting">What differs between runs.</param>
/// <param name="Options">Options of the training.</param>
internal sealed record GrokkingRun(string Name, string Title, GrokkingRole Role, GrokkingSetting Setting, TrainingOptions Options)
{
    /// <summary>The sweep it belongs to, or null.</summary>
    public GrokkingSweep? Sweep { get; init; }

    /// <summary>Its value in the sweep.</summary>
    public double Value { get; init; }
}
