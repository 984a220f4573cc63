namespace Crease.Lab;

/// <summary>Random changes to the images of each batch.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Largest shift along each axis in pixels, at least 0; zeros move in.</summary>
    public int Shift { get; init; }

    /// <summary>Whether each image is mirrored left to right with probability one half.</summary>
    public bool Flip { get; init; }

    /// <summary>Whether images stay as they are.</summary>
    public bool IsNone => Shift == 0 && !Flip;
}
