using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Cuts three-dimensional boxes of a network's input space into linear regions, and extracts level sets of its outputs.</summary>
/// <remarks>
/// Prepare once, cut often, from any thread. A cell is cut along one crease at a time; it carries a network of only those units that may still
/// fold in it. Cells are cut independently and joined by sign sequences (decision 0007). Cost: per region about the square of its number of
/// undecided units. Exactness: exact. Source: <c>berzins2023polyhedral</c>, <c>masden2022algorithmic</c>.
/// </remarks>
public sealed class VolumePartitioner
{
    private readonly VolumeNetwork _network;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">A network with one input, of affine and element-wise piecewise-affine layers; a final softmax or sigmoid is set aside.</param>
    /// <param name="layers">Only the first so many piecewise layers fold; null for all.</param>
    /// <exception cref="NotSupportedException">A node is smooth or a max pooling; the message names it.</exception>
    /// <exception cref="ArgumentException">The network has several inputs, or <paramref name="layers"/> is out of range.</exception>
    public VolumePartitioner(Network network, int? layers = null)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; a slice needs a network with one.", nameof(network));
        _network = new VolumeNetwork(network, layers);
    }

    /// <summary>The network.</summary>
    public Network Network => _network.Network;

    /// <summary>Number of outputs that classes and surfaces refer to.</summary>
    public int Outputs => _network.Outputs;

    /// <summary>What was set aside, one sentence each.</summary>
    public IReadOnlyList<string> Notes => _network.SetAside is Node node
        ? [$"The final {node.Layer.Kind} ('{node.Name}') is monotone and was set aside: regions, classes and surfaces are those of its input."]
        : [];

    /// <summary>Cuts a box into regions.</summary>
    /// <param name="slice">A three-dimensional slice whose domain is a box (<see cref="Domains.Box(double, double, double, double, double, double)"/>).</param>
    /// <param name="run">Threads, cancellation, progress; null for the defaults.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <returns>All regions, or with <see cref="Status.BudgetExhausted"/> or <see cref="Status.Interrupted"/> those found so far.</returns>
    /// <exception cref="ArgumentException">The slice does not fit the network, or an option is out of range.</exception>
    /// <exception cref="NotSupportedException">So many units may fold in the domain that they do not fit in memory.</exception>
    public VolumePartition Cut(Slice slice, RunContext? run = null, VolumeOptions? options = null)
    {
        run ??= RunContext.Default;
        options ??= VolumeOptions.Default;
        Polyhedron domain = Check(slice, options.MaxRegions, out double[] low, out double[] high);
        long start = run.Clock.GetTimestamp();
        var root = new RootReduction(_network, slice, domain, [.. Enumerable.Range(0, Outputs)], 0);
        var work = new VolumeWork<VolumeRegions>(_network, root, () => new ExactPlanes(_network, slice, low, high, 0), () => new VolumeRegions(_network), options.MaxRegions, run);
        List<VolumeRegions> parts = work.Run(Start(domain, root));
        VolumeArrays arrays = VolumeAssembly.Assemble(parts, options.MaxRegions, work.Status, work.ExactDecisions);
        arrays.Cost = new Cost(run.Clock.GetElapsedTime(start).TotalSeconds, work.Flops, GC.GetTotalMemory(false));
        var partition = new VolumePartition(_network, slice, arrays, domain.Volume());
        Verify(partition);
        return partition;
    }

    /// <summary>Extracts the level set of one output in a box.</summary>
    /// <remarks>Cost: cells on which the output provably stays above or below the level are left out early, so the cost follows the surface, not the volume.</remarks>
    /// <param name="slice">A three-dimensional slice whose domain is a box.</param>
    /// <param name="run">Threads, cancellation, progress; null for the defaults.</param>
    /// <param name="options">Output, level and limits; null for the zero set of output 0.</param>
    /// <returns>The whole surface, or with <see cref="Status.BudgetExhausted"/> or <see cref="Status.Interrupted"/> what was found so far.</returns>
    /// <exception cref="ArgumentException">The slice does not fit the network, or an option is out of range.</exception>
    /// <exception cref="NotSupportedException">So many units may fold in the domain that they do not fit in memory.</exception>
    public IsoSurface Surface(Slice slice, RunContext? run = null, SurfaceOptions? options = null)
    {
        run ??= RunContext.Default;
        options ??= SurfaceOptions.Default;
        Polyhedron domain = Check(slice, options.MaxRegions, out double[] low, out double[] high);
        if ((uint)options.Output >= (uint)Outputs)
            throw new ArgumentException($"'Output' is {options.Output}; the network has outputs 0 to {Outputs - 1}.", nameof(options));
        if (!double.IsFinite(options.Level))
            throw new ArgumentException($"'Level' is {options.Level}; expected a finite number.", nameof(options));
        long start = run.Clock.GetTimestamp();
        var root = new RootReduction(_network, slice, domain, [options.Output], options.Level);
        var work = new VolumeWork<SurfacePieces>(_network, root, () => new ExactPlanes(_network, slice, low, high, options.Level), () => new SurfacePieces(_network, options.Output, root.OutputTolerances[0]), options.MaxRegions, run);
        List<SurfacePieces> parts = work.Run(Start(domain, root));
        SurfaceArrays arrays = SurfaceAssembly.Assemble(parts, options.MaxRegions, work.Status, work.ExactDecisions);
        arrays.Cost = new Cost(run.Clock.GetElapsedTime(start).TotalSeconds, work.Flops, GC.GetTotalMemory(false));
        var surface = new IsoSurface(Network, slice, options, arrays);
        if (surface.Status == Status.Complete && surface.OpenEdgeCount > 0)
            throw new InvalidOperationException($"The surface is inconsistent: {surface.OpenEdgeCount} of its edges are open inside the domain. Please report the network and slice.");
        return surface;
    }

    private static VolumeCell Start(Polyhedron domain, RootReduction root) =>
        new() { Shape = domain, Network = root.Reduced, Decisions = new sbyte[root.Reduced.Items.Length], Code = root.Code, Key = root.Key };

    // The laws every complete partition obeys: a broken one is a fault of the engine and is never passed on as a result.
    private static void Verify(VolumePartition partition)
    {
        if (partition.Status != Status.Complete)
            return;
        if (partition.EulerCharacteristic != 1)
            throw new InvalidOperationException($"The partition is inconsistent: V - E + F - C is {partition.EulerCharacteristic} instead of 1. Please report the network and slice.");
        double volume = partition.TotalVolume, domain = partition.DomainVolume;
        if (!(Math.Abs(volume - domain) <= 1e-9 * domain))
            throw new InvalidOperationException($"The partition is inconsistent: its regions fill {volume:G12} of {domain:G12}. Please report the network and slice.");
    }

    private Polyhedron Check(Slice slice, int maxRegions, out double[] low, out double[] high)
    {
        if (slice.Dimension != 3)
            throw new ArgumentException($"'slice' has {slice.Dimension} directions; the volume partitioner takes 3.", nameof(slice));
        if (slice.Inputs != Network.InputShape.Size)
            throw new ArgumentException($"'slice' lies in a space of {slice.Inputs} inputs; the network takes {Network.InputShape.Size} (shape {Network.InputShape}).", nameof(slice));
        if (maxRegions < 1)
            throw new ArgumentException($"'MaxRegions' is {maxRegions}; expected at least 1.", nameof(maxRegions));
        (low, high) = ([.. slice.Domain[..3]], [.. slice.Domain[..3]]);
        for (int i = 3; i < slice.Domain.Length; i++)
            (low[i % 3], high[i % 3]) = (Math.Min(low[i % 3], slice.Domain[i]), Math.Max(high[i % 3], slice.Domain[i]));
        var corners = new HashSet<(bool, bool, bool)>();
        for (int v = 0; v < slice.Domain.Length; v += 3)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                if (!(low[axis] < high[axis]) || (slice.Domain[v + axis] != low[axis] && slice.Domain[v + axis] != high[axis]))
                    throw new ArgumentException("The domain of 'slice' is not a box with sides along its directions; the volume partitioner takes the 8 corners of one.", nameof(slice));
            }
            corners.Add((slice.Domain[v] == low[0], slice.Domain[v + 1] == low[1], slice.Domain[v + 2] == low[2]));
        }
        if (corners.Count != 8)
            throw new ArgumentException($"The domain of 'slice' has {corners.Count} corners of a box; the volume partitioner takes all 8.", nameof(slice));
        return Polyhedron.Box(low, high);
    }
}
