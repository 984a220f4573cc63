namespace Crease.Views;

/// <summary>Widths that figures accept, whatever they show.</summary>
internal static class FigureSize
{
    /// <summary>Adds a fault for each width out of range.</summary>
    /// <param name="faults">Where faults go.</param>
    /// <param name="width">Width of the whole figure.</param>
    /// <param name="pngWidth">Width of a PNG in pixels.</param>
    public static void Check(List<string> faults, double width, int pngWidth)
    {
        if (!(width is >= 300 and <= 10_000))
            faults.Add($"'Width' is {width}; expected a number in [300, 10000].");
        if (pngWidth is < 16 or > 16_384)
            faults.Add($"'PngWidth' is {pngWidth}; expected an integer in [16, 16384].");
    }
}
