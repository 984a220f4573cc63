namespace Crease.Studio.Tests;

/// <summary>Colors that the page must show, 0xRRGGBB, as its figures and style sheet name them.</summary>
internal static class Palette
{
    /// <summary>Light and dark end of the scale of slopes and areas.</summary>
    public const int Steepest = 0xfde725, Flattest = 0x3b528a;

    /// <summary>Paper of the two themes.</summary>
    public const int Light = 0xfbfaf8, Dark = 0x14161a;

    /// <summary>The first two lines of a chart.</summary>
    public const int FirstLine = 0x0072b2;

    /// <summary>The first two classes, a fifth of white in them.</summary>
    public static ReadOnlySpan<int> Classes => [0x78c3ed, 0xebb233];
}
