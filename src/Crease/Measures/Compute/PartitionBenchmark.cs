using System.Diagnostics;
using System.Text.Json;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>One line of the partition benchmark.</summary>
/// <param name="Name">Name of the case.</param>
/// <param name="Regions">Regions found.</param>
/// <param name="Expected">Regions there are.</param>
/// <param name="Seconds">Median seconds with all threads.</param>
/// <param name="SecondsOneThread">Median seconds with one thread.</param>
/// <param name="RooflineSeconds">Seconds one core needs for one dense product per region and layer, measured in the same run.</param>
/// <param name="BytesPerRegion">Bytes that the partition retains per region.</param>
/// <param name="PeakBytes">Largest managed memory seen after a cut of the case.</param>
public sealed record PartitionTiming(string Name, int Regions, int Expected, double Seconds, double SecondsOneThread, double RooflineSeconds, double BytesPerRegion, long PeakBytes)
{
    /// <summary>Regions per second with all threads.</summary>
    public double Rate => Regions / Seconds;

    /// <summary>Seconds of one thread over the dense roofline of one core; null where nothing dense lies between two folds.</summary>
    public double? RooflineRatio => RooflineSeconds > 0 ? SecondsOneThread / RooflineSeconds : null;
}

/// <summary>Cuts the networks of a benchmark folder, warm, and compares with the known counts and the dense roofline.</summary>
public static class PartitionBenchmark
{
    /// <summary>Runs the cases of a folder that holds <c>expected.json</c>.</summary>
    /// <param name="folder">Folder with networks, slices and <c>expected.json</c>.</param>
    /// <param name="filter">Part of the names to run; empty for all.</param>
    /// <param name="repeats">Counted runs per case and thread count, at least 1.</param>
    /// <param name="run">Threads and clock.</param>
    /// <exception cref="ModelException">A file of the benchmark is missing or malformed.</exception>
    public static IEnumerable<PartitionTiming> Run(string folder, string filter, int repeats, RunContext run)
    {
        foreach (Case item in Cases(folder))
        {
            if (!item.Name.Contains(filter, StringComparison.Ordinal))
                continue;
            run.Cancellation.ThrowIfCancellationRequested();
            yield return Time(folder, item, repeats, run);
        }
    }

    private static PartitionTiming Time(string folder, Case item, int repeats, RunContext run)
    {
        Network network = Model.Load(Path.Combine(folder, item.Model));
        Slice slice = SliceFile.Load(Path.Combine(folder, item.Slice));
        var partitioner = new PlanarPartitioner(network);
        Partition partition = partitioner.Cut(slice, run);
        int width = network.Nodes.Where(node => node.Layer is Dense).Select(node => node.Shape.Size).Append(8).Max();
        double[] all = new double[repeats], one = new double[repeats];
        long peak = 0;
        // Both thread counts in turn, so that a drift of the machine meets both.
        for (int i = 0; i < repeats; i++)
        {
            partition = partitioner.Cut(slice, run);
            all[i] = partition.Cost.Seconds;
            peak = Math.Max(peak, partition.Cost.PeakBytes);
            one[i] = partitioner.Cut(slice, run with { Threads = 1 }).Cost.Seconds;
        }
        double flops = DenseRoofline.Flops(network, partition.RegionCount);
        double roofline = flops > 0 ? flops / DenseRoofline.Rate(Math.Max(8, width), run.Clock) : 0;
        Debug.Assert(partition.EulerCharacteristic == 1, "A complete partition of a convex domain is a disk.");
        return new PartitionTiming(item.Name, partition.RegionCount, item.Regions, Median(all), Median(one), roofline, (double)partition.Bytes / partition.RegionCount, peak);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static List<Case> Cases(string folder)
    {
        string path = Path.Combine(folder, "expected.json");
        try
        {
            using var document = JsonDocument.Parse(Model.Bytes(path, packed: false));
            return [.. document.RootElement.EnumerateArray().Select(item => new Case(
                item.GetProperty("name").GetString()!, item.GetProperty("model").GetString()!, item.GetProperty("slice").GetString()!, item.GetProperty("regions").GetInt32()))];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ModelException(path, "is not a list of {name, model, slice, regions}", fault);
        }
    }

    private sealed record Case(string Name, string Model, string Slice, int Regions);
}
