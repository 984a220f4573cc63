using System.Collections.Immutable;
using Crease.Views;

namespace Crease.Lab;

/// <summary>Figures of a sweep: measures against an axis with the standard error over seeds, or heat maps over two.</summary>
public static class SweepDrawing
{
    private const int MostMeasures = 6;
    private const double WideRange = 100;
    private const string ZeroGradients = "zero_gradient_share";

    // What a figure shows where nobody says what.
    private static readonly string[] Usual = ["test_accuracy", "test_loss", "train_accuracy", "train_loss"];

    /// <summary>Refuses a view that the grid cannot have, before any training.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="view">What is to be drawn.</param>
    /// <exception cref="ArgumentException">It does not fit; the message is one line.</exception>
    public static void Check(SweepGrid grid, SweepView view)
    {
        SweepLayout.Of(grid, view);
        if (view.Measures.Length > MostMeasures)
            throw new ArgumentException($"{view.Measures.Length} measures are to be drawn; expected at most {MostMeasures}.");
    }

    /// <summary>Draws a sweep into a file; the ending decides the format.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="view">What is drawn.</param>
    /// <param name="path">A file that ends in .svg, .png or .pdf.</param>
    /// <exception cref="ArgumentException">There is nothing of that kind to draw; the message is one line.</exception>
    public static void Save(SweepResult result, SweepView view, string path)
    {
        SweepLayout layout = SweepLayout.Of(result.Grid, view);
        string[] measures = view.Measures.IsEmpty ? [.. Usual.Where(result.Measures.Contains).Take(1)] : [.. view.Measures];
        string? unknown = measures.FirstOrDefault(measure => !result.Measures.Contains(measure));
        if (unknown is not null || measures.Length == 0)
            throw new ArgumentException($"The table has no measure{(unknown is null ? "" : $" '{unknown}'")}; {(result.Measures.Count == 0 ? "no run was finished" : $"it has {string.Join(", ", result.Measures)}")}.");
        if (layout.IsHeatMap)
            HeatMaps(result, view, layout, measures).Save(path);
        else
            Curves(result, view, layout, measures).Save(path);
    }

    private static CurvesFigure Curves(SweepResult result, SweepView view, SweepLayout layout, string[] measures)
    {
        ImmutableArray<string?> panels = Values(layout.Panels), colors = Values(layout.Y);
        double[] xs = [.. layout.X.Values.Select(value => SweepAxis.Number(value)!.Value)];
        int[] order = [.. Enumerable.Range(0, xs.Length).OrderBy(i => xs[i])];
        bool isShaded = layout.Y is { IsNumeric: true };
        IEnumerable<CurvePanel> drawn =
            from measure in measures
            from panel in panels
            select new CurvePanel(Label(measure), [.. colors.Select((color, c) => Line(measure, panel, color, c)).Where(curve => curve.Ys.Any(double.IsFinite))])
            {
                Title = layout.Panels is null ? null : $"{layout.Panels.Name} {SweepAxis.Text(panel)}",
                Scale = IsWide(result, measure) ? AxisScale.Logarithmic : AxisScale.Linear,
            };
        return CurvesFigure.Of([.. drawn], CurvesFigureOptions.Default with
        {
            Title = view.Title ?? result.Grid.Name,
            Subtitle = Subtitle(result, view),
            XLabel = layout.X.Name,
            XScale = xs.Min() > 0 && (layout.X.IsLogarithmic || xs.Max() / xs.Min() >= WideRange || AreEqualFactors([.. xs.Order()])) ? AxisScale.Logarithmic : AxisScale.Linear,
            LegendLabel = layout.Y?.Name,
            Columns = panels.Length,
            Width = view.Width ?? Math.Max(CurvesFigureOptions.Default.Width, 260 * panels.Length),
            PngWidth = view.Width is int width ? width : CurvesFigureOptions.Default.PngWidth,
            Note = Audit(result, measures),
        });

        Curve Line(string measure, string? panel, string? color, int index)
        {
            double[][] found = [.. order.Select(i => Found(result, view, layout, measure, layout.X.Values[i], color, panel))];
            bool hasError = found.Any(values => values.Length > 1);
            return new Curve(layout.Y is null ? "" : SweepAxis.Text(color), [.. order.Select(i => xs[i])], [.. found.Select(Mean)])
            {
                Shade = isShaded ? Curve.ShadeOf(index, colors.Length) : null,
                ColorIndex = index,
                HalfWidths = hasError ? [.. found.Select(values => values.Length > 1 ? StandardError.Of(values) : double.NaN)] : null,
            };
        }
    }

