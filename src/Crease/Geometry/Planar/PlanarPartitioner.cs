using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Cuts two-dimensional slices of a network's input space into its exact linear regions.</summary>
/// <remarks>
/// Prepare once, cut often, from any thread. Source: exact slices after SplineCam (<c>humayun2023splinecam</c>), enumerated by
/// depth-first convex splitting of locally reduced networks. Cost: where all units are ReLUs or max poolings a region does not cost more in a
/// wider network; with other units it does, by one update of the next layer's block per layer. Memory for a partition about 100 bytes per region.
/// Exactness: exact, or certified when that is asked for.
/// </remarks>
public sealed partial class PlanarPartitioner
{
    private const long BlockBudget = 64L << 20;

    private readonly FoldedNetwork _folded;
    private readonly CutPool _pool;

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
        _pool = new CutPool(_folded);
        Network = network;
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Number of outputs that classes and boundaries refer to.</summary>
    public int Outputs => _folded.Outputs;

    /// <summary>The piecewise layers that fold, in order.</summary>
    public ImmutableArray<Node> Layers => _folded.Layers;

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
        (CutTerms terms, (double X, double Y) shift, CutTree tree) = Plant(slice, options, limits, run);
        var work = new CutWork(_folded, terms, tree.Parts, _pool, run);
        work.Run();
        List<PartMesh> meshes = work.Gather(options.MaxRegions, out Status status);
        PartitionArrays arrays = MeshAssembly.Assemble(tree, meshes, slice, shift, options.Boundary, work.KeepsMaps, run.Threads);
        foreach (PartMesh mesh in meshes)
            _pool.Return(mesh.Buffer);
        (arrays.Status, arrays.ExactDecisions, arrays.RoundingBound) = (status, work.ExactDecisions + tree.Cutters.Sum(worker => worker.ExactDecisions), terms.Rounding.Largest);
        double seconds = run.Clock.GetElapsedTime(start).TotalSeconds;
        arrays.Cost = new Cost(seconds, work.Flops + tree.Cutters.Sum(worker => worker.Flops), GC.GetTotalMemory(false));
        tree.Cutters.ForEach(_pool.Return);
        var partition = new Partition(Network, slice, _folded.Creases, arrays) { Exactness = terms.Rounding.IsProved && !arrays.UsesPositions ? Exactness.Certified : Exactness.Exact };
        Verify(partition);
        return partition;
    }

    // What comes before finding regions, whether they are kept or streamed. The given slice may be cut in nearer coordinates, by a shift.
    private (CutTerms Terms, (double X, double Y) Shift, CutTree Tree) Plant(Slice given, CutOptions options, CutLimits limits, RunContext run)
    {
        (Slice slice, double x, double y) = Near(given, options.Certified);
        CenterValues? center = Center(slice);
        Cell root = Root(slice, center is not null);
        var terms = new CutTerms(slice, options, limits, Rounding.Of(_folded, slice, options.Certified, center is not null), center);
        CellCutter cutter = _pool.RentCutter().Begin(terms);
        AddSides(slice, root, cutter.Lines);
        return (terms, (x, y), new CutTree(cutter, root, Parts(), run.Threads, limits, () => _pool.RentCutter().Begin(terms)));
    }

    // Enough parts for threads to share evenly, few where there is little to do: their number may not depend on threads.
    private int Parts()
    {
        const long RegionsPerPart = 1000;
        int stride = _folded.Folds.Max(fold => fold.Stride);
        long units = _folded.Stages.Sum(stage => (long)stage.Rows), most = Math.Clamp(BlockBudget / (48L * stride), 16, 96);
        return (int)Math.Clamp(units * units / 5 / RegionsPerPart, Math.Min(4, 1 + units * units / 5 / 400), most);
    }

    // The laws every complete partition obeys: a broken one is a fault of the engine and is never passed on as a result.
    private static void Verify(Partition partition)
    {
        if (partition.Status != Status.Complete)
            return;
        if (partition.EulerCharacteristic != 1)
            throw new InvalidOperationException($"The partition is inconsistent: V - E + F is {partition.EulerCharacteristic} instead of 1. Please report the network and slice.");
        Verify(partition.TotalArea, partition.DomainArea, partition.Slice);
    }

    // Far inside a slice coordinates keep fewer digits than 1e-9 of the viewport, unless differences are cut.
    private static void Verify(double area, double domain, Slice slice)
    {
        double share = slice.OriginLow.IsEmpty ? 1e-9 : 1e-6;
        if (!(Math.Abs(area - domain) <= share * domain))
            throw new InvalidOperationException($"The partition is inconsistent: its regions cover {area:G12} of {domain:G12}. Please report the network and slice.");
    }

    // A domain far from the origin, for its size, is cut in coordinates that count from its first corner: differences of the given ones are exact.
    private static (Slice Slice, double X, double Y) Near(Slice slice, bool certified)
    {
        const double Far = 64;
        ReadOnlySpan<double> domain = slice.Domain;
        double x = domain[0], y = domain[1], extent = 0;
        for (int i = 0; i < domain.Length; i += 2)
            extent = Math.Max(extent, Math.Max(Math.Abs(domain[i] - x), Math.Abs(domain[i + 1] - y)));
        (x, y) = (Math.Abs(x) > Far * extent ? x : 0, Math.Abs(y) > Far * extent ? y : 0);
        Slice? near = (x, y) == (0, 0) ? null : slice.From(x, y, exactly: certified);
        return near is null ? (slice, 0, 0) : (near, x, y);
    }

    // Viewports are cut with differences from their center, where the network allows; elsewhere doubtful signs are decided exactly.
    private CenterValues? Center(Slice slice) => slice.OriginLow.IsEmpty || _folded.Chain is null ? null : new CenterValues(_folded, slice);

    private Cell Root(Slice slice, bool differences)
    {
        int inputs = Network.InputShape.Size;
        Fold fold = _folded.Folds[0];
        var root = new Cell { Next = new double[3 * fold.Stride + 8], NextStride = fold.Stride, Net = _folded.Chain };
        var sources = new Sources();
        for (int i = 0; i < inputs; i++)
            sources.Add(i, slice.Directions[i], slice.Directions[inputs + i], slice.Origin[i]);
        fold.Base(new FoldScratch(Network), [], sources, root.Next);
        if (differences)
        {
            root.Net = _folded.Chain!.WithoutBiases();
            root.Next.AsSpan(2 * fold.Stride).Clear();
        }
        return root;
    }

    private static void AddSides(Slice slice, Cell root, LineTable lines)
    {
        ReadOnlySpan<double> domain = slice.Domain;
        int sides = domain.Length / 2;
        double radius = 0;
        root.ReserveCorners(sides);
        foreach (double coordinate in domain)
            radius = Math.Max(radius, Math.Abs(coordinate));
        for (int i = 0; i < sides; i++)
        {
            int j = (i + 1) % sides;
            double px = domain[2 * i], py = domain[2 * i + 1], qx = domain[2 * j], qy = domain[2 * j + 1];
            var side = new Edge { A = py - qy, B = qx - px, C = LineCrossing.Difference(px, qy, qx, py), Length = double.Hypot(py - qy, qx - px), Line = Line.Side(i), Crease = -1 - i };
            side.Slack = side.Wobble = 16 * Rounding.Unit * radius;
            root.Polygon[root.Corners++] = new CellCorner { X = px, Y = py, Line = lines.Add(side), Source = i };
        }
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
