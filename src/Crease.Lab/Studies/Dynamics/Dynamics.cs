using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Measures every network of a series: loss, accuracy, local complexity, slope norms, accuracy under attack, and the partition of a fixed slice.</summary>
/// <remarks>
/// Directions, random points and rows are the same for all networks, so that curves are smooth. Works for a run directory, also while it is being trained, and for networks that
/// another library trained and exported. Source: <c>humayun2024grok</c>; <c>humayun2023training</c>.
/// </remarks>
public static class Dynamics
{
    private const string StoreFolder = "dynamics", StoreFile = "rows.jsonl";

    // Changes when the meaning of a stored number does.
    private const string Form = "1";

    /// <summary>Where the rows of a run are kept.</summary>
    /// <param name="run">A run directory.</param>
    public static string StoreIn(string run) => Path.Combine(run, StoreFolder, StoreFile);

    /// <summary>Measures.</summary>
    /// <param name="series">The networks.</param>
    /// <param name="sets">Rows to measure on.</param>
    /// <param name="options">What to measure.</param>
    /// <param name="store">Keeps each network's numbers; null keeps none.</param>
    /// <param name="slice">A slice of two dimensions whose partition is counted, or null.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <param name="measured">Told how many networks of how many are measured; may be null.</param>
    /// <param name="found">Told each row, kept or new, steps ascending; may be null.</param>
    /// <exception cref="ModelException">A network cannot be read, or does not fit the rows.</exception>
    /// <exception cref="ArgumentException">The options are out of range, or a network cannot be cut; the message is one line.</exception>
    /// <exception cref="TrainingException">The store cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled; what the store holds is kept.</exception>
    public static DynamicsResult Measure(CheckpointSeries series, DataParts sets, DynamicsOptions options, DynamicsStore? store, Slice? slice, RunContext run, Action<int, int>? measured = null, Action<DynamicsRow>? found = null)
    {
        options.Check();
        if (series.Checkpoints.Count == 0)
            throw new ModelException(series.Path, "holds no networks yet; expected at least one checkpoint");
        long start = run.Clock.GetTimestamp();
        var measure = new NetworkDynamics(sets, options, slice, run with { Progress = null });
        string settings = store is null ? "" : Settings(sets, options, slice);
        var rows = new List<DynamicsRow>();
        foreach (Checkpoint checkpoint in series.Checkpoints)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            string key = store is null ? "" : DynamicsStore.Key(settings, checkpoint.Path);
            DynamicsRow? row = store?.Find(key);
            if (row is null)
            {
                row = measure.Of(checkpoint);
                store?.Add(key, row);
            }
            rows.Add(row with { Step = checkpoint.Step });
            found?.Invoke(rows[^1]);
            measured?.Invoke(rows.Count, series.Checkpoints.Count);
        }
        return new DynamicsResult(series, options, measure.Low, measure.High, rows, run.Clock.GetElapsedTime(start).TotalSeconds);
    }

    private static string Settings(DataParts sets, DynamicsOptions options, Slice? slice)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(sets.Train);
        if (sets.Test is not null)
            Add(sets.Test);
        foreach (ReadOnlySpan<double> numbers in slice is null ? [] : (double[][])[slice.Origin.ToArray(), slice.OriginLow.ToArray(), slice.Directions.ToArray(), slice.Domain.ToArray()])
            hash.AppendData(MemoryMarshal.AsBytes(numbers));
        return $"{Form} {JsonSerializer.Serialize(options, RunFolder.Json)} {Convert.ToHexStringLower(hash.GetHashAndReset())}";

        void Add(DataSet set)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{set.Count} {set.Size} {set.Range.Low:R} {set.Range.High:R}")));
            hash.AppendRows(set);
        }
    }
}
