using System.Globalization;

namespace Crease.Views;

/// <summary>A picture of a tangent kernel: the matrix sorted by class, its spectrum, and its drift over a training.</summary>
/// <remarks>The same picture and options give the same bytes. Matrices of more than 200 rows are shown by means over blocks of rows.</remarks>
public sealed class KernelFigure
{
    private const string Drawn = "a kernel is drawn";
    private const int MostCells = 200;

    private readonly KernelPicture _picture;
    private readonly MatrixFigureOptions _options;

    private KernelFigure(KernelPicture picture, MatrixFigureOptions options) => (_picture, _options) = (picture, options);

    /// <summary>A figure.</summary>
    /// <param name="picture">What is shown.</param>
    /// <param name="options">Title and size; null for <see cref="MatrixFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">The kernel is not square and finite, there are not as many labels as rows, or the size is out of range.</exception>
    public static KernelFigure Of(KernelPicture picture, MatrixFigureOptions? options = null)
    {
        options ??= MatrixFigureOptions.Default;
        var faults = new List<string>();
        FigureSize.Check(faults, options.Width, options.PngWidth);
        if (picture.Kernel.Rows != picture.Kernel.Columns || !picture.Kernel.IsFinite)
            faults.Add($"'{nameof(picture.Kernel)}' has shape [{picture.Kernel.Rows}, {picture.Kernel.Columns}]{(picture.Kernel.IsFinite ? "" : " and holds numbers that are not finite")}; expected a square matrix of finite numbers.");
        if (picture.Labels is not null && picture.Labels.Count != picture.Kernel.Rows)
            faults.Add($"'{nameof(picture.Labels)}' has {picture.Labels.Count} entries; expected one per row ({picture.Kernel.Rows}).");
        return faults.Count > 0 ? throw new ArgumentException(string.Join(' ', faults)) : new KernelFigure(picture, options);
    }

    /// <summary>Writes the figure to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; its ending (<c>.svg</c>, <c>.png</c>, <c>.pdf</c>) decides the format.</param>
    /// <exception cref="ArgumentException">The ending is none of these.</exception>
    public void Save(string path) => StaticFigure.Save(path, Drawn, _options.PngWidth, Drawing);

    /// <summary>Writes the figure to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go.</param>
    /// <param name="format">SVG, PNG or PDF.</param>
    /// <exception cref="ArgumentException">The format is another one.</exception>
    public void Write(Stream stream, FigureFormat format) => StaticFigure.Write(stream, format, Drawn, _options.PngWidth, Drawing);

    internal Figure Drawing()
    {
        var figures = new List<Figure> { MatrixDrawing.Of([Matrix()], _options) };
        if (_picture.Spectra.Any(spectrum => spectrum.Values.Any(value => value > 0)))
            figures.Add(Spectrum());
        figures.AddRange(_picture.Panels.Select(Panel));
        if (_picture.Steps.Count > 1)
            figures.Add(Drift());
        return StackedDrawing.Of(figures);
    }

    private MatrixPanel Matrix()
    {
        int size = _picture.Kernel.Rows, cells = Math.Min(size, MostCells);
        int[] order = [.. Enumerable.Range(0, size)];
        if (_picture.Labels is { } labels)
            order = [.. order.OrderBy(row => labels[row])];
        var values = new double[cells * cells];
        for (int row = 0; row < cells; row++)
        {
            for (int column = 0; column < cells; column++)
                values[row * cells + column] = Mean(order, row, column, cells);
        }
        string[] names = [.. Enumerable.Range(0, cells).Select(cell => Name(order[(int)((long)cell * size / cells)]))];
        string sorted = _picture.Labels is null ? "input" : "input, sorted by class";
        return new MatrixPanel(_picture.Title, sorted, sorted, names, names, values) { ValueLabel = "Θ(x, x')" };
    }

    private double Mean(int[] order, int row, int column, int cells)
    {
        int size = order.Length, fromRow = row * size / cells, toRow = (row + 1) * size / cells, fromColumn = column * size / cells, toColumn = (column + 1) * size / cells;
        double sum = 0;
        for (int i = fromRow; i < toRow; i++)
        {
            for (int j = fromColumn; j < toColumn; j++)
                sum += _picture.Kernel[order[i], order[j]];
        }
        return sum / ((toRow - fromRow) * (toColumn - fromColumn));
    }

    private string Name(int row) => (_picture.Labels?[row] ?? row).ToString(CultureInfo.InvariantCulture);

    private Figure Spectrum()
    {
        Curve[] curves = [.. _picture.Spectra.Select((spectrum, i) => new Curve(_picture.Spectra.Count > 1 ? spectrum.Name : "", [.. Enumerable.Range(1, spectrum.Values.Count).Select(k => (double)k)], spectrum.Values) { ColorIndex = i })];
        // Eigenvalues of rounding would stretch the axis over decades that say nothing.
        double largest = curves.Max(curve => curve.Ys.Max()), low = Math.Max(curves.Min(curve => curve.Ys.Where(y => y > 1e-12 * largest).DefaultIfEmpty(largest).Min()), 1e-12 * largest);
        return CurvesDrawing.Of([new CurvePanel("eigenvalue", curves) { Scale = AxisScale.Logarithmic, Range = new AxisRange(low / 1.5, largest * 1.5) }],
            new CurvesFigureOptions { Width = _options.Width, XLabel = "number of the eigenvalue", XScale = AxisScale.Logarithmic, PanelHeight = 200, Title = "Spectrum" });
    }

    private Figure Panel(KernelPanel panel) => CurvesDrawing.Of([new CurvePanel(panel.YLabel, [.. panel.Curves.Select((curve, i) => new Curve(curve.Name, panel.Xs, curve.Values) { ColorIndex = i })])],
        new CurvesFigureOptions { Width = _options.Width, XLabel = panel.XLabel, XScale = panel.IsLogarithmic ? AxisScale.Logarithmic : AxisScale.Linear, PanelHeight = 170, Title = panel.Title });

    private Figure Drift()
    {
        bool isLong = _picture.Steps[^1] > 100;
        CurvePanel[] panels = [.. _picture.Drift.Select((curve, i) => new CurvePanel(curve.Name, [new Curve("", _picture.Steps, curve.Values) { ColorIndex = i }]) { Scale = Scale(curve.Values) })];
        return CurvesDrawing.Of(panels, new CurvesFigureOptions
        {
            Width = _options.Width,
            XLabel = isLong ? $"{_picture.StepLabel} + 1" : _picture.StepLabel,
            XScale = isLong ? AxisScale.Logarithmic : AxisScale.Linear,
            XOffset = isLong ? 1 : 0,
            PanelHeight = 170,
            Title = "Over training",
        });
    }

    // Kernels that grow by orders of magnitude leave nothing to see on a linear axis.
    private static AxisScale Scale(IReadOnlyList<double> values)
    {
        double[] positive = [.. values.Where(value => value > 0)];
        return positive.Length > 2 && positive.Max() > 100 * positive.Min() ? AxisScale.Logarithmic : AxisScale.Linear;
    }
}
