namespace Crease.Views;

/// <summary>Where panels, numbers and names of axes go.</summary>
internal sealed class CurvesLayout
{
    private const double LabelRoom = 22, NumberGap = 14, EdgeRoom = 12, RightMargin = 22, LeastPanel = 40;

    private readonly IReadOnlyList<CurvePanel> _panels;
    private readonly CurvesFigureOptions _options;

    public CurvesLayout(IReadOnlyList<CurvePanel> panels, CurvesFigureOptions options)
    {
        (_panels, _options) = (panels, options);
        IsGrid = options.Columns > 1;
        HasOneLabel = IsGrid && panels.All(panel => panel.Label == panels[0].Label);
        bool sharesY = HasOneLabel && options.SharesY && panels.All(panel => panel.Scale == panels[0].Scale);
        Horizontal = CurveAxis.Of(options.XScale, options.XRange, Xs(), 0.02) with { IsWhole = options.XIsWhole };
        CurveAxis? common = sharesY && panels.All(panel => panel.Range is null) ? CurveAxis.Of(panels[0].Scale, null, panels.SelectMany(Ys), 0.05) : null;
        Verticals = [.. panels.Select(panel => common ?? CurveAxis.Of(panel.Scale, panel.Range, Ys(panel), 0.05))];
        HasOneAxis = IsGrid && Verticals.All(axis => axis == Verticals[0]);
        // Ticks depend on the height, and that on the width that numbers leave: the numbers of a middling height decide.
        double numbers = Verticals.SelectMany(axis => axis.Ticks(5).Major).Select(tick => FigureFrame.WidthOf(tick.Label, CurvePanelDrawing.LabelSize)).DefaultIfEmpty(0).Max() + NumberGap;
        ColumnGap = HasOneAxis ? 18 : numbers + (HasOneLabel ? 8 : LabelRoom);
        Left = EdgeRoom + LabelRoom + numbers;
        PanelWidth = Math.Max(LeastPanel, (options.Width - Left - RightMargin - (options.Columns - 1) * ColumnGap) / options.Columns);
        PanelHeight = options.PanelHeight ?? (IsGrid ? Math.Clamp(0.72 * PanelWidth, 90, 420) : Math.Clamp(PanelWidth * (panels.Count switch { 1 => 0.56, 2 => 0.36, _ => 0.27 }), 110, 640));
    }

    public bool IsGrid { get; }

    /// <summary>Whether one name of the vertical axis stands for the whole grid.</summary>
    public bool HasOneLabel { get; }

    /// <summary>Whether numbers in the first column do for all.</summary>
    public bool HasOneAxis { get; }

    public CurveAxis Horizontal { get; }

    public CurveAxis[] Verticals { get; }

    public double Left { get; }

    public double PanelWidth { get; }

    public double PanelHeight { get; }

    public double ColumnGap { get; }

    public int Rows => (_panels.Count + _options.Columns - 1) / _options.Columns;

    public double Right => LeftOf(Math.Min(_options.Columns, _panels.Count) - 1) + PanelWidth;

    public double LeftOf(int column) => Left + column * (PanelWidth + ColumnGap);

    /// <summary>Whether no panel stands below it.</summary>
    public bool IsLowest(int panel) => panel + _options.Columns >= _panels.Count;

    private IEnumerable<double> Xs() => _panels.SelectMany(panel => panel.Curves)
        .SelectMany(curve => curve.Xs.Where((_, i) => double.IsFinite(curve.Ys[i])))
        .Concat(_options.Marks.Select(mark => mark.X)).Select(x => x + _options.XOffset);

    // With the ends of bands; those of points that are not drawn do not count.
    private IEnumerable<double> Ys(CurvePanel panel)
    {
        foreach (Curve curve in panel.Curves)
        {
            for (int i = 0; i < curve.Ys.Count; i++)
            {
                if (!Horizontal.Holds(curve.Xs[i] + _options.XOffset) || !double.IsFinite(curve.Ys[i]))
                    continue;
                yield return curve.Ys[i];
                if (curve.HalfWidths is not null && curve.HalfWidths[i] >= 0 && double.IsFinite(curve.HalfWidths[i]) && double.IsFinite(curve.Below(i)))
                {
                    yield return curve.Ys[i] - curve.Below(i);
                    yield return curve.Ys[i] + curve.HalfWidths[i];
                }
            }
        }
    }
}
