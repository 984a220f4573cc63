using System.Globalization;
using System.Text;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;

namespace Crease.Cli.Output;

/// <summary>Saves what <c>crease quantize</c> found: document, table, curves; and the quantized networks in a folder.</summary>
internal static class QuantizeFile
{
    public const string Endings = ".json, .csv, .svg, .png, .pdf", Accepted = Endings + "; without an ending, the folder of the quantized network (of several, a folder each in it)";

    private const string Weights = "network" + WeightsLocation.Ending;

    public static bool IsFolder(string path) => Path.GetExtension(path).Length == 0;

    public static void Check(string path) => ResultFile.Check(path, [".json", ".csv", .. ResultFile.Pictures]);

    /// <summary>Refuses a folder that holds something else before any work is done.</summary>
    public static void CheckFolder(string folder, IReadOnlyList<int> bits)
    {
        foreach (string place in Places(folder, bits))
        {
            if (File.Exists(place))
                throw new WordsException($"-o {place}: is a file; expected a folder or a new name");
            if (Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Select(Path.GetFileName).FirstOrDefault(name => name is not (Weights or NetworkDescription.FileName)) is string other)
                throw new WordsException($"-o {place}: the folder holds '{other}'; expected a new name, or the folder of an earlier call");
        }
    }

    /// <summary>Saves one network per number of bits.</summary>
    /// <returns>The folders.</returns>
    public static IEnumerable<string> SaveNetworks(string folder, QuantizationCurve curve)
    {
        string[] places = [.. Places(folder, [.. curve.Results.Select(result => result.Bits!.Value)])];
        // All of them, before the first is written.
        NetworkFile[] files = [.. curve.Results.Select(result => NetworkFile.Of(result.Network))];
        for (int i = 0; i < places.Length; i++)
        {
            Directory.CreateDirectory(places[i]);
            ResultFile.Save(Path.Combine(places[i], NetworkDescription.FileName), files[i].Description.Write);
            ResultFile.Save(Path.Combine(places[i], Weights), files[i].WriteWeights);
        }
        return places;
    }

    public static void Save(string path, QuantizationCurve curve, QuantizationCuts? cuts, Action<Stream> json, Func<Views.CurvesFigure> figure) =>
        ResultFile.Save(path, json, stream => WriteCsv(stream, curve, cuts), _ => { }, () => figure().Save(path));

    private static IEnumerable<string> Places(string folder, IReadOnlyList<int> bits) => bits.Count == 1 ? [folder] : bits.Select(each => Path.Combine(folder, $"{each}-bit"));

    // A row per number of bits and ε; what does not depend on ε is repeated.
    private static void WriteCsv(Stream stream, QuantizationCurve curve, QuantizationCuts? cuts)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        string[] layers = [.. (curve.Results[0].Change?.HammingShares ?? []).Select((_, layer) => $"hamming{layer + 1}")];
        string[] columns =
        [
            "bits", "epsilon", "accuracy", "robustAccuracy", "transferredAccuracy", "certifiedByIntervals", "certified", "quantizationLoss", "adversarialLoss", "jointLoss",
            "believed", "changedRegions", "changedClasses", "medianCreaseDistance", "medianBoundaryDistance",
            .. layers, "sliceRegions", "sliceBoundaryLength", "sliceChangedCodes", "sliceChangedClasses",
        ];
        writer.WriteLine(string.Join(',', columns));
        foreach (QuantizedResult result in curve.Results.Prepend(curve.Before))
        {
            for (int e = 0; e < Math.Max(1, curve.Epsilons.Length); e++)
                writer.WriteLine(string.Join(',', Row(curve, cuts, result, e, layers.Length).Select(value => value?.ToString("R", CultureInfo.InvariantCulture))));
        }
    }

    private static IEnumerable<double?> Row(QuantizationCurve curve, QuantizationCuts? cuts, QuantizedResult result, int e, int layers)
    {
        CodeChange? change = result.Change, any = curve.Results[0].Change;
        bool isBefore = result.Bits is null;
        yield return result.Bits;
        yield return QuantizeReport.At(curve.Epsilons, e);
        yield return result.Accuracy;
        yield return QuantizeReport.At(result.Robust, e);
        yield return QuantizeReport.At(result.Transferred, e);
        yield return QuantizeReport.At(result.CertifiedByIntervals, e);
        yield return QuantizeReport.At(result.Certified, e);
        yield return result.QuantizationLoss(curve.Before);
        yield return result.AdversarialLoss(e);
        yield return result.JointLoss(curve.Before, e);
        yield return result.IsBelieved is bool believed ? believed ? 1 : 0 : null;
        yield return change?.ChangedRegions;
        yield return change?.ChangedClasses;
        yield return isBefore ? any?.Creases.Before[^1] : change?.Creases.After[^1];
        yield return isBefore ? any?.Boundaries.Before[^1] : change?.Boundaries.After[^1];
        for (int layer = 0; layer < layers; layer++)
            yield return change?.HammingShares[layer];
        var cut = cuts?.After.FirstOrDefault(each => each.Bits == result.Bits);
        Geometry.Partition? partition = isBefore ? cuts?.Before : cut?.Partition;
        yield return partition?.RegionCount;
        yield return partition is null ? null : QuantizationCuts.Length(partition);
        yield return cut?.Overlay?.ChangedCodes;
        yield return cut?.Overlay?.ChangedClasses;
    }
}
