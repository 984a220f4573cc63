using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Jitter: how creases and the decision boundary of a network in training mode move from batch to batch.</summary>
/// <remarks>
/// A batch is drawn with replacement; the network takes its statistics (<see cref="BatchNormalized"/>). For independent samples Var(μ_B) = σ²/|B|, and for a Gaussian projection
/// Var(σ_B²) = 2σ⁴(|B| - 1)/|B|². Source: section 6 of <c>balestriero2022batchnorm</c>. Cost: a forward pass per batch and one of the probes with a pull. Exactness: sampled; a learned β moves a crease off the
/// mean, and the mean itself jitters.
/// </remarks>
public sealed class CreaseJitter
{
    private CreaseJitter(ImmutableArray<SizeJitter> sizes, JitterOptions options, int probes) => (Sizes, Options, Probes) = (sizes, options, probes);

    /// <summary>Per batch size, in the order asked for.</summary>
    public ImmutableArray<SizeJitter> Sizes { get; }

    /// <summary>What was asked for.</summary>
    public JitterOptions Options { get; }

    /// <summary>Samples that were followed.</summary>
    public int Probes { get; }

    /// <summary>Slope of log <see cref="SizeJitter.RelativeShift"/> over log batch size; -½ for independent samples. Null for a single size.</summary>
    public double? Slope
    {
        get
        {
            (double X, double Y)[] points = [.. Sizes.Where(size => size.RelativeShift > 0).Select(size => (Math.Log(size.BatchSize), Math.Log(size.RelativeShift)))];
            double x = points.Select(point => point.X).DefaultIfEmpty().Average(), y = points.Select(point => point.Y).DefaultIfEmpty().Average();
            double square = points.Sum(point => (point.X - x) * (point.X - x));
            return square > 0 ? points.Sum(point => (point.X - x) * (point.Y - y)) / square : null;
        }
    }

    /// <summary>The network under the statistics of one of the batches that are measured.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="inputs">One array per sample.</param>
    /// <param name="size">Samples of the batch, at least 2.</param>
    /// <param name="index">0-based number of the batch.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epsilon">As for <see cref="BatchNormalized.Of"/>.</param>
    public static BatchNormalized Batch(Network network, IReadOnlyList<double[]> inputs, int size, int index, ulong seed, double epsilon = 1e-5) =>
        BatchNormalized.Of(network, Batches.Drawn(inputs, size, seed, index), size, epsilon);

    /// <summary>Measures.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="inputs">One array per sample, each of shape [inputs], finite; at least 2.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="run">Seed, threads and cancellation; null for the defaults. Results do not depend on the number of threads.</param>
    /// <exception cref="ArgumentException">The inputs do not fit, an option is out of range, or there is nothing to normalize.</exception>
    public static CreaseJitter Of(Network network, IReadOnlyList<double[]> inputs, JitterOptions? options = null, RunContext? run = null)
    {
        options ??= JitterOptions.Default;
        options.Validate();
        return Of(network, BatchNormalized.Of(network, Batches.Joined(inputs), inputs.Count, options.Epsilon), inputs, options, run ?? RunContext.Default);
    }

    /// <summary>The same where the statistics of all inputs are known.</summary>
    internal static CreaseJitter Of(Network network, BatchNormalized all, IReadOnlyList<double[]> inputs, JitterOptions options, RunContext run)
    {
        int count = Math.Min(options.Probes, inputs.Count);
        double[] probes = Batches.Joined([.. inputs.Take(count)]);
        var reference = new BatchProbe(all, probes, count, null);
        var sizes = new List<SizeJitter>();
        foreach (int size in options.BatchSizes)
        {
            var found = new BatchProbe[options.Batches];
            var statistics = new BatchNormalized[options.Batches];
            Workers.InParts(options.Batches, 1, run, () => 0, (_, at, _) =>
            {
                statistics[at] = Batch(network, inputs, size, at, run.Seed, options.Epsilon);
                found[at] = new BatchProbe(statistics[at], probes, count, reference).WithoutCodes();
            });
            sizes.Add(Summary(size, all, statistics, found));
        }
        return new CreaseJitter([.. sizes], options, count);
    }

    private static SizeJitter Summary(int size, BatchNormalized all, BatchNormalized[] statistics, BatchProbe[] found)
    {
        var layers = ImmutableArray.CreateBuilder<LayerJitter>();
        for (int site = 0; site < all.Sites.Length; site++)
            layers.Add(Layer(size, site, all, statistics, found));
        double[] spreads = [.. Enumerable.Range(0, found[0].Distances.Length)
            .Where(probe => found.All(each => double.IsFinite(each.Distances[probe])))
            .Select(probe => Measures.Summary.Of([.. found.Select(each => each.Distances[probe])]).Std)];
        return new SizeJitter(size, layers.ToImmutable(), found.Average(each => each.ChangedClasses), spreads.Length == 0 ? null : spreads.Average());
    }

    private static LayerJitter Layer(int size, int site, BatchNormalized all, BatchNormalized[] batches, BatchProbe[] found)
    {
        ChannelStatistics whole = all.Statistics[site];
        int units = whole.Means.Length;
        double[]? norms = LayerSamples.Norms(all.Before(site).Layer);
        double[] relative = new double[units], shifts = new double[norms is null ? 0 : units];
        List<double> means = [], spreads = [];
        for (int unit = 0; unit < units; unit++)
        {
            double variance = whole.Variances[unit];
            double[] offsets = [.. batches.Select(batch => batch.Layer(site).Crease(unit) ?? double.NaN)];
            if (!(variance > 1e-24 * (1 + whole.Means[unit] * whole.Means[unit])) || !offsets.All(double.IsFinite))
                continue;
            double shift = Measures.Summary.Of(offsets).Std;
            relative[unit] = shift / Math.Sqrt(variance);
            if (norms is not null && norms[unit] > 0)
                shifts[unit] = shift / norms[unit];
            means.Add(Variance(batches.Select(batch => batch.Statistics[site].Means[unit])) * size / variance);
            spreads.Add(Variance(batches.Select(batch => batch.Statistics[site].Variances[unit])) * size * size / (2 * variance * variance * (size - 1)));
        }
        return new LayerJitter(all.Before(site).Name, relative, shifts, means.Count == 0 ? 0 : Median.Of(means), spreads.Count == 0 ? 0 : Median.Of(spreads),
            found.Average(each => each.ChangedSamples[site]), found.Average(each => each.ChangedUnits[site]));
    }

    // Unbiased: few batches should not look calm.
    private static double Variance(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double spread = Measures.Summary.Of(all).Std;
        return spread * spread * all.Length / (all.Length - 1);
    }
}
