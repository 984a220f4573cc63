namespace Crease.Views;

/// <summary>A curve as lines, lone points and bands inside its panel, thinned to what a page resolves.</summary>
internal static class CurveLines
{
    // Points of the page in which only the extremes of a curve are kept.
    private const double Column = 0.25;

    /// <summary>The curve between its gaps, not yet cut: x, y, x, y, ... in points of the figure.</summary>
    public static List<double[]> Runs(Curve curve, CurveArea area, double offset)
    {
        var runs = new List<double[]>();
        var run = new List<(double X, double Y)>();
        for (int i = 0; i <= curve.Xs.Count; i++)
        {
            double x = double.NaN, y = double.NaN;
            if (i < curve.Xs.Count)
                (x, y) = (area.X(curve.Xs[i] + offset), area.Y(curve.Ys[i]));
            if (!double.IsNaN(x) && !double.IsNaN(y))
            {
                run.Add((x, y));
                continue;
            }
            if (run.Count > 0)
                runs.Add(Thinned(run));
            run.Clear();
        }
        return runs;
    }

    /// <summary>The parts of the lines inside the panel, and the points that have no neighbor.</summary>
    public static (Polylines Lines, List<(double X, double Y)> Lone) Cut(List<double[]> runs, CurveArea area)
    {
        var lines = new Polylines();
        var lone = new List<(double, double)>();
        foreach (double[] run in runs)
        {
            if (run.Length == 2 && area.Holds(run[0], run[1]))
                lone.Add((run[0], run[1]));
            bool isOpen = false;
            for (int k = 2; k < run.Length; k += 2)
            {
                if (area.Cut(run[k - 2], run[k - 1], run[k], run[k + 1]) is not var (x0, y0, x1, y1))
                {
                    isOpen = false;
                    continue;
                }
                if (!isOpen || x0 != run[k - 2] || y0 != run[k - 1])
                    lines.Begin(x0, y0);
                lines.Add(x1, y1);
                isOpen = x1 == run[k] && y1 == run[k + 1];
            }
        }
        return (lines, lone);
    }

    /// <summary>Closed polygons of the band between its gaps, cut at the edges of the panel.</summary>
    public static List<double[]> Bands(Curve curve, CurveArea area, double offset)
    {
        var bands = new List<double[]>();
        var run = new List<(double X, double Upper, double Lower)>();
        for (int i = 0; i <= curve.Xs.Count && curve.HalfWidths is not null; i++)
        {
            double x = double.NaN, upper = double.NaN, lower = double.NaN;
            if (i < curve.Xs.Count && curve.HalfWidths[i] >= 0 && curve.Below(i) >= 0 && CurveAxis.IsPlace(area.Vertical.Scale, curve.Ys[i]))
            {
                x = area.X(curve.Xs[i] + offset);
                upper = area.Y(curve.Ys[i] + curve.HalfWidths[i]);
                lower = area.Y(curve.Ys[i] - curve.Below(i));
                // On a logarithmic axis a band that reaches 0 has no lower end.
                lower = double.IsNaN(lower) ? area.Bottom : lower;
            }
            if (!double.IsNaN(x) && !double.IsNaN(upper))
            {
                Widen(run, x, upper, Math.Max(lower, upper));
                continue;
            }
            if (run.Count > 1 && CurveClip.Polygon(run, area) is { Length: >= 6 } polygon)
                bands.Add(polygon);
            run.Clear();
        }
        return bands;
    }

    private static double[] Thinned(List<(double X, double Y)> run)
    {
        var kept = new List<double>();
        for (int start = 0, end; start < run.Count; start = end)
        {
            double column = Math.Floor(run[start].X / Column);
            (int least, int most) = (start, start);
            for (end = start; end < run.Count && Math.Floor(run[end].X / Column) == column; end++)
            {
                least = run[end].Y < run[least].Y ? end : least;
                most = run[end].Y > run[most].Y ? end : most;
            }
            int last = -1;
            foreach (int i in (ReadOnlySpan<int>)[start, Math.Min(least, most), Math.Max(least, most), end - 1])
            {
                if (i == last)
                    continue;
                kept.Add(run[i].X);
                kept.Add(run[i].Y);
                last = i;
            }
        }
        return [.. kept];
    }

    // Stations of one column become its first and last, each with the extremes of the column.
    private static void Widen(List<(double X, double Upper, double Lower)> run, double x, double upper, double lower)
    {
        int last = run.Count - 1;
        if (last >= 1 && Math.Floor(run[last].X / Column) == Math.Floor(x / Column) && Math.Floor(run[last - 1].X / Column) == Math.Floor(x / Column))
        {
            (upper, lower) = (Math.Min(upper, run[last].Upper), Math.Max(lower, run[last].Lower));
            run[last - 1] = (run[last - 1].X, Math.Min(upper, run[last - 1].Upper), Math.Max(lower, run[last - 1].Lower));
            run[last] = (x, run[last - 1].Upper, run[last - 1].Lower);
            return;
        }
        run.Add((x, upper, lower));
    }
}
