using System.Collections.Immutable;
using Crease.Certificates;
using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Where creases concentrate around adversarial inputs: on the way to them, and at them.</summary>
/// <remarks>
/// Segments are cut exactly (<see cref="RegionConcentration"/>); at the points themselves: local complexity, distance to the nearest crease of each layer, share of units that proved bounds do not settle in a ball,
/// and for two inputs the exact number of regions in it. Source: the metrics of <c>humayun2024grok</c>, <c>balestriero2019geometry</c> and <c>hanin2019complexity</c>, compared at pairs. Everything is an association over inputs.
/// </remarks>
public sealed class ConcentrationResults
{
    /// <summary>Name of the metric of the nearest crease of all layers.</summary>
    public const string NearestCrease = "nearest crease";

    private const double Level = 0.05;

    private ConcentrationResults(Network network, AdversarialTwins twins, ConcentrationSettings settings, RegionConcentration segments, ImmutableArray<PointMetric> points, RunContext run)
    {
        (Network, Twins, Settings, Segments, Points) = (network, twins, settings, segments, points);
        Comparisons = [.. ((SegmentKind[])[SegmentKind.Random, SegmentKind.Toward, SegmentKind.Whole]).SelectMany(kind => Enumerable.Range(-1, segments.Layers.Length + 1)
            .Select(layer => new DensityComparison(kind, layer < 0 ? null : layer, segments.Against(kind, layer < 0 ? null : layer, run))))];
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The pairs.</summary>
    public AdversarialTwins Twins { get; }

    /// <summary>What was asked for.</summary>
    public ConcentrationSettings Settings { get; }

    /// <summary>Crossings on all segments.</summary>
    public RegionConcentration Segments { get; }

    /// <summary>The density toward twins against that of each other kind of segment: all layers together, then each layer.</summary>
    public ImmutableArray<DensityComparison> Comparisons { get; }

    /// <summary>What was measured at the points.</summary>
    public ImmutableArray<PointMetric> Points { get; }

    /// <summary>What the comparison with random segments says, one sentence.</summary>
    public string Verdict
    {
        get
        {
            PairedComparison against = Comparisons[0].Pairs!;
            if (against.Ratio is not double ratio)
                return "random segments cross no crease, so there is nothing to compare with";
            if (against.Test.PValue >= Level)
                return FormattableString.Invariant($"no difference is shown between the ways to adversarial twins and random ways as long (p = {against.Test.PValue:G2})");
            if (against.Test.Effect > 0 != ratio > 1)
                return FormattableString.Invariant($"means and ranks disagree: most ways to adversarial twins cross {(against.Test.Effect > 0 ? "more" : "fewer")} creases per length than random ones as long (p = {against.Test.PValue:G2}), and the ratio of means is {ratio:G3}");
            return FormattableString.Invariant($"creases are {(against.Test.Effect > 0 ? "denser" : "rarer")} on the ways to adversarial twins than on random ways as long: ratio {ratio:G3} (p = {against.Test.PValue:G2})");
        }
    }

    /// <summary>Measures.</summary>
    /// <param name="network">Affine and piecewise-affine layers, one input.</param>
    /// <param name="twins">At least one pair.</param>
    /// <param name="data">Inputs to look for another class among, and their classes.</param>
    /// <param name="settings">What to measure; null for the defaults.</param>
    /// <param name="run">Seed, threads, cancellation and progress; null for the defaults. Results do not depend on the number of threads.</param>
    /// <exception cref="ArgumentException">There are no pairs, the network is not for it, or a setting is out of range.</exception>
    /// <exception cref="NotSupportedException">A layer is smooth.</exception>
    public static ConcentrationResults Of(Network network, AdversarialTwins twins, (IReadOnlyList<double[]> Inputs, IReadOnlyList<int> Classes) data, ConcentrationSettings? settings = null, RunContext? run = null)
    {
        (settings, run) = (settings ?? new ConcentrationSettings(), run ?? RunContext.Default);
        if (twins.Count == 0)
            throw new ArgumentException($"none of {twins.Tried} inputs has an adversarial twin ({twins.Wrong} are wrong without an attack, {twins.Resisted} resist); raise epsilon, or take another attack", nameof(twins));
        const int Parts = 4;
        RegionConcentration segments = RegionConcentration.Of(new SegmentPartitioner(network), twins.Inputs, twins.Twins, twins.Labels, data, settings.Segments, Part(0));
        double[][] all = [.. twins.Inputs, .. twins.Twins];
        int count = twins.Count, layers = segments.Layers.Length;
        var points = new List<PointMetric>();
        int directions = settings.Directions ?? Math.Min(LocalComplexityOptions.Default.Directions, network.InputShape.Size);
        LocalComplexity complexity = new LocalComplexityEstimator(network, LocalComplexityOptions.Default with { Radius = settings.Radius, Directions = directions, Seed = run.Seed }).Measure(all, Part(1));
        Add("local complexity", "units", i => complexity.Total(i));
        CreaseDistanceTable distances = CreaseDistanceTable.Of(new PiecewiseGraph(network), all, Part(2));
        if (layers > 0)
            Add(NearestCrease, "distance", i => distances.Cumulative(i, layers - 1));
        for (int l = 0; l < layers; l++)
            Add($"{NearestCrease} of {distances.Layers[l].Name}", "distance", i => distances.Distance(i, l));
        if (settings.Bounds != UnitBounds.None && layers > 0)
        {
            UnstableUnits[] units = UnstableUnits.Around(network, all, settings.Radius, settings.Bounds == UnitBounds.Relaxed, new PiecewiseGraph(network).Output, Part(3));
            Add("unsettled units", "share", i => units[i].Share);
        }
        if (network.InputShape.Size == 2)
        {
            var partitioner = new PlanarPartitioner(network);
            int[] regions = [.. all.Select(point => BallRegions.Around(partitioner, point, settings.Radius, run with { Progress = null }))];
            Add("regions in the ball", "regions", i => regions[i]);
        }
        return new ConcentrationResults(network, twins, settings, segments, [.. points], run with { Progress = null });

        void Add(string name, string unit, Func<int, double> value) =>
            points.Add(new PointMetric(name, unit, [.. Enumerable.Range(0, count).Select(value)], [.. Enumerable.Range(count, count).Select(value)], run with { Progress = null }));

        RunContext Part(int part) => run with { Progress = PartProgress.Of(run.Progress, part, Parts) };
    }
}
