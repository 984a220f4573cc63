namespace Crease.Lab;

/// <summary>Which parts of the features are probed alone.</summary>
[Flags]
public enum ProbeAblations
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Each layer alone.</summary>
    Layers = 1,

    /// <summary>The first layers together: 1, 1 and 2, 1 to 3, ...</summary>
    First = 2,

    /// <summary>Each of the seven features alone, at all layers.</summary>
    Features = 4,

    /// <summary>All of them.</summary>
    All = Layers | First | Features,
}
