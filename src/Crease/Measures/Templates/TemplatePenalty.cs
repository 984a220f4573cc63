using System.Collections.Immutable;
using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>The template-orthogonality penalty of a dense network, and its exact gradient by the weights.</summary>
/// <remarks>
/// Notation: G_n = (A_n A_nᵀ) ⊙ (1 - I), P = λ mean over outputs, outputs and inputs of G². Source: <c>balestriero2021madmax</c>. Codes are constant almost everywhere, so the gradient needs no derivative of a derivative: with
/// A_n = U_l W_l V_l it is 4λ/(C²N) Σ U_lᵀ G_n A_n V_lᵀ; every product is taken in the width of the first layer through K = W_1 W_1ᵀ. Biases have gradient zero. Cost: per input the squares of the hidden widths, not the
/// number of inputs. The other form in circulation, <see cref="LastLayer"/>, is cheap and does not make templates orthogonal.
/// </remarks>
public sealed class TemplatePenalty
{
    private readonly double[][] _gradients;

    private TemplatePenalty(ImmutableArray<Node> layers, double value, double[][] gradients) => (Layers, Value, _gradients) = (layers, value, gradients);

    /// <summary>The dense layers in the order of the network.</summary>
    public ImmutableArray<Node> Layers { get; }

    /// <summary>P, λ included.</summary>
    public double Value { get; }

    /// <summary>∂P/∂W of one layer. Shape [outputs, inputs] of the layer.</summary>
    /// <param name="layer">0-based index in <see cref="Layers"/>.</param>
    public ReadOnlySpan<double> Gradient(int layer) => _gradients[layer];

    /// <summary>The penalty at some inputs.</summary>
    /// <param name="graph">A chain of dense layers and element-wise units, prepared.</param>
    /// <param name="inputs">One array per sample, each of shape [inputs], finite.</param>
    /// <param name="weight">λ, finite.</param>
    /// <exception cref="ArgumentException">There is no input, or one has another length or is not finite.</exception>
    /// <exception cref="NotSupportedException">The network is no such chain; the message names the node.</exception>
    public static TemplatePenalty Of(PiecewiseGraph graph, IReadOnlyList<double[]> inputs, double weight)
    {
        Templates.CheckInputs(inputs, graph.Inputs);
        (ImmutableArray<Node> dense, Node?[] units) = Chain(graph);
        Dense[] layers = [.. dense.Select(node => (Dense)node.Layer)];
        int width = layers[0].Outputs, outputs = graph.Outputs;
        double[] first = layers[0].Weights.Values.ToArray(), gram = Matrix.TimesTransposed(first, first, width, graph.Inputs, width);
        var sums = layers.Select((layer, l) => new double[l == 0 ? width * width : layer.Outputs * layer.Inputs]).ToArray();
        double value = 0, scale = 4 * weight / ((double)outputs * outputs * inputs.Count);
        var sweep = new ReverseSweep(graph.Network, graph.Output);
        SweepWorker worker = sweep.Worker();
        foreach (double[] input in inputs)
        {
            worker.Forward(input, 1);
            double[][] slopes = [.. units.Take(layers.Length - 1).Select(unit => Slopes(unit!, worker.Value(unit!.Inputs[0])))];
            double[][] above = Above(layers, slopes, outputs);
            double[] pulled = Matrix.Times(above[0], gram, outputs, width, width), products = Matrix.TimesTransposed(pulled, above[0], outputs, width, outputs);
            for (int o = 0; o < outputs; o++)
                products[o * outputs + o] = 0;
            value += TensorPrimitives.SumOfSquares<double>(products);
            double[] firstPull = Matrix.Times(products, above[0], outputs, outputs, width), innerPull = Matrix.Times(products, pulled, outputs, outputs, width);
            Matrix.AddTransposedTimes(above[0], firstPull, outputs, width, width, sums[0]);
            double[] below = Matrix.Diagonal(slopes.FirstOrDefault() ?? []);
            for (int l = 1; l < layers.Length; l++)
            {
                Matrix.AddTransposedTimes(above[l], Matrix.TimesTransposed(innerPull, below, outputs, width, layers[l].Inputs), outputs, layers[l].Outputs, layers[l].Inputs, sums[l]);
                if (l + 1 < layers.Length)
                    below = Matrix.ScaledRows(Matrix.Times(layers[l].Weights.Values.ToArray(), below, layers[l].Outputs, layers[l].Inputs, width), slopes[l]);
            }
        }
        sums[0] = Matrix.Times(sums[0], first, width, width, graph.Inputs);
        foreach (double[] sum in sums)
            TensorPrimitives.Multiply(sum, scale, sum);
        return new TemplatePenalty(dense, weight * value / ((double)outputs * outputs * inputs.Count), sums);
    }

    /// <summary>The last-layer form: Σ over a ≠ c of &lt;W[a], W[c]&gt;² of one matrix.</summary>
    /// <param name="layer">The last layer.</param>
    public static double LastLayer(Dense layer)
    {
        double sum = 0;
        ReadOnlySpan<double> weights = layer.Weights.Values;
        for (int a = 0; a < layer.Outputs; a++)
        {
            for (int c = 0; c < a; c++)
            {
                double product = TensorPrimitives.Dot(weights.Slice(a * layer.Inputs, layer.Inputs), weights.Slice(c * layer.Inputs, layer.Inputs));
                sum += 2 * product * product;
            }
        }
        return sum;
    }

