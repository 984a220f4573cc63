namespace Crease.Views;

/// <summary>Six shapes of about one area, so that labels differ where colors cannot be told apart.</summary>
internal static class PointShape
{
    /// <summary>A marker.</summary>
    /// <param name="label">Index of the label, which chooses color and shape.</param>
    /// <param name="x">Center.</param>
    /// <param name="y">Center.</param>
    /// <param name="radius">Radius of the disc that the others are as large as.</param>
    public static Mark Of(int label, double x, double y, double radius)
    {
        uint fill = Palettes.Class(label % 24);
        return (label % 6) switch
        {
            0 => new DiscMark(x, y, radius, fill, PartitionDrawing.Ink, 0.5),
            1 => Polygon([-0.89, -0.89, 0.89, -0.89, 0.89, 0.89, -0.89, 0.89]),
            2 => Polygon([0, -1.4, 1.3, 0.85, -1.3, 0.85]),
            3 => Polygon([0, -1.3, 1.3, 0, 0, 1.3, -1.3, 0]),
            4 => Polygon([0, 1.4, 1.3, -0.85, -1.3, -0.85]),
            _ => Polygon([-0.42, -1.25, 0.42, -1.25, 0.42, -0.42, 1.25, -0.42, 1.25, 0.42, 0.42, 0.42, 0.42, 1.25, -0.42, 1.25, -0.42, 0.42, -1.25, 0.42, -1.25, -0.42, -0.42, -0.42]),
        };

        PolygonMark Polygon(double[] points) => new([.. points.Select((at, i) => (i % 2 == 0 ? x : y) + radius * at)], fill, PartitionDrawing.Ink, 0.5);
    }
}
