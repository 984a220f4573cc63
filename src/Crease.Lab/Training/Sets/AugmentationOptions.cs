namespace Crease.Lab;

/// <summary>Random changes to the inputs of each batch.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Largest shift of an image along each axis in pixels, at least 0; zeros move in.</summary>
    public int Shift { get; init; }

    /// <summary>Whether each image is mirrored left to right with probability one half.</summary>
    public bool Flip { get; init; }

    /// <summary>Standard deviation of the Gaussian noise that is added to every number of an input, in input units, at least 0.</summary>
    public double Noise { get; init; }

    /// <summary>Whether inputs stay as they are.</summary>
    public bool IsNone => !ChangesImages && Noise == 0;

    /// <summary>Whether inputs must be images.</summary>
    internal bool ChangesImages => Shift != 0 || Flip;
}
