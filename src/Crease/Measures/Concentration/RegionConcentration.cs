using System.Collections.Immutable;
using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Whether creases lie denser on the way from inputs to their adversarial twins than on other ways as long, and than on the way to another class.</summary>
/// <remarks>
/// Every segment is cut exactly and its crossings are counted; see <see cref="SegmentCrossings"/>. Densities are per unit of L2 length, also where the attack's norm is another one. Cost: (3 + directions) cuts per input,
/// and the distances of all pairs of inputs. Exactness: exact counts; comparisons are statistics over inputs.
/// </remarks>
public sealed class RegionConcentration
{
    private readonly IReadOnlyList<double[]> _inputs, _twins;
    private readonly ulong _seed;

    private RegionConcentration(ImmutableArray<Node> layers, ImmutableArray<ConcentrationRow> rows, ConcentrationOptions options, IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> twins, ulong seed) =>
        (Layers, Rows, Options, _inputs, _twins, _seed) = (layers, rows, options, inputs, twins, seed);

    /// <summary>The piecewise layers in topological order.</summary>
    public ImmutableArray<Node> Layers { get; }

    /// <summary>One entry per input, in their order.</summary>
    public ImmutableArray<ConcentrationRow> Rows { get; }

    /// <summary>What was drawn.</summary>
    public ConcentrationOptions Options { get; }

    /// <summary>The densities of one kind of segment, for rows that have it.</summary>
    /// <param name="kind">Which segment.</param>
    /// <param name="layer">0-based layer, or null for all.</param>
    public double[] Densities(SegmentKind kind, int? layer = null) => [.. Rows.Select(row => row.Density(kind, layer)).OfType<double>()];

    /// <summary>Compares the density toward adversarial twins with that of another kind of segment from the same inputs.</summary>
    /// <param name="kind">The other kind.</param>
    /// <param name="layer">0-based layer, or null for all.</param>
    /// <param name="run">Seed of the bootstrap, threads and cancellation; null for the defaults.</param>
    /// <returns>Null where no row has the other kind.</returns>
    public PairedComparison? Against(SegmentKind kind, int? layer = null, RunContext? run = null)
    {
        ConcentrationRow[] rows = [.. Rows.Where(row => row.Density(kind, layer) is not null)];
        return rows.Length == 0 ? null : PairedComparison.Of(
            [.. rows.Select(row => row.Density(SegmentKind.Adversarial, layer)!.Value)], [.. rows.Select(row => row.Density(kind, layer)!.Value)], run);
    }

    /// <summary>The end of the first random way from an input.</summary>
    /// <param name="row">0-based row.</param>
    /// <returns>Shape [inputs].</returns>
    public double[] RandomEnd(int row) => RandomTwins.Draw(_inputs[row], _twins[row], Options, Stream(_seed, row));

