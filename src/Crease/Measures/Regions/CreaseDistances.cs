using System.Numerics.Tensors;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How far an input is from the creases of each layer, in any dimension.</summary>
/// <remarks>
/// Notation: r(x) = min |h - knot| / ‖∇h‖₂ over the units of a layer, gradients under the code of x. Source: the power-diagram
/// subdivision (<c>balestriero2019geometry</c>). Exactness: the smallest over all layers is the exact distance to the border of the
/// region; a deeper layer's own number is the distance to the hyperplane that continues its crease, a lower bound beyond that border.
/// Cost: [inputs] tangent columns through the network; memory bounded to about 64 MiB per thread.
/// </remarks>
public static class CreaseDistances
{
    private const long Workspace = 64L << 20;

    /// <summary>The smallest distance per piecewise layer; infinite where no unit of the layer depends on the input.</summary>
    /// <param name="at">The input.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <returns>Shape [layers], units of the input.</returns>
    public static double[] PerLayer(Linearization at, RunContext? run = null)
    {
        run ??= RunContext.Default;
        Network network = at.Network;
        int inputs = network.InputShape.Size;
        var creases = at.Layers.Select(layer => new Creases(at, layer)).ToArray();
        long perColumn = network.Nodes.Sum(node => 8L * node.Shape.Size);
        int width = (int)Math.Clamp(Workspace / perColumn, 1, 64), chunks = (inputs + width - 1) / width;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Threads), CancellationToken = run.Cancellation };
        // Squares are summed chunk by chunk in order, so that the result does not depend on the number of threads.
        var squares = new double[chunks][][];
        Parallel.For(0, chunks, options, chunk =>
        {
            double[][] tangents = Tangents(at, chunk * width, Math.Min(width, inputs - chunk * width));
            squares[chunk] = [.. creases.Select(crease => crease.Squares(tangents, Math.Min(width, inputs - chunk * width)))];
        });
        var distances = new double[creases.Length];
        for (int l = 0; l < distances.Length; l++)
        {
            double[] sum = squares[0][l];
            for (int chunk = 1; chunk < chunks; chunk++)
                TensorPrimitives.Add(sum, squares[chunk][l], sum);
            distances[l] = creases[l].Nearest(sum);
        }
        return distances;
    }

    private static double[][] Tangents(Linearization at, int first, int count)
    {
        Network network = at.Network;
        var tangents = new double[network.Nodes.Length][];
        foreach (Node node in network.Nodes)
        {
            if (node.Index > at.Output)
                break;
            int size = node.Shape.Size;
            var tangent = new double[count * size];
            tangents[node.Index] = tangent;
            if (node.Layer is InputLayer)
            {
                for (int c = 0; c < count; c++)
                    tangent[c * size + first + c] = 1;
            }
            else if (node.Layer is AffineLayer affine)
                affine.Push([.. node.Inputs.Select(i => tangents[i])], count, count, tangent);
            else
            {
                int before = network.Nodes[node.Inputs[0]].Shape.Size;
                for (int unit = 0; unit < size; unit++)
                {
                    (int source, double slope) = at.Passed(node, unit);
                    for (int c = 0; c < count && slope != 0; c++)
                        tangent[c * size + unit] = slope * tangents[node.Inputs[0]][c * before + source];
                }
            }
        }
        return tangents;
    }

    /// <summary>The creases of one layer as differences of pre-activations: (element, other or none, value).</summary>
    private sealed class Creases
    {
        private readonly List<(int Element, int Other, double Value)> _pairs = [];
        private readonly int _node;
        private readonly int _size;

        public Creases(Linearization at, Node layer)
        {
            _node = layer.Inputs[0];
            _size = at.Network.Nodes[_node].Shape.Size;
            ReadOnlySpan<double> z = at.Value(_node);
            if (layer.Layer is PiecewiseLinear function)
            {
                for (int unit = 0; unit < z.Length; unit++)
                    _pairs.Add((unit, -1, NearestKnot(function, z[unit])));
                return;
            }
            var candidates = new List<int>();
            for (int unit = 0; unit < layer.Shape.Size; unit++)
            {
                int winner = at.Passed(layer, unit).Source;
                ((MaxPooling)layer.Layer).Candidates(unit, candidates);
                foreach (int loser in candidates)
                {
                    if (loser != winner)
                        _pairs.Add((winner, loser, z[winner] - z[loser]));
                }
            }
        }

        public double[] Squares(double[][] tangents, int count)
        {
            var squares = new double[_pairs.Count];
            for (int p = 0; p < squares.Length; p++)
            {
                (int element, int other, _) = _pairs[p];
                for (int c = 0; c < count; c++)
                {
                    double slope = tangents[_node][c * _size + element] - (other < 0 ? 0 : tangents[_node][c * _size + other]);
                    squares[p] += slope * slope;
                }
            }
            return squares;
        }

        public double Nearest(double[] squares)
        {
            double nearest = double.PositiveInfinity;
            for (int p = 0; p < squares.Length; p++)
            {
                if (squares[p] > 0)
                    nearest = Math.Min(nearest, Math.Abs(_pairs[p].Value) / Math.Sqrt(squares[p]));
            }
            return nearest;
        }

        private static double NearestKnot(PiecewiseLinear function, double z)
        {
            double nearest = double.PositiveInfinity;
            foreach (double knot in function.Knots)
                nearest = Math.Abs(z - knot) < Math.Abs(nearest) ? z - knot : nearest;
            return nearest;
        }
    }
}
