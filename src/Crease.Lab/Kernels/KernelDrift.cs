using Crease.Measures;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>How the tangent kernel of a network moves while it is trained.</summary>
public static class KernelDrift
{
    /// <summary>Measures the kernel of the same rows at networks of a series.</summary>
    /// <param name="series">The networks.</param>
    /// <param name="rows">Rows of the kernel.</param>
    /// <param name="most">At most so many networks, at least 2: the first, the last, and others evenly between them.</param>
    /// <param name="options">Which output's kernel.</param>
    /// <param name="run">Threads, memory budget and cancellation.</param>
    /// <param name="progress">Told how many of how many networks are done, or null.</param>
    /// <returns>Steps ascending.</returns>
    /// <exception cref="ModelException">A network cannot be read or takes other inputs than the first one measured.</exception>
    public static IReadOnlyList<KernelDriftRow> Of(CheckpointSeries series, KernelRows rows, int most, KernelOptions options, RunContext run, Action<int, int>? progress = null)
    {
        Checkpoint[] chosen = [.. EvenPlaces.Of(series.Checkpoints.Count, most).Select(place => series.Checkpoints[place])];
        int count = chosen.Length;
        double?[] linearized = options.Linearized ? LinearizedTraining.Of(chosen, rows, run) : new double?[count];
        var found = new List<KernelDriftRow>();
        KernelMatrix? first = null, before = null;
        long stepBefore = 0;
        for (int i = 0; i < count; i++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            Checkpoint checkpoint = chosen[i];
            KernelMatrix kernel = KernelMeasurement.Kernel(new EmpiricalKernel(rows.Load(checkpoint)), options, rows.Inputs, null, run);
            first ??= kernel;
            KernelSpectrum spectrum = KernelSpectrum.Of(kernel);
            bool isFinite = spectrum.Status != KernelStatus.NotFinite;
            found.Add(new KernelDriftRow
            {
                Step = checkpoint.Step,
                Status = spectrum.Status,
                Drift = KernelComparison.Drift(first, kernel),
                Distance = KernelComparison.Distance(first, kernel),
                Velocity = before is null ? null : KernelComparison.Distance(before, kernel) / Math.Max(1, checkpoint.Step - stepBefore),
                Alignment = KernelMeasurement.Alignment(kernel, rows, isCentered: false),
                CenteredAlignment = KernelMeasurement.Alignment(kernel, rows, isCentered: true),
                Largest = isFinite ? spectrum.Largest : null,
                ParticipationRatio = isFinite ? spectrum.ParticipationRatio : null,
                Linearization = linearized[i],
            });
            (before, stepBefore) = (kernel, checkpoint.Step);
            progress?.Invoke(i + 1, count);
        }
        return found;
    }
}
