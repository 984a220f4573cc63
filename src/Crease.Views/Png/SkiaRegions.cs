using Crease.Geometry;
using SkiaSharp;

namespace Crease.Views;

/// <summary>Fills regions with Skia without seams between neighbors.</summary>
internal static class SkiaRegions
{
    public static void Paint(RegionsMark mark, SKCanvas canvas, bool raster)
    {
        int[] order = mark.Coloring.Order(out int[] starts);
        using var paint = new SKPaint { IsAntialias = false, Style = SKPaintStyle.Fill };
        if (!raster)
        {
            (paint.IsAntialias, paint.Style, paint.StrokeWidth) = (true, SKPaintStyle.StrokeAndFill, (float)SvgRegions.Seal(mark));
            paint.StrokeJoin = SKStrokeJoin.Round;
        }
        All(mark, canvas, paint, order, starts);
        if (!raster)
            return;
        // Hard edges first leave no gap; smooth ones on top then blend a region with its neighbor instead of with the page.
        paint.IsAntialias = true;
        All(mark, canvas, paint, order, starts);
    }

    private static void All(RegionsMark mark, SKCanvas canvas, SKPaint paint, int[] order, int[] starts)
    {
        Partition partition = mark.Partition;
        ReadOnlySpan<double> vertices = partition.Vertices;
        using var path = new SKPath();
        for (int c = 0; c + 1 < starts.Length; c++)
        {
            paint.Color = SkiaPainter.Color(mark.Coloring.Palette[c]);
            for (int i = starts[c]; i < starts[c + 1]; i++)
            {
                ReadOnlySpan<int> corners = partition.Origins[partition.FirstHalfEdges[order[i]]..partition.FirstHalfEdges[order[i] + 1]];
                path.Rewind();
                path.MoveTo((float)mark.Area.X(vertices[2 * corners[0]]), (float)mark.Area.Y(vertices[2 * corners[0] + 1]));
                for (int k = 1; k < corners.Length; k++)
                    path.LineTo((float)mark.Area.X(vertices[2 * corners[k]]), (float)mark.Area.Y(vertices[2 * corners[k] + 1]));
                path.Close();
                canvas.DrawPath(path, paint);
            }
        }
    }
}
