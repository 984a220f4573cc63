namespace Crease.Views;

/// <summary>Lays curves out as a figure: title, legend, texts of marks, panels row by row, names of axes.</summary>
internal static class CurvesDrawing
{
    private const double NameSize = 12.5, TitleSize = 12.5, RowGap = 20, GridGap = 26;

    public static Figure Of(IReadOnlyList<CurvePanel> panels, CurvesFigureOptions options)
    {
        var layout = new CurvesLayout(panels, options);
        var marks = new List<Mark>();
        double y = AddTitle(marks, options, layout.Left) + 10, width = layout.Right - layout.Left;
        CurveLegend? shared = options.LegendPerPanel ? null : CurveLegend.Shared(panels, layout.IsGrid);
        if (shared is { IsEmpty: false })
            y += shared.Add(marks, layout.Left, y, width, options.LegendLabel) + 4;
        double first = double.NaN, bottom = y;
        for (int row = 0; row < layout.Rows; row++)
        {
            int[] inRow = [.. Enumerable.Range(row * options.Columns, Math.Min(options.Columns, panels.Count - row * options.Columns))];
            y += row == 0 ? 0 : layout.IsGrid ? GridGap : RowGap;
            if (inRow.Any(p => !string.IsNullOrEmpty(panels[p].Title)))
                y += TitleSize + 6;
            double titles = y - 6;
            CurveLegend?[] own = [.. inRow.Select(p => shared is null ? CurveLegend.Of([panels[p]]) : null)];
            double legends = own.Max(legend => legend?.Height(layout.PanelWidth, options.LegendLabel) ?? 0), legendTop = y;
            y += legends;
            CurveMarkLabels[] labels = [.. inRow.Where(_ => row == 0).Select(p => Labels(Area(p)))];
            y += labels.Select(label => label.Height).DefaultIfEmpty(0).Max();
            first = row == 0 ? y : first;
            for (int i = 0; i < inRow.Length; i++)
            {
                int p = inRow[i];
                CurveArea area = Area(p);
                if (panels[p].Title is { Length: > 0 } title)
                    marks.Add(new TextMark(area.Left, titles, FigureFrame.Fit(title, area.Width, TitleSize), TitleSize, PartitionDrawing.Ink) { Bold = true });
                if (own[i] is { IsEmpty: false } legend)
                    legend.Add(marks, area.Left, legendTop, layout.PanelWidth, options.LegendLabel);
                if (row == 0)
                    labels[i].Add(marks, area.Top);
                new CurvePanelDrawing(marks, area, options).Add(panels[p], p, (layout.IsLowest(p), !layout.HasOneAxis || i == 0));
                if (!layout.HasOneLabel)
                    AddName(marks, panels[p].Label, area.Left - layout.Left + 22, area.Top, area.Bottom);
                if (layout.IsLowest(p) && !layout.IsGrid)
                    AddXName(marks, options.XLabel, area.Left, area.Right, area.Bottom);
            }
            y += layout.PanelHeight;
            bottom = y;
        }
        if (layout.HasOneLabel)
            AddName(marks, panels[0].Label, 22, first, bottom);
        if (layout.IsGrid)
            AddXName(marks, options.XLabel, layout.Left, layout.Right, bottom);
        string described = options.Title ?? string.Join(", ", panels.Select(panel => panel.Title ?? panel.Label).Distinct().Take(4)) + " over " + options.XLabel;
        return new Figure(options.Width, bottom + 52, described, options.Subtitle ?? $"{panels.Sum(panel => panel.Curves.Count)} curves in {panels.Count} panels over {options.XLabel}", marks);

        CurveArea Area(int panel) =>
            new(layout.LeftOf(panel % options.Columns), y, layout.PanelWidth, layout.PanelHeight, layout.Horizontal, layout.Verticals[panel]);

        CurveMarkLabels Labels(CurveArea area) => new(
            options.Marks.Where(mark => area.Horizontal.Holds(mark.X + options.XOffset)).Select(mark => (area.X(mark.X + options.XOffset), mark.Text)), area.Left, area.Right + 10);
    }

    private static double AddTitle(List<Mark> marks, CurvesFigureOptions options, double left)
    {
        double y = 8;
        if (!string.IsNullOrEmpty(options.Title))
            marks.Add(new TextMark(left, y += 20, FigureFrame.Fit(options.Title, options.Width - left - 16, 16), 16, PartitionDrawing.Ink) { Bold = true });
        if (!string.IsNullOrEmpty(options.Subtitle))
            marks.Add(new TextMark(left, y += 18, FigureFrame.Fit(options.Subtitle, options.Width - left - 16, NameSize), NameSize, PartitionDrawing.Gray));
        return y;
    }

    private static void AddName(List<Mark> marks, string name, double x, double top, double bottom) =>
        marks.Add(new TextMark(x, (top + bottom) / 2, FigureFrame.Fit(name, bottom - top + 16, NameSize), NameSize, PartitionDrawing.Ink, TextAnchor.Middle) { Upward = true });

    private static void AddXName(List<Mark> marks, string name, double left, double right, double bottom) =>
        marks.Add(new TextMark((left + right) / 2, bottom + 40, FigureFrame.Fit(name, right - left + 16, NameSize), NameSize, PartitionDrawing.Ink, TextAnchor.Middle));
}
