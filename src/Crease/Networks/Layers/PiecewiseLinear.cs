using System.Collections.Immutable;

namespace Crease.Networks.Layers;

/// <summary>An element-wise continuous function of slopes between knots: ReLU and all its relatives.</summary>
/// <remarks>
/// Piece r of a unit lies between knot r-1 and knot r; there the output is <c>slope · z + offset</c>. A pre-activation that equals a
/// knot belongs to the lower piece, so ReLU at 0 is off (the strict comparison of the field's reference code).
/// </remarks>
public sealed class PiecewiseLinear : PiecewiseLayer
{
    private readonly double[] _slopes;
    private readonly double[] _offsets;
    private readonly int _stride;

    private PiecewiseLinear(string kind, Shape shape, double[] knots, double[] slopes, double anchor)
        : base([shape], shape)
    {
        Kind = kind;
        int pieces = knots.Length + 1;
        bool ascending = true;
        for (int i = 1; i < knots.Length; i++)
            ascending &= knots[i] > knots[i - 1];
        if (knots.Length == 0 || !ascending || knots.Any(k => !double.IsFinite(k)))
            throw new ArgumentException($"'knots' is [{string.Join(", ", knots)}]; expected at least one finite knot, ascending.", nameof(knots));
        if (slopes.Length != pieces && slopes.Length != (long)pieces * shape.Size)
            throw new ArgumentException($"'slopes' has {slopes.Length} entries; expected [pieces] = [{pieces}] or [units, pieces] = [{shape.Size}, {pieces}].", nameof(slopes));
        Knots = [.. knots];
        Anchor = anchor;
        _slopes = slopes;
        _stride = slopes.Length == pieces ? 0 : pieces;
        _offsets = new double[slopes.Length];
        for (int at = 0; at < slopes.Length; at += pieces)
        {
            _offsets[at] = anchor - slopes[at] * knots[0];
            for (int r = 1; r < pieces; r++)
                _offsets[at + r] = _offsets[at + r - 1] + (slopes[at + r - 1] - slopes[at + r]) * knots[r - 1];
        }
    }

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <summary>Pre-activations at which the slope changes, ascending; shared by all units.</summary>
    public ImmutableArray<double> Knots { get; }

    /// <summary>Value of all units at the first knot.</summary>
    internal double Anchor { get; }

    /// <summary>Number of pieces of a unit: one more than knots.</summary>
    public int Pieces => Knots.Length + 1;

    /// <summary>max(0, z).</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static PiecewiseLinear Relu(Shape shape) => new("relu", shape, [0], [0, 1], 0);

    /// <summary>z above 0, <paramref name="slope"/> · z below.</summary>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="slope">Slope below 0, finite.</param>
    public static PiecewiseLinear LeakyRelu(Shape shape, double slope) => new("leaky relu", shape, [0], [slope, 1], 0);

    /// <summary>Leaky ReLU with a trained slope per unit.</summary>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="slopes">Shape [units]: slope below 0.</param>
    public static PiecewiseLinear ParametricRelu(Shape shape, ReadOnlySpan<double> slopes)
    {
        var pairs = new double[2 * slopes.Length];
        for (int i = 0; i < slopes.Length; i++)
            (pairs[2 * i], pairs[2 * i + 1]) = (slopes[i], 1);
        return new("parametric relu", shape, [0], pairs, 0);
    }

    /// <summary>|z|.</summary>
    /// <param name="shape">Shape of input and output.</param>
    public static PiecewiseLinear AbsoluteValue(Shape shape) => new("absolute value", shape, [0], [-1, 1], 0);

    /// <summary>z limited to [low, high]; an infinite limit is no limit (hard-tanh is [-1, 1], ReLU6 is [0, 6]).</summary>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="low">Lower limit, or negative infinity.</param>
    /// <param name="high">Upper limit, above <paramref name="low"/>, or positive infinity.</param>
    public static PiecewiseLinear Clip(Shape shape, double low, double high) => (double.IsFinite(low), double.IsFinite(high)) switch
    {
        (true, true) => new("clip", shape, [low, high], [0, 1, 0], low),
        (true, false) => new("clip", shape, [low], [0, 1], low),
        _ => new("clip", shape, [high], [1, 0], high),
    };

    /// <summary>Any element-wise piecewise-linear function.</summary>
    /// <param name="kind">The noun to report.</param>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="knots">Where the slope changes, ascending, at least one.</param>
    /// <param name="slopes">Shape [pieces] or [units, pieces], finite.</param>
    /// <param name="anchor">Value at the first knot.</param>
    public static PiecewiseLinear Of(string kind, Shape shape, double[] knots, double[] slopes, double anchor) => new(kind, shape, knots, slopes, anchor);

    /// <summary>Slope of one unit on one piece.</summary>
    /// <param name="unit">0-based unit.</param>
    /// <param name="piece">0-based piece, lowest first.</param>
    public double Slope(int unit, int piece) => _slopes[unit * _stride + piece];

    /// <summary>Constant of one unit on one piece: the output is slope · z + this.</summary>
    /// <param name="unit">0-based unit.</param>
    /// <param name="piece">0-based piece, lowest first.</param>
    public double Offset(int unit, int piece) => _offsets[unit * _stride + piece];

    /// <summary>The piece of a pre-activation.</summary>
    /// <param name="z">The pre-activation.</param>
    public int Piece(double z)
    {
        int piece = 0;
        while (piece < Knots.Length && z > Knots[piece])
            piece++;
        return piece;
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output)
    {
        int size = OutputShape.Size;
        for (int i = 0; i < count * size; i++)
        {
            double z = inputs[0][i];
            int piece = Piece(z), unit = i % size;
            output[i] = Slope(unit, piece) * z + Offset(unit, piece);
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        int size = OutputShape.Size, length = inputGradients[0].Length == 0 ? 0 : count * size;
        for (int i = 0; i < length; i++)
            inputGradients[0][i] += gradient[i] * Slope(i % size, Piece(inputs[0][i]));
    }
}
