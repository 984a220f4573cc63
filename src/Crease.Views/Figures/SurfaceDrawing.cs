using System.Globalization;
using Crease.Geometry;
using Crease.Networks;

namespace Crease.Views;

/// <summary>Lays a level set out as a figure: the far edges of the box, triangles from far to near, the near edges, axes.</summary>
internal static class SurfaceDrawing
{
    private const uint Front = 0x4C8FCC, Back = 0xE0913A;
    private const double Width = 760, Margin = 74, Top = 74;

    public static Figure Of(IsoSurface surface, string title)
    {
        SpaceView view = SpaceView.Of(surface.Slice, Width, Margin, Top);
        string subtitle = Subtitle(surface);
        var marks = new List<Mark>
        {
            new TextMark(24, 30, FigureFrame.Fit(title, Width - 48, 17), 17, PartitionDrawing.Ink) { Bold = true },
            new TextMark(24, 50, FigureFrame.Fit(subtitle, Width - 48, 12.5), 12.5, PartitionDrawing.Gray),
        };
        marks.Add(new LinesMark("box-far", view.Edges(isNear: false), PartitionDrawing.Gray, 0.7, 1));
        AddTriangles(marks, surface, view);
        marks.Add(new LinesMark("box-near", view.Edges(isNear: true), PartitionDrawing.Gray, 0.7, 0.55));
        view.AddAxes(marks, AxisNames(surface.Slice));
        return new Figure(Width, view.Bottom + Margin, title, subtitle, marks);
    }

    private static string Subtitle(IsoSurface surface)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"output {surface.Output} = {surface.Level:G4}: {PartitionDrawing.Count(surface.PolygonCount)} faces, area {Ticks.Significant(surface.Area)}");
        if (surface.Genus is int genus)
            text += $", {PartitionDrawing.Count(surface.Components)} closed piece{(surface.Components == 1 ? "" : "s")} of genus {genus}";
        return surface.Status == Numerics.Status.Complete ? text : text + " (incomplete)";
    }

    private static (string, string, string) AxisNames(Slice slice) =>
        slice.Inputs == 3 && slice.Origin is [0, 0, 0] && slice.Directions is [1, 0, 0, 0, 1, 0, 0, 0, 1] ? ("x1", "x2", "x3") : ("s", "t", "u");

    private static void AddTriangles(List<Mark> marks, IsoSurface surface, SpaceView view)
    {
        ReadOnlySpan<int> triangles = surface.Triangles;
        var order = new int[surface.TriangleCount];
        var depths = new double[order.Length];
        for (int t = 0; t < order.Length; t++)
        {
            order[t] = t;
            for (int i = 0; i < 3; i++)
                depths[t] += SpaceView.Depth(surface.Vertices.Slice(3 * triangles[3 * t + i], 3));
        }
        Array.Sort(depths, order);
        foreach (int t in order)
        {
            ReadOnlySpan<double> a = surface.Vertices.Slice(3 * triangles[3 * t], 3), b = surface.Vertices.Slice(3 * triangles[3 * t + 1], 3), c = surface.Vertices.Slice(3 * triangles[3 * t + 2], 3);
            uint color = Shade(a, b, c);
            (double ax, double ay) = view.Project(a);
            (double bx, double by) = view.Project(b);
            (double cx, double cy) = view.Project(c);
            // A hair of the same color closes the seams that antialiasing leaves.
            marks.Add(new PolygonMark([ax, ay, bx, by, cx, cy], color, color, 0.35));
        }
    }

    private static uint Shade(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c)
    {
        double ux = b[0] - a[0], uy = b[1] - a[1], uz = b[2] - a[2], vx = c[0] - a[0], vy = c[1] - a[1], vz = c[2] - a[2];
        double x = uy * vz - uz * vy, y = uz * vx - ux * vz, z = ux * vy - uy * vx, length = Math.Sqrt(x * x + y * y + z * z);
        if (length == 0)
            return Front;
        double[] normal = [x / length, y / length, z / length];
        bool isBack = SpaceView.Depth(normal) < 0;
        double light = Math.Abs(SpaceView.Light(normal)), factor = 0.38 + 0.72 * light;
        uint color = isBack ? Back : Front;
        return Channel(color >> 16, factor) << 16 | Channel(color >> 8 & 255, factor) << 8 | Channel(color & 255, factor);
    }

    private static uint Channel(uint value, double factor) => (uint)Math.Clamp(value * factor, 0, 255);
}
