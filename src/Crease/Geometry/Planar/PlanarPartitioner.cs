using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Cuts two-dimensional slices of a network's input space into its exact linear regions.</summary>
/// <remarks>
/// Prepare once, cut often, from any thread. Source: exact slices after SplineCam (<c>humayun2023splinecam</c>), enumerated by
/// depth-first convex splitting. Cost: per region and layer one rank-one update of the next layer's block, per region of the layer
/// before one matrix product; memory for a partition about 150 bytes per region. Exactness: exact.
/// </remarks>
public sealed class PlanarPartitioner
{
    private const long BlockBudget = 64L << 20;
    private const int StackBytes = 256 << 20;

    private readonly FoldedNetwork _folded;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">A piecewise-affine network with one input; a final softmax or sigmoid is set aside.</param>
    /// <param name="layers">Only the first so many piecewise layers fold; null for all.</param>
    /// <exception cref="NotSupportedException">A node is smooth; the message names it.</exception>
    /// <exception cref="ArgumentException">The network has several inputs, or <paramref name="layers"/> is out of range.</exception>
    public PlanarPartitioner(Network network, int? layers = null)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; a slice needs a network with one.", nameof(network));
        _folded = new FoldedNetwork(network, layers);
        Network = network;
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Number of outputs that classes and boundaries refer to.</summary>
    public int Outputs => _folded.Outputs;

    /// <summary>What was set aside, one sentence each.</summary>
    public IReadOnlyList<string> Notes => _folded.SetAside is Node node
        ? [$"The final {node.Layer.Kind} ('{node.Name}') is monotone and was set aside: regions, classes and boundary are those of its input."]
        : [];

    /// <summary>Cuts a slice.</summary>
    /// <param name="slice">A two-dimensional slice of the network's input space.</param>
    /// <param name="run">Threads, memory budget, cancellation; null for the defaults.</param>
    /// <param name="options">What to find besides regions, and limits; null for the defaults.</param>
    /// <returns>All regions, or with <see cref="Status.BudgetExhausted"/> or <see cref="Status.Interrupted"/> those found so far.</returns>
    /// <exception cref="ArgumentException">The slice does not fit the network, or an option is out of range.</exception>
    public Partition Cut(Slice slice, RunContext? run = null, CutOptions? options = null)
    {
        run ??= RunContext.Default;
        options ??= CutOptions.Default;
        Check(slice, options);
        long start = run.Clock.GetTimestamp();
        var limits = new CutLimits(options.MaxRegions, options.TimeLimit, run);
        var cutter = new CellCutter(_folded, slice, options, limits);
        Cell root = Root(slice);
        int stride = _folded.Folds.Max(fold => fold.Stride);
        int parts = (int)Math.Clamp(BlockBudget / (48L * stride), 16, 160);
        var tree = new CutTree(cutter, root, parts);
        var work = new CutWork(_folded, slice, options, limits, tree.Parts, KeepMaps(run), run);
        work.Run(StackBytes);
        RegionBuffer buffer = work.Gather(options.MaxRegions, out Status status);
        tree.Join(buffer);
        buffer.Truncate(options.MaxRegions);
        PartitionArrays arrays = MeshAssembly.Assemble(buffer, slice, options.Boundary, work.KeepsMaps ? 3 * _folded.Outputs : 0, status, work.ExactDecisions + cutter.ExactDecisions);
        double seconds = run.Clock.GetElapsedTime(start).TotalSeconds;
        arrays.Cost = new Cost(seconds, work.Flops + cutter.Flops, GC.GetTotalMemory(false));
        var partition = new Partition(Network, slice, _folded.Creases, arrays);
        Verify(partition);
        return partition;
    }

    // The laws every complete partition obeys: a broken one is a fault of the engine and is never passed on as a result.
    private static void Verify(Partition partition)
    {
        if (partition.Status != Status.Complete)
            return;
        if (partition.EulerCharacteristic != 1)
            throw new InvalidOperationException($"The partition is inconsistent: V - E + F is {partition.EulerCharacteristic} instead of 1. Please report the network and slice.");
        Verify(partition.TotalArea, partition.DomainArea);
    }

    private static void Verify(double area, double domain)
    {
        if (!(Math.Abs(area - domain) <= 1e-9 * domain))
            throw new InvalidOperationException($"The partition is inconsistent: its regions cover {area:G12} of {domain:G12}. Please report the network and slice.");
    }