    /// <summary>Cuts segments and counts.</summary>
    /// <param name="partitioner">The network, prepared.</param>
    /// <param name="inputs">One array per input, each of shape [inputs], finite; at least one.</param>
    /// <param name="twins">Their adversarial twins, none equal to its input. Shape as <paramref name="inputs"/>.</param>
    /// <param name="classes">The class of each input. Shape [inputs].</param>
    /// <param name="others">Inputs to look for another class among, with their classes; null for <paramref name="inputs"/> themselves.</param>
    /// <param name="options">Random segments; null for the defaults.</param>
    /// <param name="run">Seed, threads, cancellation and progress; null for the defaults. Results do not depend on the number of threads.</param>
    /// <exception cref="ArgumentException">Shapes differ, a twin is its input, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public static RegionConcentration Of(SegmentPartitioner partitioner, IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> twins, IReadOnlyList<int> classes,
        (IReadOnlyList<double[]> Inputs, IReadOnlyList<int> Classes)? others = null, ConcentrationOptions? options = null, RunContext? run = null)
    {
        (options, run) = (options ?? ConcentrationOptions.Default, run ?? RunContext.Default);
        options.Check();
        Check(partitioner, inputs, twins, classes);
        (IReadOnlyList<double[]> pool, IReadOnlyList<int> poolClasses) = others ?? (inputs, classes);
        Templates.CheckInputs(pool, partitioner.Network.InputShape.Size);
        if (pool.Count != poolClasses.Count)
            throw new ArgumentException($"'others' has {pool.Count} inputs and {poolClasses.Count} classes; expected as many.", nameof(others));
        RunContext one = run with { Threads = 1, Progress = null };
        var rows = new ConcentrationRow[inputs.Count];
        int done = 0;
        Workers.InParts(inputs.Count, 1, run, () => 0, (_, i, _) =>
        {
            rows[i] = Row(i);
            run.Progress?.Report(new Progress((double)Interlocked.Increment(ref done) / inputs.Count, done));
        });
        return new RegionConcentration(partitioner.Layers, [.. rows], options, inputs, twins, run.Seed);

        ConcentrationRow Row(int i)
        {
            SegmentPartition adversarial = Cut(inputs[i], twins[i]);
            RandomSource random = Stream(run.Seed, i);
            SegmentCrossings[] drawn = [.. Enumerable.Range(0, options.Directions).Select(_ => SegmentCrossings.Of(Cut(inputs[i], RandomTwins.Draw(inputs[i], twins[i], options, random))))];
            int other = Nearest(inputs[i], classes[i], pool, poolClasses);
            SegmentPartition? way = other < 0 || options.Other == OtherWay.None ? null : Cut(inputs[i], options.Other == OtherWay.Whole ? pool[other] : Toward(inputs[i], pool[other], adversarial.Length));
            return new ConcentrationRow(i, SegmentCrossings.Of(adversarial), [.. drawn], other,
                way is null ? null : SegmentCrossings.Of(way, Math.Min(adversarial.Length, way.Length)), way is null || options.Other == OtherWay.Part ? null : SegmentCrossings.Of(way));
        }

        SegmentPartition Cut(double[] from, double[] to)
        {
            SegmentPartition cut = partitioner.Cut(Slice.Segment(from, to), one, new CutOptions { Boundary = true });
            run.Cancellation.ThrowIfCancellationRequested();
            return cut.Status == Status.Complete ? cut : throw new InvalidOperationException($"A segment was left after {cut.RegionCount} regions, since the memory budget was used up; raise it.");
        }
    }

    /// <summary>The row that is nearest to an input in L2 among those of another class, the first of equally near ones; rows equal to the input do not count.</summary>
    /// <param name="input">Shape [inputs].</param>
    /// <param name="ownClass">The class to leave out.</param>
    /// <param name="pool">Where to look.</param>
    /// <param name="classes">Classes of the pool.</param>
    /// <returns>0-based row; -1 where there is none.</returns>
    public static int Nearest(double[] input, int ownClass, IReadOnlyList<double[]> pool, IReadOnlyList<int> classes)
    {
        (int nearest, double least) = (-1, double.PositiveInfinity);
        for (int k = 0; k < pool.Count; k++)
        {
            double distance = classes[k] == ownClass ? 0 : TensorPrimitives.Distance<double>(input, pool[k]);
            if (distance > 0 && distance < least)
                (nearest, least) = (k, distance);
        }
        return nearest;
    }

    private static double[] Toward(double[] from, double[] to, double length)
    {
        double share = Math.Min(1, length / TensorPrimitives.Distance<double>(from, to));
        return [.. from.Zip(to, (a, b) => a + share * (b - a))];
    }

    // Neighboring seeds and rows must not share streams.
    private static RandomSource Stream(ulong seed, int row) => new(RandomSource.Scrambled(seed) ^ RandomSource.Scrambled((ulong)row + 1));

    private static void Check(SegmentPartitioner partitioner, IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> twins, IReadOnlyList<int> classes)
    {
        int size = partitioner.Network.InputShape.Size;
        Templates.CheckInputs(inputs, size);
        if (twins.Count != inputs.Count || classes.Count != inputs.Count)
            throw new ArgumentException($"there are {inputs.Count} inputs, {twins.Count} twins and {classes.Count} classes; expected as many of each.", nameof(twins));
        Templates.CheckInputs(twins, size);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].AsSpan().SequenceEqual(twins[i]))
                throw new ArgumentException($"twin {i} is its input; expected another point, so that there is a segment.", nameof(twins));
        }
    }
}
