using System.Text;
using Crease.Measures;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Pictures of tangent kernels.</summary>
public sealed class KernelFigureTests
{
    [Theory]
    [InlineData(FigureFormat.Svg)]
    [InlineData(FigureFormat.Png)]
    [InlineData(FigureFormat.Pdf)]
    public void Same_numbers_give_the_same_bytes(FigureFormat format) => Assert.Equal(Bytes(Figure(30), format), Bytes(Figure(30), format));

    [Fact]
    public void It_shows_the_matrix_the_spectra_and_the_drift_below_each_other()
    {
        string svg = Encoding.UTF8.GetString(Bytes(Figure(30), FigureFormat.Svg));
        foreach (string text in new[] { "a kernel", "input, sorted by class", "Spectrum", "infinite width", "Over training", "drift", "step + 1" })
            Assert.Contains(text, svg);
        Figure drawing = Figure(30).Drawing();
        Assert.True(drawing.Height > 800);
        Assert.All(drawing.Marks.OfType<TextMark>(), mark => Assert.InRange(mark.Y, 0, drawing.Height));
        double[] order = [.. new[] { "a kernel", "Spectrum", "Over training" }.Select(title => drawing.Marks.OfType<TextMark>().First(mark => mark.Text == title).Y)];
        Assert.Equal(order.Order(), order);
        Assert.Equal(drawing.Marks.OfType<LinesMark>().Count(), drawing.Marks.OfType<LinesMark>().Select(mark => mark.Id).Distinct().Count());
    }

    [Fact]
    public void Large_matrices_are_shown_by_means_of_blocks()
    {
        RasterMark raster = Figure(1000).Drawing().Marks.OfType<RasterMark>().First();
        Assert.Equal((200, 200), (raster.Columns, raster.Rows));
    }

    [Fact]
    public void Wrong_pictures_are_refused()
    {
        var kernel = new KernelMatrix(2, 2, [1, double.NaN, 0, 1]);
        string message = Assert.Throws<ArgumentException>(() => KernelFigure.Of(new KernelPicture { Kernel = kernel, Spectra = [], Labels = [1] })).Message;
        Assert.Contains("not finite", message);
        Assert.Contains("'Labels' has 1 entries; expected one per row (2)", message);
    }

    private static KernelFigure Figure(int size) => KernelFigure.Of(new KernelPicture
    {
        Kernel = new KernelMatrix(size, size, [.. Enumerable.Range(0, size * size).Select(at => Math.Exp(-Math.Abs(at / size - at % size) / 5.0))]),
        Labels = [.. Enumerable.Range(0, size).Select(row => row % 3)],
        Spectra = [("empirical", [5, 2, 0.5, 1e-20]), ("infinite width", [4, 1, 0])],
        Steps = [0, 10, 1000],
        Drift = [("drift", [0, 2, 400]), ("distance", [0, double.NaN, 0.3])],
    }, new MatrixFigureOptions { Title = "a kernel" });

    private static byte[] Bytes(KernelFigure figure, FigureFormat format)
    {
        using var stream = new MemoryStream();
        figure.Write(stream, format);
        return stream.ToArray();
    }
}
