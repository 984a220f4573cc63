using System.Text;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;

namespace Crease.Cli.Output;

/// <summary>Saves what <c>crease normalization</c> found: document, table of jitter, panels of creases, or the network with the statistics folded in.</summary>
internal static class NormalizationFile
{
    public const string Accepted = ".json, .csv, .svg, .png, .pdf, and .safetensors for the network with the data's statistics folded in";

    public static void Check(string path) => ResultFile.Check(path, [".json", ".csv", .. ResultFile.Pictures, WeightsLocation.Ending]);

    public static void Save(string path, NormalizationReport report, NormalizationCuts? cuts, string? title, int? width, Action<Stream> json)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".json":
                ResultFile.Save(path, json);
                break;
            case ".csv":
                ResultFile.Save(path, stream => WriteCsv(report, stream));
                break;
            case WeightsLocation.Ending:
                ModelOutput.Save(path, WithoutNormalization.Folded(report.Batch.Network));
                break;
            default:
                cuts!.Layers(title, width).Save(path);
                break;
        }
    }

    private static void WriteCsv(NormalizationReport report, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("batchSize,layer,unit,relativeShift,shift");
        foreach (SizeJitter size in report.Jitter.Sizes)
        {
            foreach (LayerJitter layer in size.Layers)
            {
                string name = CsvCell.Of(layer.Name);
                for (int unit = 0; unit < layer.RelativeShifts.Length; unit++)
                    writer.WriteLine(FormattableString.Invariant($"{size.BatchSize},{name},{unit},{layer.RelativeShifts[unit]:R},{(layer.Shifts.Length == 0 ? "" : layer.Shifts[unit].ToString("R", System.Globalization.CultureInfo.InvariantCulture))}"));
            }
        }
    }
}
