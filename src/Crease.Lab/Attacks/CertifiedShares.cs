using System.Collections.Immutable;
using Crease.Certificates;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Shares of inputs that bounds alone prove to be classified right on whole balls in L∞.</summary>
internal static class CertifiedShares
{
    /// <summary>Counts.</summary>
    /// <param name="network">Affine and piecewise-affine layers up to the logits.</param>
    /// <param name="inputs">One array per input, within the box.</param>
    /// <param name="labels">The true classes.</param>
    /// <param name="epsilons">Radii.</param>
    /// <param name="box">Where inputs stay; null for no limits.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <returns>Per ε, the share by intervals and the share by back-substitution.</returns>
    /// <exception cref="ArgumentException">The network has a smooth layer, which is named, or a label is no class.</exception>
    public static (ImmutableArray<double> Intervals, ImmutableArray<double> Relaxed) Of(Network network, IReadOnlyList<double[]> inputs, int[] labels, IReadOnlyList<double> epsilons, InputBox? box, RunContext run)
    {
        (double low, double high) = InputBox.Ends(box);
        int[] byIntervals = new int[epsilons.Count], relaxed = new int[epsilons.Count];
        _ = new MarginBounds(network);
        Workers.InParts(inputs.Count, 1, run with { Progress = null }, () => new MarginBounds(network), (bounds, i, _) =>
        {
            run.Cancellation.ThrowIfCancellationRequested();
            for (int e = 0; e < epsilons.Count; e++)
            {
                (double interval, double bound) = bounds.Least(inputs[i], labels[i], epsilons[e], low, high);
                if (interval > 0)
                    Interlocked.Increment(ref byIntervals[e]);
                if (bound > 0)
                    Interlocked.Increment(ref relaxed[e]);
            }
        });
        return ([.. byIntervals.Select(Share)], [.. relaxed.Select(Share)]);

        double Share(int count) => (double)count / inputs.Count;
    }
}
