namespace Crease.Models;

/// <summary>What an image file says about itself.</summary>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="IsGray">Whether it has one channel.</param>
public readonly record struct ImageHeader(int Height, int Width, bool IsGray)
{
    /// <summary>Height and width, for example <c>28 x 28</c>.</summary>
    public override string ToString() => $"{Height} x {Width}";
}
