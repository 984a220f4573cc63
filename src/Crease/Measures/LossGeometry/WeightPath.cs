using System.Numerics.Tensors;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The outputs of a chain at one input along a line of its weights: polynomials of t between joints.</summary>
internal sealed class WeightPath
{
    // Joints nearer than this share of the line are one; values nearer to a knot than this share of their terms lie on it.
    private const double Apart = 1e-10, Close = 1e-13;

    private readonly IReadOnlyList<Link> _links;
    private readonly double _low, _high;
    private readonly List<double> _starts = [];
    private readonly List<double[][]> _outputs = [];

    /// <summary>Follows the line.</summary>
    /// <param name="links">Dense layers, each with its direction or none and the unit behind it or none.</param>
    /// <param name="input">Shape [inputs of the first layer].</param>
    /// <param name="low">Smallest t.</param>
    /// <param name="high">Largest t.</param>
    /// <param name="most">At most so many pieces.</param>
    /// <exception cref="InvalidOperationException">There are more pieces.</exception>
    public WeightPath(IReadOnlyList<Link> links, double[] input, double low, double high, int most)
    {
        (_links, _low, _high) = (links, low, high);
        double[][] start = [.. input.Select(value => new[] { value })];
        for (double t = low; t < high;)
        {
            if (_starts.Count == most)
                throw new InvalidOperationException($"The line of weights has more than {most} pieces for one sample; shorten it.");
            (double[][] outputs, double next) = Piece(start, t);
            _starts.Add(t);
            _outputs.Add(outputs);
            t = next;
        }
    }

    /// <summary>Places between pieces, ascending.</summary>
    public IEnumerable<double> Joints => _starts.Skip(1);

    /// <summary>Coefficients of each output at a place, constant first; those right of it at a joint.</summary>
    public double[][] At(double t)
    {
        int found = _starts.BinarySearch(t);
        return _outputs[Math.Clamp(found >= 0 ? found : ~found - 1, 0, _outputs.Count - 1)];
    }

    // The polynomials right of t, and where the first unit changes its piece.
    private (double[][] Outputs, double Next) Piece(double[][] values, double t)
    {
        double next = _high;
        foreach (Link link in _links)
        {
            values = link.Times(values);
            for (int unit = 0; link.Unit is { } function && unit < values.Length; unit++)
            {
                int piece = 0;
                foreach (double knot in function.Knots)
                {
                    double[] above = [values[unit][0] - knot, .. values[unit].Skip(1)];
                    (bool isAbove, bool isOn) = Side(above, t, Math.Abs(knot));
                    piece += isAbove ? 1 : 0;
                    double from = isOn ? t + Apart * (_high - _low) : t;
                    if (from < next && PolynomialRoots.Between(above, from, next) is [double root, ..] && root > t)
                        next = root;
                }
                double[] scaled = Array.ConvertAll(values[unit], coefficient => function.Slope(unit, piece) * coefficient);
                scaled[0] += function.Offset(unit, piece);
                values[unit] = scaled;
            }
        }
        return (values, next);
    }

    // On a knot the first derivative that is not 0 says which side comes next.
    private static (bool IsAbove, bool IsOn) Side(double[] above, double t, double knot)
    {
        double[] derivative = above;
        bool isOn = false;
        while (derivative.Length > 0)
        {
            double value = PolynomialRoots.At(derivative, t), size = PolynomialRoots.At(Array.ConvertAll(derivative, Math.Abs), Math.Abs(t)) + knot;
            if (Math.Abs(value) > Close * size)
                return (value > 0, isOn);
            (derivative, isOn) = (PolynomialRoots.Derivative(derivative), true);
        }
        return (false, isOn);
    }

    /// <summary>A dense layer of a chain.</summary>
    /// <param name="Layer">The layer at t = 0.</param>
    /// <param name="Direction">What its weights move by, or null. Shape [outputs, inputs].</param>
    /// <param name="Unit">What stands behind it, or null.</param>
    internal sealed record Link(Dense Layer, double[]? Direction, PiecewiseLinear? Unit)
    {
        /// <summary>(W + t D) z + b for polynomials z.</summary>
        public double[][] Times(double[][] z)
        {
            int inputs = Layer.Inputs, terms = z.Max(each => each.Length);
            // By power of t, so that rows of weights meet rows of numbers.
            double[][] powers = [.. Enumerable.Range(0, terms).Select(k => Array.ConvertAll(z, each => k < each.Length ? each[k] : 0))];
            ReadOnlySpan<double> weights = Layer.Weights.Values;
            var result = new double[Layer.Outputs][];
            for (int o = 0; o < result.Length; o++)
            {
                double[] sum = result[o] = new double[terms + (Direction is null ? 0 : 1)];
                sum[0] = Layer.Bias?.Values[o] ?? 0;
                for (int k = 0; k < terms; k++)
                {
                    sum[k] += TensorPrimitives.Dot(weights.Slice(o * inputs, inputs), powers[k]);
                    if (Direction is not null)
                        sum[k + 1] += TensorPrimitives.Dot<double>(Direction.AsSpan(o * inputs, inputs), powers[k]);
                }
            }
            return result;
        }
    }
}
