using Crease.Geometry;

namespace Crease.Views;

/// <summary>Writes regions as one path per color, each region a closed part of it.</summary>
internal static class SvgRegions
{
    // Seals the seam that antialiasing leaves between neighbors; a share of a region's size, so that small ones do not swell.
    private const double WidestSeal = 0.5;
    private const double SealShare = 0.12;

    public static void Write(Utf8Sink sink, RegionsMark mark)
    {
        Partition partition = mark.Partition;
        sink.Raw("<g class=\"regions\" transform=\"scale(.01)\" stroke-linejoin=\"round\" stroke-width=\""u8);
        sink.Number(Seal(mark) * SvgPathData.Steps);
        sink.Raw("\">\n"u8);
        int[] order = mark.Coloring.Order(out int[] starts);
        for (int c = 0; c + 1 < starts.Length; c++)
        {
            if (starts[c] == starts[c + 1])
                continue;
            sink.Raw("<path fill=\""u8);
            sink.Color(mark.Coloring.Palette[c]);
            sink.Raw("\" stroke=\""u8);
            sink.Color(mark.Coloring.Palette[c]);
            sink.Raw("\" d=\""u8);
            var path = new SvgPathData(sink);
            for (int i = starts[c]; i < starts[c + 1]; i++)
                Region(ref path, partition, mark.Area, order[i]);
            sink.Raw("\"/>\n"u8);
        }
        sink.Raw("</g>\n"u8);
    }

    /// <summary>Width of the stroke that each region gets in its own color, in points.</summary>
    public static double Seal(RegionsMark mark) =>
        Math.Min(WidestSeal, SealShare * mark.Area.Scale * Math.Sqrt(mark.Partition.DomainArea / mark.Partition.RegionCount));

    private static void Region(ref SvgPathData path, Partition partition, PlotArea area, int region)
    {
        ReadOnlySpan<double> vertices = partition.Vertices;
        ReadOnlySpan<int> corners = partition.Origins[partition.FirstHalfEdges[region]..partition.FirstHalfEdges[region + 1]];
        int lastX = SvgPathData.Grid(area.X(vertices[2 * corners[0]])), lastY = SvgPathData.Grid(area.Y(vertices[2 * corners[0] + 1]));
        path.Move(lastX, lastY);
        for (int i = 1; i < corners.Length; i++)
        {
            int x = SvgPathData.Grid(area.X(vertices[2 * corners[i]])), y = SvgPathData.Grid(area.Y(vertices[2 * corners[i] + 1]));
            // Corners that fall on one grid point add nothing.
            if (x == lastX && y == lastY)
                continue;
            path.Line(x, y);
            (lastX, lastY) = (x, y);
        }
        path.Close();
    }
}
