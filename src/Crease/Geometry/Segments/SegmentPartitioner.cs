using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Cuts segments of a network's input space into the exact linear regions along them.</summary>
/// <remarks>
/// Prepare once, cut often, from any thread. Source: exact slices after SplineCam (<c>humayun2023splinecam</c>) in one dimension; regions along
/// a line as in <c>hanin2019complexity</c>. Cost: per breakpoint what changes at it - through a convolution kernel × kernel × channels rows - and not
/// the size of the network; memory of four columns per node and thread, whatever the number of regions, and 16 bytes per region and output for
/// the result. Exactness: exact: a sign is taken from float64 where it exceeds the expected rounding of its layer (decision 8)
/// and what the position may be wrong by, else it is decided with binary fractions, a crossing being the rational -c / a.
/// </remarks>
public sealed class SegmentPartitioner
{
    // Maps of neighbors meet at their breakpoint up to rounding; a larger step, relative to the terms, shows a wrong decision.
    private const double LargestStep = 1e-6;

    private readonly SegmentPlan _plan;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">A piecewise-affine network with one input; a final softmax or sigmoid is set aside.</param>
    /// <param name="layers">Only the first so many piecewise layers fold; null for all.</param>
    /// <exception cref="NotSupportedException">A node is smooth; the message names it.</exception>
    /// <exception cref="ArgumentException">The network has several inputs, or <paramref name="layers"/> is out of range.</exception>
    public SegmentPartitioner(Network network, int? layers = null)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; a slice needs a network with one.", nameof(network));
        _plan = new SegmentPlan(new FoldedNetwork(network, layers));
        Network = network;
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The piecewise layers in topological order; creases count layers so.</summary>
    public ImmutableArray<Node> Layers => _plan.Folded.Layers;

    /// <summary>Number of outputs that maps, classes and boundary refer to.</summary>
    public int Outputs => _plan.Folded.Outputs;

    /// <summary>What was set aside, one sentence each.</summary>
    public IReadOnlyList<string> Notes => _plan.Folded.SetAside is Node node
        ? [$"The final {node.Layer.Kind} ('{node.Name}') is monotone and was set aside: regions, maps, classes and boundary are those of its input."]
        : [];

    /// <summary>Cuts a segment.</summary>
    /// <param name="slice">A one-dimensional slice of the network's input space, for example <see cref="Slice.Segment"/>.</param>
    /// <param name="run">Threads, memory budget, cancellation; null for the defaults.</param>
    /// <param name="options">What to find besides regions, and limits; null for the defaults.</param>
    /// <returns>All regions, or with <see cref="Status.BudgetExhausted"/> or <see cref="Status.Interrupted"/> those found from the start on.</returns>
    /// <exception cref="ArgumentException">The slice does not fit the network, or an option is out of range.</exception>
    public SegmentPartition Cut(Slice slice, RunContext? run = null, CutOptions? options = null)
    {
        run ??= RunContext.Default;
        options ??= CutOptions.Default;
        Check(slice, options);
        long start = run.Clock.GetTimestamp();
        long perRegion = 64 + 16L * Outputs;
        int most = (int)Math.Clamp(run.MemoryBudget / 2 / perRegion, 1, options.MaxRegions);
        var work = new SegmentWork(_plan, slice, options, most, run);
        (SegmentBuffer buffer, Status status) = work.Run();
        var arrays = new SegmentArrays(buffer, slice.Domain[0], Outputs, status)
        {
            Boundary = options.Boundary ? new SegmentBoundary([.. buffer.Boundary], [.. buffer.BoundaryClasses]) : null,
            ExactDecisions = work.ExactDecisions,
        };
        arrays.Cost = new Cost(run.Clock.GetElapsedTime(start).TotalSeconds, work.Flops, GC.GetTotalMemory(false));
        Verify(arrays, slice);
        return new SegmentPartition(Network, slice, Outputs, _plan.Folded.Creases, arrays);
    }

    // A network is continuous: maps that do not meet are a fault of the engine and are never passed on as a result.
    private void Verify(SegmentArrays arrays, Slice slice)
    {
        for (int b = 1; b < arrays.Ends.Length - 1; b++)
        {
            double t = arrays.Ends[b], step = 0, scale = 0;
            for (int o = b * Outputs; o < (b + 1) * Outputs; o++)
            {
                double before = arrays.Slopes[o - Outputs] * t + arrays.Offsets[o - Outputs], after = arrays.Slopes[o] * t + arrays.Offsets[o];
                step = Math.Max(step, Math.Abs(before - after));
                scale = Math.Max(scale, Math.Abs(arrays.Slopes[o]) * Math.Max(Math.Abs(slice.Domain[0]), Math.Abs(slice.Domain[1])) + Math.Abs(arrays.Offsets[o]));
            }
            if (step > LargestStep * scale)
                throw new InvalidOperationException($"The partition is inconsistent: the outputs step by {step:G3} at {t:G12}. Please report the network and the segment.");
        }
        if (arrays.Status == Status.Complete && arrays.Ends[^1] != slice.Domain[1])
            throw new InvalidOperationException($"The partition is inconsistent: it ends at {arrays.Ends[^1]:G12} instead of {slice.Domain[1]:G12}. Please report the network and the segment.");
    }

    private void Check(Slice slice, CutOptions options)
    {
        if (slice.Dimension != 1)
            throw new ArgumentException($"'slice' has {slice.Dimension} directions; a segment has 1. PlanarPartitioner takes 2.", nameof(slice));
        if (slice.Inputs != Network.InputShape.Size)
            throw new ArgumentException($"'slice' lies in a space of {slice.Inputs} inputs; the network takes {Network.InputShape.Size} (shape {Network.InputShape}).", nameof(slice));
        if (options.MaxRegions < 1)
            throw new ArgumentException($"'MaxRegions' is {options.MaxRegions}; expected at least 1.", nameof(options));
        if (options.Classes is (int first, int second) && (first == second || Math.Min(first, second) < 0 || Math.Max(first, second) >= Outputs))
            throw new ArgumentException($"'Classes' is ({first}, {second}); expected two different outputs from 0 to {Outputs - 1}.", nameof(options));
    }
}
