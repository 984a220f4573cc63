using System.Runtime.InteropServices;
using System.Text;
using Crease.Measures;
using Crease.Models;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Saves what <c>crease generator</c> found: document, samples with weights, or the map of volumes.</summary>
internal static class GeneratorFile
{
    public const string Accepted = ".json, samples as .csv or .npz, and the map of volumes as .svg, .png or .pdf";

    public static void Check(string path) => ResultFile.Check(path, [".json", ".csv", ".npz", .. ResultFile.Pictures]);

    public static void Save(string path, GeneratorSample sample, SliceVolumes? map, GeneratorVolumes generator, string? title, int? width, ulong seed, Action<Stream> json) =>
        ResultFile.Save(path, json, stream => WriteCsv(sample, generator, stream), stream => WriteNpz(sample, map, generator, seed, stream), () => Figure(map!, generator, title, width).Save(path));

    private static PartitionFigure Figure(SliceVolumes map, GeneratorVolumes generator, string? title, int? width)
    {
        string label = generator.Top is int top ? $"volume, top {top}" : "volume element";
        // Logarithms may leave the range of doubles; colors need numbers.
        double[] values = [.. map.LogVolumes.ToArray().Select(log => Math.Min(Math.Exp(log), double.MaxValue))];
        PartitionFigureOptions options = PartitionFigureOptions.Default with { Title = title, Boundary = false, Values = new RegionValues(label, values) };
        return PartitionFigure.Of(map.Partition, width is int given ? options with { Width = given, PngWidth = given } : options);
    }

    private static void WriteCsv(GeneratorSample sample, GeneratorVolumes generator, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        IEnumerable<string> latents = Enumerable.Range(1, generator.Latents).Select(i => $"z{i}"), outputs = Enumerable.Range(1, generator.Outputs).Select(i => $"x{i}");
        writer.WriteLine($"sample,{string.Join(',', latents)},{string.Join(',', outputs)},logVolume,weight");
        for (int i = 0; i < sample.Latents.Count; i++)
        {
            IEnumerable<double> values = Enumerable.Range(0, generator.Outputs).Select(o => sample.Values[i * generator.Outputs + o]);
            string numbers = string.Join(',', sample.Latents[i].Concat(values).Select(Text));
            writer.WriteLine($"{i},{numbers},{(double.IsFinite(sample.LogVolumes[i]) ? Text(sample.LogVolumes[i]) : "")},{Text(sample.Weights[i])}");
        }
    }

    private static void WriteNpz(GeneratorSample sample, SliceVolumes? map, GeneratorVolumes generator, ulong seed, Stream stream)
    {
        int count = sample.Latents.Count;
        int[] drawn = sample.Resample(count, new RandomSource(RandomSource.Scrambled(seed)));
        double[] latents = [.. sample.Latents.SelectMany(latent => latent)], values = [.. sample.Values], logs = [.. sample.LogVolumes], weights = [.. sample.Weights];
        var arrays = new List<(string, Action<Stream>)>
        {
            ("latents", s => Npy.Write(s, latents, count, generator.Latents)),
            ("outputs", s => Npy.Write(s, values, count, generator.Outputs)),
            ("log_volumes", s => Npy.Write(s, logs, count)),
            ("weights", s => Npy.Write(s, weights, count)),
            ("resampled", s => Npy.Write(s, MemoryMarshal.AsBytes<int>(drawn), "<i4", count)),
        };
        if (map is not null)
        {
            arrays.Add(("region_areas", s => Npy.Write(s, map.Partition.Areas, map.Partition.RegionCount)));
            arrays.Add(("region_log_volumes", s => Npy.Write(s, map.LogVolumes, map.Partition.RegionCount)));
            arrays.Add(("region_log_areas", s => Npy.Write(s, map.LogAreas, map.Partition.RegionCount)));
        }
        Npz.Write(stream, CollectionsMarshal.AsSpan(arrays));
    }

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