    /// <summary>The templates that a single input of unit norm is memorized with: the least cross-entropy under Σ ‖A_c‖² = <paramref name="budget"/>, without offsets.</summary>
    /// <remarks>A_y = √((C-1) K / C) x and A_c = -√(K / (C (C-1))) x for the other classes.</remarks>
    /// <param name="classes">C, at least 2.</param>
    /// <param name="budget">K, positive.</param>
    /// <returns>Factors of the input for its own class and for each other.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static (double Own, double Other) Memorized(int classes, double budget) => classes >= 2 && budget > 0 && double.IsFinite(budget)
        ? (Math.Sqrt((classes - 1) * budget / classes), -Math.Sqrt(budget / classes / (classes - 1)))
        : throw new ArgumentOutOfRangeException(nameof(classes), FormattableString.Invariant($"'classes' is {classes} and 'budget' {budget}; expected at least 2 and a positive number."));

    // U_l, from the outputs down: what a change of layer l's pre-activation does to the outputs.
    private static double[][] Above(Dense[] layers, double[][] slopes, int outputs)
    {
        var above = new double[layers.Length][];
        above[^1] = Matrix.Diagonal([.. Enumerable.Repeat(1.0, outputs)]);
        for (int l = layers.Length - 2; l >= 0; l--)
            above[l] = Matrix.ScaledColumns(Matrix.Times(above[l + 1], layers[l + 1].Weights.Values.ToArray(), outputs, layers[l + 1].Outputs, layers[l + 1].Inputs), slopes[l]);
        return above;
    }

    private static double[] Slopes(Node unit, ReadOnlySpan<double> z)
    {
        var function = (PiecewiseLinear)unit.Layer;
        var slopes = new double[z.Length];
        for (int i = 0; i < slopes.Length; i++)
            slopes[i] = function.Slope(i, function.Piece(z[i]));
        return slopes;
    }

    private static (ImmutableArray<Node> Dense, Node?[] Units) Chain(PiecewiseGraph graph)
    {
        var dense = new List<Node>();
        var units = new List<Node?>();
        Node at = graph.Network.Nodes[graph.Output];
        while (at.Layer is not InputLayer)
        {
            bool isUnit = at.Layer is PiecewiseLinear && dense.Count > units.Count(unit => unit is not null);
            bool isDense = at.Layer is Dense { } layer && layer.OutputShape.Size == layer.Outputs && units.Count == dense.Count;
            if (!isUnit && !isDense && at.Layer is not Reshape)
                throw new NotSupportedException($"node '{at.Name}' ({at.Layer.Kind}) is neither a dense layer nor a unit between two of them; the penalty takes chains of these, ending in a dense layer");
            if (isDense)
                dense.Insert(0, at);
            if (isUnit)
                units.Insert(0, at);
            at = graph.Network.Nodes[at.Inputs[0]];
        }
        return dense.Count == units.Count + 1 ? ([.. dense], [.. units]) : throw new NotSupportedException("the network is no chain of dense layers with a unit between every two of them");
    }

    /// <summary>Small dense matrices, row-major.</summary>
    private static class Matrix
    {
        public static double[] Diagonal(double[] values)
        {
            var matrix = new double[values.Length * values.Length];
            for (int i = 0; i < values.Length; i++)
                matrix[i * values.Length + i] = values[i];
            return matrix;
        }

        /// <summary>A B with A [rows, inner] and B [inner, columns].</summary>
        public static double[] Times(double[] a, double[] b, int rows, int inner, int columns)
        {
            var product = new double[rows * columns];
            for (int r = 0; r < rows; r++)
            {
                Span<double> row = product.AsSpan(r * columns, columns);
                for (int k = 0; k < inner; k++)
                {
                    if (a[r * inner + k] is not 0 and double factor)
                        TensorPrimitives.MultiplyAdd(b.AsSpan(k * columns, columns), factor, row, row);
                }
            }
            return product;
        }

        /// <summary>A Bᵀ with A [rows, inner] and B [columns, inner].</summary>
        public static double[] TimesTransposed(double[] a, double[] b, int rows, int inner, int columns)
        {
            var product = new double[rows * columns];
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                    product[r * columns + c] = TensorPrimitives.Dot<double>(a.AsSpan(r * inner, inner), b.AsSpan(c * inner, inner));
            }
            return product;
        }

        /// <summary>Adds Aᵀ B with A [inner, rows] and B [inner, columns].</summary>
        public static void AddTransposedTimes(double[] a, double[] b, int inner, int rows, int columns, double[] sum)
        {
            for (int k = 0; k < inner; k++)
            {
                for (int r = 0; r < rows; r++)
                {
                    Span<double> row = sum.AsSpan(r * columns, columns);
                    if (a[k * rows + r] is not 0 and double factor)
                        TensorPrimitives.MultiplyAdd(b.AsSpan(k * columns, columns), factor, row, row);
                }
            }
        }

        public static double[] ScaledRows(double[] matrix, double[] factors)
        {
            int columns = matrix.Length / factors.Length;
            for (int r = 0; r < factors.Length; r++)
                TensorPrimitives.Multiply(matrix.AsSpan(r * columns, columns), factors[r], matrix.AsSpan(r * columns, columns));
            return matrix;
        }

        public static double[] ScaledColumns(double[] matrix, double[] factors)
        {
            for (int at = 0; at < matrix.Length; at += factors.Length)
                TensorPrimitives.Multiply(matrix.AsSpan(at, factors.Length), factors, matrix.AsSpan(at, factors.Length));
            return matrix;
        }
    }
}
