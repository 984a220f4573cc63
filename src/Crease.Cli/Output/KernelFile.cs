using System.Runtime.InteropServices;
using System.Text;
using Crease.Lab;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Saves a tangent kernel: the figure, its eigenvalues and drift as a table, arrays, or the document.</summary>
internal static class KernelFile
{
    public const string Accepted = ".svg, .png, .pdf, .json, .csv and .npz";

    public static void Check(string path) => ResultFile.Check(path, ".svg", ".png", ".pdf", ".json", ".csv", ".npz");

    public static void Save(string path, KernelMeasures measures, IReadOnlyList<KernelDriftRow> drift, string unit, MatrixFigureOptions figure, Action<Stream> json) =>
        ResultFile.Save(path, json, stream => WriteCsv(measures, drift, stream), stream => WriteNpz(measures, stream), () => Draw(path, measures, drift, unit, figure));

    private static void Draw(string path, KernelMeasures measures, IReadOnlyList<KernelDriftRow> drift, string unit, MatrixFigureOptions figure)
    {
        if (!measures.Kernel.IsFinite)
            throw new InvalidOperationException($"{path}: a kernel with numbers that are not finite cannot be drawn; {Crease.Measures.KernelAdvice.Of(measures.Spectrum.Status)}");
        var spectra = new List<(string, IReadOnlyList<double>)> { ("empirical", measures.Spectrum.Values) };
        if (measures.Infinite?.Spectrum is { Values.IsEmpty: false } infinite)
            spectra.Add(("infinite width", infinite.Values));
        KernelFigure.Of(new KernelPicture
        {
            Kernel = measures.Kernel,
            Labels = measures.Rows.Labels,
            Spectra = spectra,
            StepLabel = unit,
            Steps = [.. drift.Select(row => (double)row.Step)],
            Drift = drift.Count == 0 ? [] :
            [
                ("drift", Values(drift, row => row.Drift)),
                ("distance", Values(drift, row => row.Distance)),
                .. measures.Rows.Labels is null ? [] : new (string, IReadOnlyList<double>)[] { ("alignment", Values(drift, row => row.CenteredAlignment)) },
            ],
        }, figure).Save(path);
    }

    private static double[] Values(IReadOnlyList<KernelDriftRow> drift, Func<KernelDriftRow, double?> value) => [.. drift.Select(row => value(row) ?? double.NaN)];

    private static void WriteCsv(KernelMeasures measures, IReadOnlyList<KernelDriftRow> drift, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        if (drift.Count == 0)
        {
            writer.WriteLine("number,eigenvalue");
            for (int i = 0; i < measures.Spectrum.Values.Length; i++)
                writer.WriteLine(FormattableString.Invariant($"{i + 1},{measures.Spectrum.Values[i]:R}"));
            return;
        }
        writer.WriteLine("step,drift,distance,velocity,alignment,centeredAlignment,largest,participationRatio");
        foreach (KernelDriftRow row in drift)
            writer.WriteLine(FormattableString.Invariant($"{row.Step},{row.Drift:R},{row.Distance:R},{row.Velocity:R},{row.Alignment:R},{row.CenteredAlignment:R},{row.Largest:R},{row.ParticipationRatio:R}"));
    }

    private static void WriteNpz(KernelMeasures measures, Stream stream)
    {
        int size = measures.Kernel.Rows;
        var arrays = new List<(string, Action<Stream>)>
        {
            ("kernel", s => Npy.Write(s, measures.Kernel.Values, size, size)),
            ("eigenvalues", s => Npy.Write(s, measures.Spectrum.Values.AsSpan(), measures.Spectrum.Values.Length)),
        };
        if (measures.Rows.Labels is int[] labels)
            arrays.Add(("labels", s => Npy.Write(s, MemoryMarshal.AsBytes(labels.AsSpan()), "<i4", labels.Length)));
        Npz.Write(stream, CollectionsMarshal.AsSpan(arrays));
    }
}