    private static MatrixFigure HeatMaps(SweepResult result, SweepView view, SweepLayout layout, string[] measures)
    {
        ImmutableArray<string?> panels = Values(layout.Panels), rows = Values(layout.Y);
        IEnumerable<MatrixPanel> drawn =
            from measure in measures
            from panel in panels
            select new MatrixPanel(
                layout.Panels is null ? Label(measure) : $"{Label(measure)}, {layout.Panels.Name} {SweepAxis.Text(panel)}", layout.Y?.Name ?? "", layout.X.Name,
                [.. rows.Select(value => layout.Y is null ? "" : SweepAxis.Text(value))], [.. layout.X.Values.Select(SweepAxis.Text)],
                [.. from row in rows from column in layout.X.Values select Mean(Found(result, view, layout, measure, column, row, panel))])
            { ValueLabel = Label(measure) };
        MatrixFigureOptions options = MatrixFigureOptions.Default with { Title = view.Title ?? result.Grid.Name, Subtitle = Subtitle(result, view), Note = Audit(result, measures) };
        return MatrixFigure.Of([.. drawn], view.Width is int width ? options with { Width = width, PngWidth = width } : options);
    }

    private static ImmutableArray<string?> Values(SweepAxis? axis) => axis?.Values ?? [null];

    private static double[] Found(SweepResult result, SweepView view, SweepLayout layout, string measure, string? x, string? y, string? panel) =>
    [
        .. result.Rows.Where(row => layout.Matches(row.Run.Point, view, x, y, panel) && row.Values.ContainsKey(measure)).Select(row => row.Values[measure]),
    ];

    private static double Mean(double[] values) => values.Length == 0 ? double.NaN : values.Average();

    private static bool IsWide(SweepResult result, string measure)
    {
        double[] values = [.. result.Rows.Where(row => row.Values.ContainsKey(measure)).Select(row => row.Values[measure])];
        return values.Length > 0 && values.Min() > 0 && values.Max() / values.Min() > WideRange;
    }

    private static bool AreEqualFactors(double[] ascending) => ascending.Length > 2 && Enumerable.Range(2, ascending.Length - 2).All(i => Math.Abs(ascending[i] * ascending[i - 2] / (ascending[i - 1] * ascending[i - 1]) - 1) < 1e-6);

    private static string Subtitle(SweepResult result, SweepView view)
    {
        int seeds = result.Rows.Select(row => row.Run.Point.Seed).Distinct().Count();
        string held = string.Concat(view.At.Select(item => $", {item.Key} {item.Value}"));
        string failed = result.Failed > 0 ? FormattableString.Invariant($"; {result.Failed} of {result.Rows.Count} runs failed and are left out") : "";
        return (seeds > 1 ? FormattableString.Invariant($"Mean over {seeds} seeds") : "One seed") + (seeds > 1 && !view.IsHeatMap ? ", bands: standard error" : "") + held + failed;
    }

    // Runs are attacked without an audit; the largest budget that is shown decides.
    private static string? Audit(SweepResult result, string[] measures)
    {
        double[] epsilons = [.. measures.Select(SweepMeasures.Budget).OfType<double>()];
        double[] zeros = [.. result.Rows.Where(row => row.Values.ContainsKey(ZeroGradients)).Select(row => row.Values[ZeroGradients])];
        return epsilons.Length == 0 ? null
            : AuditCaption.NotRun(FormattableString.Invariant($"crease attack RUN --data DATA --norm {new DynamicsOptions().Norm} --epsilon {epsilons.Max():G4} --audit"), zeros.Length == 0 ? null : zeros.Max());
    }

    private static string Label(string measure) => measure.Replace('_', ' ');
}
