using System.Globalization;
using System.Text.Json;
using Crease.Geometry;
using Crease.Measures;
using Crease.Numerics;

namespace Crease.Cli.Output;

/// <summary>What <c>crease generator</c> says about its result: a JSON document or a short table.</summary>
internal sealed class GeneratorReport(GeneratorVolumes generator, GeneratorSample sample, SliceVolumes? map, CommonWords words, double seconds)
{
    private readonly Summary _sampled = Finite(sample.LogVolumes);

    public void WriteJson(Stream stream) => JsonDocumentWriter.Write(stream, json =>
    {
        GeneratorSampleOptions options = sample.Options;
        json.WriteString("network", generator.Network.Name);
        json.WriteNumber("latents", generator.Latents);
        json.WriteNumber("outputs", generator.Outputs);
        json.WriteNumber("singularValues", generator.Top ?? generator.Latents);
        json.WriteStartObject("sample");
        json.WriteNumber("samples", options.Samples);
        json.WriteString("latent", Latent(options));
        JsonDocumentWriter.Number(json, "polarity", options.Polarity);
        json.WriteString("target", Target(options));
        JsonDocumentWriter.Number(json, "effectiveSize", sample.EffectiveSize);
        json.WriteNumber("zeroVolumes", sample.ZeroVolumes);
        JsonDocumentWriter.Number(json, "clip", options.Clip);
        json.WriteNumber("clipped", sample.Clipped);
        JsonDocumentWriter.Summary(json, "logVolume", _sampled);
        json.WriteEndObject();
        WriteMap(json);
        JsonDocumentWriter.Texts(json, "warnings", sample.Warnings);
    }, PartitionReport.StatusText(map?.Partition.Status ?? Status.Complete), "sampled", words.Seed, seconds, ["humayun2022magnet", "humayun2022polarity", "balestriero2024geometry"]);

    public void WriteTable(TextWriter output)
    {
        Line("generator", $"{generator.Network.Name}: {generator.Latents} latents to {generator.Outputs} outputs; volume of {(generator.Top is int top ? $"the {top} largest" : "all")} singular values");
        if (map is not null)
        {
            Partition partition = map.Partition;
            Summary volumes = Finite(map.LogVolumes.ToArray());
            Line("regions", $"{partition.RegionCount:N0} of at most {RegionBounds.OfNetwork(partition.Layers, 2)?.ToString("N0", CultureInfo.InvariantCulture) ?? "uncounted many"}; {map.ZeroRegions:N0} of volume 0");
            Line("volume", $"e^{volumes.Mean:F3} on average, e^{volumes.Min:F3} to e^{volumes.Max:F3}, over regions");
            Line("surface", $"area {map.SurfaceArea:G6}, that of a slice of area {partition.DomainArea:G6}");
            if (Coverage() is double covered)
                Line("unweighted", $"the densest half of uniform latents covers {100 * covered:F1} % of the surface");
        }
        Line("samples", $"{sample.Latents.Count:N0} {Latent(sample.Options)} latents, weight volume^{sample.Options.Polarity:G4}: {Target(sample.Options)}");
        Line("volume, samples", $"e^{_sampled.Mean:F3} on average, e^{_sampled.Min:F3} to e^{_sampled.Max:F3}; {sample.ZeroVolumes:N0} of volume 0, {sample.Clipped:N0} clipped");
        Line("effective size", $"{sample.EffectiveSize:F1} of {sample.Latents.Count:N0}");
        foreach (string warning in sample.Warnings)
            Line("warning", $"{warning}");
        Line("time", $"{seconds:F3} s");
        Line("status", $"{PartitionReport.StatusText(map?.Partition.Status ?? Status.Complete)}; map exact, weights sampled");

        void Line(string name, FormattableString text) => output.WriteLine($"{name,-18} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Latent(GeneratorSampleOptions options) => options.Latent == LatentDensity.Normal ? "normal" : string.Create(CultureInfo.InvariantCulture, $"uniform in [{options.Low}, {options.High}]");

    private static string Target(GeneratorSampleOptions options) => (options.Latent, options.RemovesLatentDensity, options.Polarity) switch
    {
        (_, false, 0) => "the latents as they are",
        (LatentDensity.Uniform, _, 1) => "uniform on the manifold",
        (LatentDensity.Normal, true, 1) => "uniform on the manifold, as far as normal latents reach",
        (LatentDensity.Normal, false, _) => "latent density times a power of the volume",
        _ => "a power of the volume",
    };

    private static Summary Finite(IReadOnlyList<double> logs) => Summary.Of([.. logs.Where(double.IsFinite)]);

    // The densest half of the latents: regions by volume, smallest first.
    private double? Coverage()
    {
        if (map!.SurfaceArea is not (> 0 and < double.PositiveInfinity))
            return null;
        double half = 0, covered = 0, domain = map.Partition.TotalArea;
        foreach (int region in Enumerable.Range(0, map.Partition.RegionCount).OrderBy(region => map.LogAreas[region]))
        {
            double area = map.Partition.Areas[region], taken = Math.Min(1, (domain / 2 - half) / area);
            (half, covered) = (half + taken * area, covered + taken * area * Math.Exp(map.LogAreas[region]));
            if (taken < 1)
                break;
        }
        return covered / map.SurfaceArea;
    }

    private void WriteMap(Utf8JsonWriter json)
    {
        if (map is null)
        {
            json.WriteNull("map");
            return;
        }
        json.WriteStartObject("map");
        json.WriteNumber("regions", map.Partition.RegionCount);
        json.WriteString("regionBound", RegionBounds.OfNetwork(map.Partition.Layers, 2)?.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("zeroRegions", map.ZeroRegions);
        JsonDocumentWriter.Number(json, "domainArea", map.Partition.DomainArea);
        JsonDocumentWriter.Number(json, "surfaceArea", map.SurfaceArea);
        JsonDocumentWriter.Number(json, "denserHalfCovers", Coverage());
        JsonDocumentWriter.Summary(json, "logVolume", Finite(map.LogVolumes.ToArray()));
        json.WriteEndObject();
    }
}
