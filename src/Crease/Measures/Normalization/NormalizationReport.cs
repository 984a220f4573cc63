using System.Collections.Immutable;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>What batch normalization does to a network's creases on given data: laws, distances, jitter, separation, with and without it on the same weights.</summary>
/// <remarks>Source: <c>riedi2026provable</c>, <c>balestriero2022batchnorm</c>. Each part says how exact it is; jitter and separation are sampled.</remarks>
public sealed class NormalizationReport
{
    private const double DistanceBudget = 5e11;
    private const int MostDistances = 60;
    private const double Agreement = 1e-6;

    private NormalizationReport(Network given, BatchNormalized batch) => (Given, Batch) = (given, batch);

    /// <summary>What one may not conclude.</summary>
    public static ImmutableArray<string> Caveats { get; } =
    [
        "Evaluation and training partitions differ: running statistics are not those of a batch.",
        "Results for one layer's input space do not transfer to compositions.",
        "g is the mean of a batch, so the anchored point itself jitters.",
    ];

    /// <summary>The network as given: with its running statistics where it has batch normalization.</summary>
    public Network Given { get; }

    /// <summary>The network under the statistics of all data.</summary>
    public BatchNormalized Batch { get; }

    /// <summary>The same weights without batch normalization.</summary>
    public Network Without => WithoutNormalization.Stripped(Given);

    /// <summary>Whether the given network has batch normalization of its own.</summary>
    public bool HasOwn => Given.Nodes.Any(node => node.Layer is BatchNormalization);

    /// <summary>Number of samples.</summary>
    public int Samples { get; private init; }

    /// <summary>Laws per normalized layer.</summary>
    public required ImmutableArray<CreaseFit> Fits { get; init; }

    /// <summary>Distances of data to creases per variant of the network; empty where they were not measured.</summary>
    public required ImmutableArray<NormalizationDistances> Distances { get; init; }

    /// <summary>Samples whose distances were measured.</summary>
    public int DistanceSamples { get; private init; }

    /// <summary>Jitter per batch size.</summary>
    public required CreaseJitter Jitter { get; init; }

    /// <summary>Separation of pairs of samples of one class; of all pairs where there are no labels.</summary>
    public required ImmutableArray<UnitSeparation> SameClass { get; init; }

    /// <summary>Separation of pairs of samples of different classes; empty without labels.</summary>
    public required ImmutableArray<UnitSeparation> OtherClass { get; init; }

    /// <summary>What to look at, one sentence each.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="data">At least two rows that fit the network.</param>
    /// <param name="options">What to measure; null for the defaults.</param>
    /// <param name="run">Seed, threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">The data do not fit, an option is out of range, or there is nothing to normalize.</exception>
    public static NormalizationReport Of(Network network, DataSet data, NormalizationOptions? options = null, RunContext? run = null)
    {
        options ??= NormalizationOptions.Default;
        options.Jitter.Validate();
        if (options.Pairs < 1 || options.DistanceSamples < 0)
            throw new ArgumentException($"'Pairs' is {options.Pairs} and 'DistanceSamples' {options.DistanceSamples}; expected at least 1 and at least 0.", nameof(options));
        run ??= RunContext.Default;
        double[] inputs = Batches.Joined(data.Inputs);
        int count = data.Inputs.Length;
        BatchNormalized batch = BatchNormalized.Of(network, inputs, count, options.Jitter.Epsilon);
        ImmutableArray<CreaseFit> fits = [.. CreaseFit.Of(network, batch, inputs, count)];
        var warnings = new List<string>();
        (ImmutableArray<NormalizationDistances> distances, int measured) = Distance(network, batch, data, options, run, warnings);
        var random = new RandomSource(run.Seed);
        int kept = Batches.Room(batch.Network, count);
        IReadOnlyList<(int, int)> same = UnitSeparation.Draw(kept, options.Pairs, (a, b) => data.Labels is null || data.Labels[a] == data.Labels[b], random);
        IReadOnlyList<(int, int)> other = data.Labels is not int[] labels ? [] : UnitSeparation.Draw(kept, options.Pairs, (a, b) => labels[a] != labels[b], random);
        warnings.AddRange(Faults(fits));
        warnings.AddRange(Expanding(network));
        return new NormalizationReport(network, batch)
        {
            Samples = count,
            Fits = fits,
            Distances = distances,
            DistanceSamples = measured,
            Jitter = CreaseJitter.Of(network, batch, data.Inputs, options.Jitter, run),
            SameClass = UnitSeparation.Of(batch, inputs, count, same),
            OtherClass = UnitSeparation.Of(batch, inputs, count, other),
            Warnings = [.. warnings],
        };
    }

    private static (ImmutableArray<NormalizationDistances>, int) Distance(Network network, BatchNormalized batch, DataSet data, NormalizationOptions options, RunContext run, List<string> warnings)
    {
        double perSample = 3.0 * network.InputShape.Size * network.Flops;
        int wanted = options.DistanceSamples ?? (int)Math.Min(MostDistances, DistanceBudget / Math.Max(1, perSample)), count = Math.Min(wanted, data.Inputs.Length);
        if (count == 0)
        {
            if (options.DistanceSamples is null)
                warnings.Add(FormattableString.Invariant($"Distances to creases were left out: they take {perSample:G2} FLOP per sample. Ask for some with --distance-samples N."));
            return ([], 0);
        }
        double[][] rows = data.Inputs[..count];
        var found = new List<NormalizationDistances>();
        try
        {
            bool hasOwn = network.Nodes.Any(node => node.Layer is BatchNormalization);
            found.Add(NormalizationDistances.Of("batch statistics", batch.Network, rows, run));
            if (hasOwn)
                found.Add(NormalizationDistances.Of("running statistics", network, rows, run));
            found.Add(NormalizationDistances.Of("without", WithoutNormalization.Stripped(network), rows, run));
            return ([.. found], count);
        }
        catch (NotSupportedException fault)
        {
            warnings.Add($"Distances to creases were left out: {fault.Message.Split(';')[0]}. They need a piecewise-affine network.");
            return ([], 0);
        }
    }

    private static IEnumerable<string> Faults(ImmutableArray<CreaseFit> fits)
    {
        foreach (CreaseFit fit in fits)
        {
            if (fit.ConstantUnits > 0)
                yield return $"{fit.ConstantUnits} of {fit.ConstantUnits + fit.Units} units of '{fit.Name}' are constant on this data: they have no crease between samples. Give more, or more varied, samples.";
            if (fit.Skipped is null && !(fit.LargestError <= Agreement))
                yield return FormattableString.Invariant($"The laws hold at '{fit.Name}' to {fit.LargestError:G2} only: values there are too large, or variances too small, for double precision. Scale the inputs.");
        }
    }

    private static IEnumerable<string> Expanding(Network network)
    {
        foreach (NormalizationSite site in NormalizationSite.Of(network))
        {
            if (site.Layer is null && network.Nodes[site.Before].Layer is Dense { OutputShape.Rank: 1 } dense && dense.Outputs > dense.Inputs && dense.Inputs <= 256
                && CreaseAnchors.Shared(dense.Weights.Values, dense.Bias is Weights bias ? [.. bias.Values.ToArray().Select(offset => -offset)] : new double[dense.Outputs]) is null)
            {
                yield return $"'{network.Nodes[site.Before].Name}' expands ({dense.Inputs} to {dense.Outputs}) and its creases share no point: its cells are partly bounded, wherever the data are. A normalized layer alone has no bounded cell.";
            }
        }
    }
}
