using System.Text.Json;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

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
        PlanarPartitioner[] copies = [.. Enumerable.Range(0, run.Threads).Select(_ => new PlanarPartitioner(network))];
        RunContext single = run with { Threads = 1 };
        CutOptions plain = CutOptions.Default, certified = new() { Certified = true };
        int cuts = Warm(partitioner, slice, run, single, certified);
        Partition partition = partitioner.Cut(slice, single), proved = partitioner.Cut(slice, single, certified);
        int width = network.Nodes.Where(node => node.Layer is Dense).Select(node => node.Shape.Size).Append(8).Max();
        double[] all = new double[repeats], one = new double[repeats], processor = new double[repeats], proof = new double[repeats], stream = new double[repeats], streamOne = new double[repeats], streamAll = new double[repeats], copied = new double[repeats];
        long peak = 0;
        // All kinds in turn, so that a drift of the machine meets all, and each time another one first, so that no kind always pays for collecting what others left.
        Action<int>[] kinds =
        [
            i => (one[i], processor[i]) = Batch(partitioner, slice, single, plain, cuts, ref peak),
            i => (_, proof[i]) = Batch(partitioner, slice, single, certified, cuts, ref peak),
            i => (streamOne[i], stream[i]) = Stream(partitioner, slice, single, cuts),
            i => (all[i], _) = Batch(partitioner, slice, run, plain, cuts, ref peak),
            i => (streamAll[i], _) = Stream(partitioner, slice, run, cuts),
            i => copied[i] = AtOnce(copies, slice, single, cuts),
        ];
        for (int i = 0; i < repeats; i++)
        {
            for (int kind = 0; kind < kinds.Length; kind++)
            {
                // Threads of the pool spin for a while after their last work, which would count against the next kind; a core that has slept for as long is slow to wake, so that the first fifth is not counted.
                Thread.Sleep(20);
                kinds[(i + kind) % kinds.Length](i);
            }
        }
        double flops = DenseRoofline.Flops(network, partition.RegionCount);
        return new PartitionTiming
        {
            Name = item.Name,
            Regions = partition.RegionCount,
            Expected = item.Regions,
            Seconds = Median(all),
            SecondsOneThread = Median(one),
            ProcessorSeconds = Median(processor),
            StreamProcessorSeconds = Median(stream),
            StreamSecondsOneThread = Median(streamOne),
            StreamSecondsAllThreads = Median(streamAll),
            SecondsOfCopies = Median(copied),
            CertifiedSeconds = Median(proof),
            CertifiedDecisions = proved.ExactDecisions,
            RooflineSeconds = flops > 0 ? flops / DenseRoofline.Rate(Math.Max(8, width), run.Clock) : 0,
            OutputSeconds = partition.Bytes / OutputLimit.Rate(run.Clock),
            BytesPerRegion = (double)partition.Bytes / partition.RegionCount,
            PeakBytes = peak,
        };
    }

    // Until compiled code has settled; tells how many cuts make a batch long enough for the clock of processor time.
    private static int Warm(PlanarPartitioner partitioner, Slice slice, RunContext run, RunContext single, CutOptions certified)
    {
        const double WarmSeconds = 1.0, BatchSeconds = 0.05;
        long start = run.Clock.GetTimestamp();
        int cuts = 0;
        double seconds;
        do
        {
            partitioner.Cut(slice, run);
            partitioner.Cut(slice, single);
            partitioner.Cut(slice, single, certified);
            seconds = run.Clock.GetElapsedTime(start).TotalSeconds;
            partitioner.Stream(slice, _ => { }, run);
            cuts += 4;
        }
        while (seconds < WarmSeconds);
        return (int)Math.Clamp(BatchSeconds * cuts / seconds, 1, 1000);
    }

    private static (double Seconds, double Processor) Batch(PlanarPartitioner partitioner, Slice slice, RunContext run, CutOptions options, int cuts, ref long peak)
    {
        for (int i = 0; i <= cuts / 4; i++)
            partitioner.Cut(slice, run, options);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        double seconds = 0;
        for (int i = 0; i < cuts; i++)
        {
            Cost cost = partitioner.Cut(slice, run, options).Cost;
            seconds += cost.Seconds;
            peak = Math.Max(peak, cost.PeakBytes);
        }
        return (seconds / cuts, (Environment.CpuUsage.TotalTime - before).TotalSeconds / cuts);
    }

    private static (double Seconds, double Processor) Stream(PlanarPartitioner partitioner, Slice slice, RunContext run, int cuts)
    {
        for (int i = 0; i <= cuts / 4; i++)
            partitioner.Stream(slice, _ => { }, run);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        double seconds = 0;
        for (int i = 0; i < cuts; i++)
            seconds += partitioner.Stream(slice, _ => { }, run).Cost.Seconds;
        return (seconds / cuts, (Environment.CpuUsage.TotalTime - before).TotalSeconds / cuts);
    }

    // Cuts that share nothing, one per thread, at the same time: what the machine gives to several threads at best.
    private static double AtOnce(PlanarPartitioner[] copies, Slice slice, RunContext single, int cuts)
    {
        double[] seconds = new double[copies.Length];
        using var all = new Barrier(copies.Length);
        Workers.Run(copies.Length, worker =>
        {
            for (int i = 0; i <= cuts / 4; i++)
                copies[worker].Cut(slice, single);
            all.SignalAndWait();
            for (int i = 0; i < cuts; i++)
                seconds[worker] += copies[worker].Cut(slice, single).Cost.Seconds;
        });
        return seconds.Max() / cuts;
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
