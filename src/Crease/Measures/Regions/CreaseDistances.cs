using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How far an input is from the creases of each layer, in any dimension.</summary>
/// <remarks>
/// Notation: r(x) = min |h - knot| / ‖∇h‖₂ over the units of a layer, gradients under the code of x. Source: the power-diagram
/// subdivision (<c>balestriero2019geometry</c>). Exactness: the smallest over the first l layers is the exact distance to the border of
/// the region that these layers cut; a layer's own number, where it is larger than that of a layer before it, is the distance to the
/// hyperplane that continues its crease straight, which the true crease may leave on either side.
/// Cost: [inputs] derivatives through the network, zero ones left out; memory about 256 MiB per thread, on no more threads than half the budget allows, and a few numbers per unit.
/// </remarks>
public static class CreaseDistances
{
    private const long Workspace = 256L << 20;
    private const int WidestChunk = 256, ChunksPerThread = 4;

    /// <summary>The smallest distance per piecewise layer; infinite where no unit of the layer depends on the input.</summary>
    /// <param name="at">The input.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <returns>Shape [layers], units of the input.</returns>
    public static double[] PerLayer(Linearization at, RunContext? run = null) => [.. Nearest(at, run).Select(crease => crease.Distance)];

    /// <summary>The nearest crease per piecewise layer: its unit, the piece on the other side and the distance.</summary>
    /// <param name="at">The input.</param>
    /// <param name="run">Threads, cancellation and progress over the inputs; null for the defaults.</param>
    /// <returns>Shape [layers]. Of equally near ones the first.</returns>
    public static NearestCrease[] Nearest(Linearization at, RunContext? run = null)
    {
        run ??= RunContext.Default;
        Network network = at.Network;
        int inputs = network.InputShape.Size;
        var creases = at.Layers.Select(layer => new Creases(at, layer)).ToArray();
        if (creases.Length == 0)
            return [];
        int last = at.Layers[^1].Inputs[0];
        long perAxis = network.Nodes.Take(last + 1).Sum(node => 8L * node.Shape.Size);
        int width = (int)Math.Clamp(Workspace / perAxis, 1, Math.Min(WidestChunk, inputs)), chunks = (inputs + width - 1) / width;
        var options = new ParallelOptions { MaxDegreeOfParallelism = (int)Math.Clamp(run.MemoryBudget / (2 * Workspace), 1, Math.Max(1, run.Threads)), CancellationToken = run.Cancellation };
        double[][] sums = [.. creases.Select(crease => new double[crease.Count])];
        // Squares are summed chunk by chunk in order, so that the result does not depend on the number of threads; in rounds, so that few chunks wait.
        int round = ChunksPerThread * options.MaxDegreeOfParallelism;
        var squares = new double[Math.Min(round, chunks)][][];
        var idle = new ConcurrentBag<Tangents>();
        for (int first = 0; first < chunks; first += round)
        {
            int count = Math.Min(round, chunks - first);
            Parallel.For(0, count, options, () => idle.TryTake(out Tangents? kept) ? kept : new Tangents(at, last, width), (part, _, tangents) =>
            {
                int from = (first + part) * width;
                tangents.Fill(from, Math.Min(width, inputs - from));
                squares[part] = [.. creases.Select(crease => crease.Squares(tangents))];
                return tangents;
            }, idle.Add);
            for (int part = 0; part < count; part++)
            {
                for (int l = 0; l < sums.Length; l++)
                    TensorPrimitives.Add(sums[l], squares[part][l], sums[l]);
            }
            int done = Math.Min(inputs, (first + count) * width);
            run.Progress?.Report(new Progress((double)done / inputs, done));
        }
        return [.. creases.Select((crease, l) => crease.Nearest(l, sums[l]))];
    }

    /// <summary>The creases of one layer as differences of pre-activations: (element, other or none, value), and the unit and piece behind each.</summary>
    private sealed class Creases
    {
        private readonly List<(int Element, int Other, double Value, int Unit, int Piece)> _pairs = [];
        private readonly int _node;

        public Creases(Linearization at, Node layer)
        {
            _node = layer.Inputs[0];
            ReadOnlySpan<double> z = at.Value(_node);
            if (layer.Layer is PiecewiseLinear function)
            {
                for (int unit = 0; unit < z.Length; unit++)
                {
                    (double value, int piece) = NearestKnot(function, z[unit]);
                    _pairs.Add((unit, -1, value, unit, piece));
                }
                return;
            }
            var candidates = new List<int>();
            for (int unit = 0; unit < layer.Shape.Size; unit++)
            {
                int winner = at.Passed(layer, unit).Source;
                ((MaxPooling)layer.Layer).Candidates(unit, candidates);
                for (int piece = 0; piece < candidates.Count; piece++)
                {
                    int loser = candidates[piece];
                    if (loser != winner)
                        _pairs.Add((winner, loser, z[winner] - z[loser], unit, piece));
                }
            }
        }

        public int Count => _pairs.Count;

        public double[] Squares(Tangents tangents)
        {
            var squares = new double[_pairs.Count];
            for (int p = 0; p < squares.Length; p++)
            {
                (int element, int other, _, _, _) = _pairs[p];
                ReadOnlySpan<double> row = tangents.Row(_node, element), minus = other < 0 ? [] : tangents.Row(_node, other);
                if (row.IsEmpty || minus.IsEmpty)
                    squares[p] = TensorPrimitives.SumOfSquares(row.IsEmpty ? minus : row);
                else
                {
                    double distance = TensorPrimitives.Distance(row, minus);
                    squares[p] = distance * distance;
                }
            }
            return squares;
        }

        public NearestCrease Nearest(int layer, double[] squares)
        {
            var nearest = new NearestCrease(layer, -1, -1, double.PositiveInfinity);
            for (int p = 0; p < squares.Length; p++)
            {
                double distance = squares[p] > 0 ? Math.Abs(_pairs[p].Value) / Math.Sqrt(squares[p]) : double.PositiveInfinity;
                if (distance < nearest.Distance)
                    nearest = new NearestCrease(layer, _pairs[p].Unit, _pairs[p].Piece, distance);
            }
            return nearest;
        }

        private static (double Value, int Piece) NearestKnot(PiecewiseLinear function, double z)
        {
            (double nearest, int other) = (double.PositiveInfinity, -1);
            for (int k = 0; k < function.Knots.Length; k++)
            {
                double value = z - function.Knots[k];
                if (Math.Abs(value) < Math.Abs(nearest))
                    (nearest, other) = (value, value > 0 ? k : k + 1);
            }
            return (nearest, other);
        }
    }
}