    /// <summary>Passes all regions of a slice on, one by one, and keeps none: memory does not depend on their number.</summary>
    /// <remarks>Cost: one thread; memory for the depth of the recursion only. Regions come in the order of <see cref="Cut"/>: what a stopped stream has passed on are the first of them.</remarks>
    /// <param name="slice">A two-dimensional slice of the network's input space.</param>
    /// <param name="visitor">Takes each region; an exception of it ends the stream and is passed on.</param>
    /// <param name="run">Cancellation, clock, progress; null for the defaults.</param>
    /// <param name="options">Limits; null for none.</param>
    /// <returns>How much was passed on, and whether that is all.</returns>
    /// <exception cref="ArgumentException">The slice does not fit the network, an option is out of range, or a boundary is asked for, which a stream does not find.</exception>
    public PartitionTotals Stream(Slice slice, RegionVisitor visitor, RunContext? run = null, CutOptions? options = null)
    {
        run ??= RunContext.Default;
        options ??= new CutOptions { MaxRegions = int.MaxValue };
        Check(slice, options);
        if (options.Boundary || options.Classes is not null)
            throw new ArgumentException("'Boundary' is asked for; a stream finds regions only. Use 'Cut', or leave it out.", nameof(options));
        long start = run.Clock.GetTimestamp();
        var limits = new CutLimits(options.MaxRegions == int.MaxValue ? long.MaxValue : options.MaxRegions, options.TimeLimit, run);
        var cutter = new CellCutter(_folded, slice, options, limits);
        double domain = Polygons.Area(slice.Domain);
        var tally = new AreaTally(domain, run);
        cutter.Streamed = cell =>
        {
            double area = Math.Max(cell.Area(), 0);
            visitor(new RegionView
            {
                Index = tally.Regions,
                X = cell.X.AsSpan(0, cell.Corners),
                Y = cell.Y.AsSpan(0, cell.Corners),
                Area = area,
                Class = cutter.ClassOf(cell),
                SlopeNorm = cutter.SlopeNormOf(cell),
                CodeHash = cell.Hash,
            });
            tally.Add(area);
        };
        Exception? failure = null;
        var worker = new Thread(() =>
        {
            try
            {
                cutter.Run(Root(slice), 0);
            }
            catch (Exception fault)
            {
                failure = fault;
            }
        }, StackBytes);
        worker.Start();
        worker.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        Status status = !cutter.Stopped ? Status.Complete : run.Cancellation.IsCancellationRequested ? Status.Interrupted : Status.BudgetExhausted;
        if (status == Status.Complete)
            Verify(tally.Area, domain);
        tally.Report();
        var cost = new Cost(run.Clock.GetElapsedTime(start).TotalSeconds, cutter.Flops, GC.GetTotalMemory(false));
        return new PartitionTotals(tally.Regions, tally.Area, domain, status, cost);
    }

    private bool KeepMaps(RunContext run) => _folded.Outputs <= 64 && run.MemoryBudget >= 1 << 20;

    private Cell Root(Slice slice)
    {
        int inputs = Network.InputShape.Size;
        Fold fold = _folded.Folds[0];
        var root = new Cell { Next = new double[3 * fold.Stride] };
        fold.Base(new FoldScratch(Network), [], new Sources
        {
            Units = Enumerable.Range(0, inputs).ToArray(),
            A = slice.Directions[..inputs],
            B = slice.Directions[inputs..],
            C = slice.Origin,
        }, root.Next);
        ReadOnlySpan<double> domain = slice.Domain;
        int sides = domain.Length / 2;
        for (int i = 0; i < sides; i++)
        {
            int j = (i + 1) % sides;
            double px = domain[2 * i], py = domain[2 * i + 1], qx = domain[2 * j], qy = domain[2 * j + 1];
            var side = new Edge { A = py - qy, B = qx - px, C = px * qy - qx * py, Line = Line.Side(i), Crease = -1 - i };
            side.Slack = 1e-15 * (Math.Abs(px) + Math.Abs(py) + Math.Abs(qx) + Math.Abs(qy));
            root.AddCorner(px, py, 0, side, i);
        }
        return root;
    }

    private void Check(Slice slice, CutOptions options)
    {
        if (slice.Dimension != 2)
            throw new ArgumentException($"'slice' has {slice.Dimension} directions; the planar partitioner takes 2.", nameof(slice));
        if (slice.Inputs != Network.InputShape.Size)
            throw new ArgumentException($"'slice' lies in a space of {slice.Inputs} inputs; the network takes {Network.InputShape.Size} (shape {Network.InputShape}).", nameof(slice));
        if (options.MaxRegions < 1)
            throw new ArgumentException($"'MaxRegions' is {options.MaxRegions}; expected at least 1.", nameof(options));
        if (options.TimeLimit is TimeSpan limit && limit <= TimeSpan.Zero)
            throw new ArgumentException($"'TimeLimit' is {limit.TotalSeconds} s; expected more than 0.", nameof(options));
        if (options.Classes is (int first, int second) && (first == second || Math.Min(first, second) < 0 || Math.Max(first, second) >= Outputs))
            throw new ArgumentException($"'Classes' is ({first}, {second}); expected two different outputs from 0 to {Outputs - 1}.", nameof(options));
    }
}
