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
/// <param name="Name">What tables and figures call it.</param>
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

    /// <summary>Number of classes.</summary>
    public int Classes { get; init; }

    /// <summary>Name of the folder of the training; runs of several sweeps share that of the recipe.</summary>
    public string Folder { get; init; } = Name;

    /// <summary>Whether training rows are attacked, because nothing can be learned about test rows.</summary>
    public bool AttacksTraining => Setting.LabelNoise > 0;
}
