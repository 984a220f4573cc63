using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Counts, around samples, the units whose pre-activation changes its sign within a cross-polytope.</summary>
/// <remarks>
/// Notation: r ↔ <see cref="LocalComplexityOptions.Radius"/>, P ↔ <see cref="LocalComplexityOptions.Directions"/>; the vertices are x ± r v_p. A
/// unit counts when sign(h), one of -1, 0 and 1, is not the same at all 2P vertices; for a piecewise-linear function with other knots, when
/// sign(h - knot) is not for one of them. Counted is every pre-activation that feeds an element-wise piecewise-linear or smooth activation; max pooling,
/// softmax, normalizations and products of activations are passed through. Source: <c>humayun2024grok</c>, section 3; <c>humayun2023training</c>.
/// Exactness: exact for layers that are affine in the input (the creases that cross the cross-polytope); deeper, the hull of the embedded vertices stands for
/// the embedded polytope, without a bound on the error.
/// Cost: per sample 2P forward passes behind the affine part of the network, as blocked products that leave out units that are 0 at all vertices.
/// Prepare once, measure often, from any thread.
/// </remarks>
public sealed class LocalComplexityEstimator
{
    private readonly HullPlan _plan;
    private readonly HullDirections? _shared;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">Any network with one input.</param>
    /// <param name="options">Size and directions of the neighborhood; null for the defaults.</param>
    /// <exception cref="ArgumentException">The network has several inputs, or options are out of range; the message lists every fault.</exception>
    public LocalComplexityEstimator(Network network, LocalComplexityOptions? options = null)
    {
        Options = options ?? LocalComplexityOptions.Default;
        _plan = new HullPlan(network);
        Options.Check(network.InputShape.Size);
        HullWorker.Sizes(_plan, 2 * Options.Count, IsShared);
        if (Options.GivenDirections is not null || Options.Sharing == DirectionSharing.Shared)
            _shared = HullDirections.Of(_plan, DirectionsOf(0), Options.Radius, new ProductScratch());
    }

    /// <summary>The network.</summary>
    public Network Network => _plan.Network;

    /// <summary>The neighborhood.</summary>
    public LocalComplexityOptions Options { get; }

    /// <summary>What is counted, in topological order; logits last, where there are any.</summary>
    public ImmutableArray<CountedLayer> Layers => _plan.Layers;

    /// <summary>Whether a smooth node lies before something that is counted: signs change there without a crease, or creases are not piecewise flat.</summary>
    public bool IsApproximate => _plan.Network.Nodes.Any(node => node.Layer.Class == Networks.Layers.LayerClass.Smooth && _plan.IsNeeded[node.Index]) || Layers.Any(layer => layer.IsSmooth);

    private bool IsShared => Options.GivenDirections is not null || Options.Sharing == DirectionSharing.Shared;

    /// <summary>The directions around a sample.</summary>
    /// <param name="sample">Index of the sample; shared directions are the same for all.</param>
    public OrthonormalDirections DirectionsOf(int sample)
    {
        if (Options.GivenDirections is { } given)
            return given;
        ulong seed = Options.Seed;
        if (Options.Sharing == DirectionSharing.PerSample)
        {
            // Neighboring seeds and samples must not share streams.
            ulong state = RandomSource.Mix(ref seed) ^ (ulong)sample;
            seed = RandomSource.Mix(ref state);
        }
        return OrthonormalDirections.Random(Network.InputShape.Size, Options.Directions, seed);
    }

    /// <summary>Counts around samples.</summary>
    /// <param name="inputs">One array per sample, each of shape [inputs], finite; at least one.</param>
    /// <param name="run">Threads, cancellation, progress; null for the defaults. Results do not depend on the number of threads.</param>
    /// <exception cref="ArgumentException">A sample does not fit the network; there are none; or a number is not finite.</exception>
    /// <exception cref="InvalidOperationException">Values overflow inside the network.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public LocalComplexity Measure(IReadOnlyList<double[]> inputs, RunContext? run = null)
    {
        Check(inputs);
        run ??= RunContext.Default;
        long start = run.Clock.GetTimestamp();
        int[] counts = Count(inputs.Count, Rows(inputs), run);
        return new LocalComplexity(Network, Options, Layers, counts, inputs.Count, IsApproximate, run.Clock.GetElapsedTime(start).TotalSeconds);
    }

    internal static PointSource Rows(IReadOnlyList<double[]> inputs) => (first, count, points) =>
    {
        for (int i = 0; i < count; i++)
            inputs[first + i].CopyTo(points[(i * inputs[first + i].Length)..]);
    };

    internal void Check(IReadOnlyList<double[]> inputs)
    {
        if (inputs.Count == 0)
            throw new ArgumentException("'inputs' is empty; expected at least one sample.", nameof(inputs));
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Length != Network.InputShape.Size)
                throw new ArgumentException($"Sample {i} has {inputs[i].Length} numbers; the network takes {Network.InputShape.Size} (shape {Network.InputShape}).", nameof(inputs));
            int bad = Array.FindIndex(inputs[i], value => !double.IsFinite(value));
            if (bad >= 0)
                throw new ArgumentException($"Sample {i} holds {inputs[i][bad]} at index {bad}; expected finite numbers.", nameof(inputs));
        }
    }

    /// <summary>Counts for many points. Shape of the result [samples, layers].</summary>
    internal int[] Count(int samples, PointSource source, RunContext run, Func<VertexValues>? visitors = null)
    {
        int layers = Layers.Length, group = HullWorker.Sizes(_plan, 2 * Options.Count, IsShared).Group, groups = (samples + group - 1) / group, next = -1, done = 0;
        var counts = new int[(long)samples * layers];
        Workers.Run(Math.Min(Math.Max(1, run.Threads), groups), _ =>
        {
            var worker = new HullWorker(_plan, Options.Count, IsShared);
            var scratch = new ProductScratch();
            VertexValues? visit = visitors?.Invoke();
            int mine;
            while ((mine = Interlocked.Increment(ref next)) < groups)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                int first = mine * group, count = Math.Min(group, samples - first);
                HullDirections directions = _shared ?? HullDirections.Of(_plan, DirectionsOf(first), Options.Radius, scratch);
                worker.Count(first, count, source, directions, counts.AsSpan(first * layers, count * layers), visit);
                int sofar = Interlocked.Increment(ref done);
                run.Progress?.Report(new Progress((double)sofar / groups, Math.Min(samples, (long)sofar * group)));
            }
        });
        return counts;
    }
}
