namespace Crease.Lab;

/// <summary>How large a share of the image a query of Square changes.</summary>
/// <remarks>Source: Andriushchenko et al. 2020, <c>andriushchenko2020square</c>, section 4; halved at fixed queries, as in AutoAttack's 5,000.</remarks>
internal static class SquareSchedule
{
    private const double First = 0.8;

    private static readonly int[] Halvings = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000];

    /// <summary>The share, in (0, 1].</summary>
    /// <param name="query">0-based query.</param>
    public static double Share(int query) => First / (1 << Halvings.Count(halving => query > halving));

    /// <summary>A window of the share's area, as square as the image allows.</summary>
    /// <param name="share">In (0, 1].</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="least">Least side, where the image has it.</param>
    public static (int Height, int Width) Window(double share, int height, int width, int least)
    {
        double area = share * height * width, side = Math.Max(Math.Round(Math.Sqrt(area)), least);
        if (side <= height && side <= width)
            return ((int)side, (int)side);
        // A side longer than the image is cut, and the other one takes what is left of the area.
        return height < width ? (height, (int)Math.Clamp(Math.Round(area / height), Math.Min(least, width), width)) : ((int)Math.Clamp(Math.Round(area / width), Math.Min(least, height), height), width);
    }
}
