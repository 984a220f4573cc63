using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The affine map of any node around an input, all rows at once, by one pass from the input forward.</summary>
/// <remarks>
/// Notation: A_l = diag(q_l) W_l A_(l-1), c_l = q_l ⊙ (W_l c_(l-1) + b_l), A_0 = I, c_0 = 0. Source: <c>balestriero2018spline</c>. Matrices of convolutions are never built:
/// columns are pushed through the layers, at most 64 MiB of them at once. Cost: [inputs + 1] forward passes. Exactness: exact up to rounding. The rows that
/// <see cref="Linearization.Map"/> pulls back are the same map, found another way.
/// </remarks>
public static class ForwardRecursion
{
    private const long Workspace = 64L << 20;
    private const int WidestChunk = 256;

    /// <summary>The map of the network's output.</summary>
    /// <param name="at">The input.</param>
    /// <param name="run">Threads, cancellation and memory; null for the defaults.</param>
    /// <returns>Slopes of shape [outputs, inputs], offsets of shape [outputs].</returns>
    /// <exception cref="InvalidOperationException">The slopes alone exceed the memory budget; the message gives both.</exception>
    public static AffineMap Map(Linearization at, RunContext? run = null) => Map(at, at.Output, run);

    /// <summary>The map of the value of one node.</summary>
    /// <param name="at">The input.</param>
    /// <param name="node">Index of a node that the output depends on.</param>
    /// <param name="run">Threads, cancellation and memory; null for the defaults.</param>
    /// <returns>Slopes of shape [size of the node, inputs], offsets of shape [size of the node].</returns>
    /// <exception cref="ArgumentException">There is no such node, or the output does not depend on it.</exception>
    /// <exception cref="InvalidOperationException">The slopes alone exceed the memory budget; the message gives both.</exception>
    public static AffineMap Map(Linearization at, int node, RunContext? run = null)
    {
        run ??= RunContext.Default;
        Network network = at.Network;
        if ((uint)node >= (uint)network.Nodes.Length || node > at.Output)
            throw new ArgumentException($"'node' is {node}; expected a node up to the output, 0 to {at.Output}.", nameof(node));
        int inputs = network.InputShape.Size, size = network.Nodes[node].Shape.Size;
        Templates.CheckMemory((long)size * inputs, run);
        bool[] needed = PiecewiseGraph.Needed(network, node);
        LayerProduct?[] products = [.. network.Nodes.Take(node + 1).Select(n => needed[n.Index] ? LayerProduct.Of(n.Layer) : null)];
        long perColumn = network.Nodes.Take(node + 1).Where(n => needed[n.Index]).Sum(n => 8L * n.Shape.Size);
        int width = (int)Math.Clamp(Workspace / perColumn, 1, Math.Min(WidestChunk, inputs));
        var slopes = new double[size * inputs];
        var offsets = new double[size];
        int chunks = (inputs + width - 1) / width;
        // The last chunk is the column of offsets: it alone takes the constants of the layers.
        Workers.InParts(chunks + 1, 1, run, () => new Columns(at, needed, products, width), (columns, chunk, _) =>
        {
            bool isOffsets = chunk == chunks;
            int first = chunk * width, count = isOffsets ? 1 : Math.Min(width, inputs - first);
            ReadOnlySpan<double> values = columns.Run(node, isOffsets ? -1 : first, count);
            for (int column = 0; column < count; column++)
            {
                for (int o = 0; o < size; o++)
                {
                    if (isOffsets)
                        offsets[o] = values[o];
                    else
                        slopes[o * inputs + first + column] = values[column * size + o];
                }
            }
        });
        return new AffineMap(slopes, offsets);
    }

    /// <summary>The columns of one thread at every node.</summary>
    private sealed class Columns(Linearization at, bool[] needed, LayerProduct?[] products, int width)
    {
        private readonly double[][] _values = [.. needed.Select((isNeeded, n) => isNeeded ? new double[width * at.Network.Nodes[n].Shape.Size] : [])];
        private readonly ProductScratch _scratch = new();

        /// <summary>Runs the columns of some inputs, or for -1 the column of offsets, up to a node.</summary>
        public ReadOnlySpan<double> Run(int last, int first, int count)
        {
            for (int n = 0; n <= last; n++)
            {
                if (!needed[n])
                    continue;
                Node node = at.Network.Nodes[n];
                double[] values = _values[n];
                if (node.Layer is InputLayer)
                {
                    values.AsSpan(0, count * node.Shape.Size).Clear();
                    for (int column = 0; column < count && first >= 0; column++)
                        values[column * node.Shape.Size + first + column] = 1;
                }
                else if (products[n] is { } product)
                    product.Apply(_values[node.Inputs[0]], count, first < 0, values, _scratch);
                else if (node.Layer is AffineLayer affine)
                    affine.Push([.. node.Inputs.Select(input => _values[input])], count, first < 0 ? 0 : count, values.AsSpan(0, count * node.Shape.Size));
                else
                    Fold(node, _values[node.Inputs[0]], count, first < 0, values);
            }
            return _values[last].AsSpan(0, count * at.Network.Nodes[last].Shape.Size);
        }

        private void Fold(Node node, double[] from, int count, bool isOffsets, double[] to)
        {
            int size = node.Shape.Size, before = at.Network.Nodes[node.Inputs[0]].Shape.Size;
            for (int unit = 0; unit < size; unit++)
            {
                (int source, double slope) = at.Passed(node, unit);
                double offset = isOffsets && node.Layer is PiecewiseLinear function ? function.Offset(unit, function.Piece(at.Value(node.Inputs[0])[unit])) : 0;
                for (int column = 0; column < count; column++)
                    to[column * size + unit] = slope * from[column * before + source] + offset;
            }
        }
    }
}
