using System.Globalization;
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

    public static void Save(string path, KernelMeasures measures, IReadOnlyList<KernelDriftRow> drift, string unit, bool isTangent, MatrixFigureOptions figure, Action<Stream> json) =>
        ResultFile.Save(path, json, stream => WriteCsv(measures, drift, stream), stream => WriteNpz(measures, stream), () => Draw(path, measures, drift, unit, isTangent, figure));

    private static void Draw(string path, KernelMeasures measures, IReadOnlyList<KernelDriftRow> drift, string unit, bool isTangent, MatrixFigureOptions figure)
    {
        if (!measures.Kernel.IsFinite)
            throw new InvalidOperationException($"{path}: a kernel with numbers that are not finite cannot be drawn; {Crease.Measures.KernelAdvice.Of(measures.Spectrum.Status)}");
        var spectra = new List<(string, IReadOnlyList<double>)> { ("empirical", measures.Spectrum.Values) };
        if (measures.Infinite?.Spectrum is { Values.IsEmpty: false } infinite)
            spectra.Add(("infinite width", infinite.Values));
        KernelFigure.Of(new KernelPicture
        {
            Kernel = measures.Kernel,
            Labels = Labels(measures),
            Spectra = spectra,
            Title = isTangent ? "Tangent kernel" : "Kernel of the outputs",
            Panels = [.. Panels(measures)],
            StepLabel = unit,
            Steps = [.. drift.Select(row => (double)row.Step)],
            Drift = drift.Count == 0 ? [] :
            [
                ("drift", Values(drift, row => row.Drift)),
                ("distance", Values(drift, row => row.Distance)),
                .. drift.Any(row => row.Linearization is not null) ? new (string, IReadOnlyList<double>)[] { ("off linearized", Values(drift, row => row.Linearization)) } : [],
                .. measures.Rows.Labels is null ? [] : new (string, IReadOnlyList<double>)[] { ("alignment", Values(drift, row => row.CenteredAlignment)) },
            ],
        }, figure).Save(path);
    }

    // Rows of the full kernel are pairs of input and output.
    private static int[]? Labels(KernelMeasures measures)
    {
        int each = measures.Kernel.Rows / measures.Rows.Count;
        return measures.Rows.Labels is not int[] labels ? null : each == 1 ? labels : [.. Enumerable.Range(0, measures.Kernel.Rows).Select(row => labels[row / each])];
    }

    private static IEnumerable<KernelPanel> Panels(KernelMeasures measures)
    {
        if (measures.Influence is { } influence)
        {
            int[] order = [.. Enumerable.Range(0, measures.Rows.Count).OrderBy(row => measures.Rows.Labels![row])];
            yield return new KernelPanel($"Test row {influence.TestRow} (class {influence.Label}): what rows add to output {influence.Predicted}", "row, sorted by class", "adds", [.. order.Select((_, i) => (double)i)], [("", [.. order.Select(influence.Term)])]);
        }
        if (measures.Ensemble is { } ensemble)
        {
            EnsembleMoment[] moments = [.. ensemble.Moments.Where(moment => moment.Time > 0)];
            yield return new KernelPanel("Ensemble of infinitely wide networks", "time", "deviation of an output", [.. moments.Select(moment => moment.Time!.Value)], [("mean over test rows", [.. moments.Select(moment => moment.Mean)]), ("largest", [.. moments.Select(moment => moment.Largest)])]) { IsLogarithmic = true };
        }
    }

    private static double[] Values(IReadOnlyList<KernelDriftRow> drift, Func<KernelDriftRow, double?> value) => [.. drift.Select(row => value(row) ?? double.NaN)];

    private static void WriteCsv(KernelMeasures measures, IReadOnlyList<KernelDriftRow> drift, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        if (measures.Influence is { } influence)
        {
            writer.WriteLine("row,class," + string.Join(',', Enumerable.Range(0, influence.Classes).Select(c => $"adds{c}")));
            for (int row = 0; row < measures.Rows.Count; row++)
                writer.WriteLine(FormattableString.Invariant($"{row},{measures.Rows.Labels![row]},") + string.Join(',', influence.Terms.AsSpan(row * influence.Classes, influence.Classes).ToArray().Select(term => term.ToString("R", CultureInfo.InvariantCulture))));
            return;
        }
        if (drift.Count == 0)
        {
            writer.WriteLine("number,eigenvalue");
            for (int i = 0; i < measures.Spectrum.Values.Length; i++)
                writer.WriteLine(FormattableString.Invariant($"{i + 1},{measures.Spectrum.Values[i]:R}"));
            return;
        }
        writer.WriteLine("step,drift,distance,velocity,alignment,centeredAlignment,largest,participationRatio,linearization");
        foreach (KernelDriftRow row in drift)
            writer.WriteLine(FormattableString.Invariant($"{row.Step},{row.Drift:R},{row.Distance:R},{row.Velocity:R},{row.Alignment:R},{row.CenteredAlignment:R},{row.Largest:R},{row.ParticipationRatio:R},{row.Linearization:R}"));
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
