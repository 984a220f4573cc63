using Crease.Networks.Layers;

namespace Crease.Certificates;

/// <summary>An element-wise piecewise-linear layer.</summary>
internal sealed class ElementStep : PiecewiseStep
{
    private readonly PiecewiseLinear _function;
    private readonly bool _isRelu, _isHinge;

    public ElementStep(PiecewiseLinear function)
        : base(function.Units, function.Units)
    {
        _function = function;
        _isHinge = function.Pieces == 2 && function.Knots[0] == 0;
        _isRelu = _isHinge;
        for (int unit = 0; unit < function.Units && _isHinge; unit++)
        {
            double below = function.Slope(unit, 0), above = function.Slope(unit, 1);
            _isHinge &= function.Offset(unit, 0) == 0 && function.Offset(unit, 1) == 0 && below <= above;
            _isRelu &= _isHinge && below == 0 && above == 1;
        }
    }

    public override bool IsHinge => _isHinge;

    /// <summary>Whether every unit is max(0, z).</summary>
    public bool IsRelu => _isRelu;

    public double Below(int unit) => _function.Slope(unit, 0);

    public double Above(int unit) => _function.Slope(unit, _function.Pieces - 1);

    /// <summary>Smallest and largest slope of a unit on a range.</summary>
    public (double Low, double High) Slopes(int unit, double lower, double upper)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int piece = _function.Piece(lower); piece <= _function.Piece(upper); piece++)
            (low, high) = (Math.Min(low, _function.Slope(unit, piece)), Math.Max(high, _function.Slope(unit, piece)));
        return (low, high);
    }

    public override Lines NewLines() => new(Units);

    public override bool IsStable(int unit, double[] lower, double[] upper)
    {
        foreach (double knot in _function.Knots)
        {
            if (lower[unit] < knot && upper[unit] > knot)
                return false;
        }
        return true;
    }

    public override void Range(double[] lower, double[] upper, double[] valueLower, double[] valueUpper)
    {
        for (int i = 0; i < Units; i++)
        {
            (double low, double high) = _isRelu ? (Math.Max(lower[i], 0), Math.Max(upper[i], 0)) : Extremes(i, 0, lower[i], upper[i]);
            (valueLower[i], valueUpper[i]) = (low, high);
        }
    }

    public override void Relax(double[] lower, double[] upper, Lines lines)
    {
        for (int i = 0; i < Units; i++)
        {
            double l = lower[i], u = upper[i];
            if (!double.IsFinite(l) || !double.IsFinite(u))
                Set(lines, i, 0, double.NegativeInfinity, 0, double.PositiveInfinity);
            else if (_isRelu && l >= 0)
                Set(lines, i, 1, 0, 1, 0);
            else if (_isRelu && u <= 0)
                Set(lines, i, 0, 0, 0, 0);
            else if (_isRelu)
            {
                // A line that is not below ReLU at both ends of the range is not below it in between: ReLU is convex.
                double slope = Math.Min(1, u / (u - l));
                double offset = Math.Max(Math.BitIncrement(-slope * l), Math.BitIncrement(Math.FusedMultiplyAdd(-slope, u, u)));
                Set(lines, i, u > -l ? 1 : 0, 0, slope, offset);
            }
            else
                General(i, l, u, lines);
        }
    }

    private static void Set(Lines lines, int i, double lowSlope, double lowOffset, double highSlope, double highOffset)
    {
        (lines.LowSlope[i], lines.LowOffset[i]) = (lowSlope, lowOffset);
        (lines.HighSlope[i], lines.HighOffset[i]) = (highSlope, highOffset);
    }

    // Of the slopes of the pieces in the range and the chord, those whose sound lines are best at the middle.
    private void General(int unit, double l, double u, Lines lines)
    {
        double middle = l / 2 + u / 2, bestLow = double.NegativeInfinity, bestHigh = double.PositiveInfinity;
        int first = _function.Piece(l), last = _function.Piece(u);
        for (int candidate = first - 1; candidate <= last; candidate++)
        {
            double slope = candidate >= first ? _function.Slope(unit, candidate) : Chord(unit, l, u);
            (double low, double high) = Extremes(unit, slope, l, u);
            if (slope * middle + low > bestLow)
                (bestLow, lines.LowSlope[unit], lines.LowOffset[unit]) = (slope * middle + low, slope, low);
            if (slope * middle + high < bestHigh)
                (bestHigh, lines.HighSlope[unit], lines.HighOffset[unit]) = (slope * middle + high, slope, high);
        }
        if (bestLow == double.NegativeInfinity || bestHigh == double.PositiveInfinity)
            Set(lines, unit, 0, double.NegativeInfinity, 0, double.PositiveInfinity);
    }

    private double Chord(int unit, double l, double u)
    {
        double slope = (Value(unit, _function.Piece(u), u) - Value(unit, _function.Piece(l), l)) / (u - l);
        return double.IsFinite(slope) ? slope : 0;
    }

    private double Value(int unit, int piece, double z) => _function.Slope(unit, piece) * z + _function.Offset(unit, piece);

    // Limits of f(z) - slope z: every piece is affine, so both ends of each decide. The knot belongs to both of its pieces, should they not meet exactly.
    private (double Low, double High) Extremes(int unit, double slope, double l, double u)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int piece = 0; piece < _function.Pieces; piece++)
        {
            double from = piece == 0 ? l : Math.Max(l, _function.Knots[piece - 1]), to = piece == _function.Pieces - 1 ? u : Math.Min(u, _function.Knots[piece]);
            if (from > to)
                continue;
            Take(from);
            Take(to);

            void Take(double z)
            {
                double rest = _function.Slope(unit, piece) - slope, value = Math.FusedMultiplyAdd(rest, z, _function.Offset(unit, piece));
                double error = RoundingError.Slack * (2 * RoundingError.Unit * (Math.Abs(value) + Math.Abs(rest * z))) + RoundingError.Tiny;
                if (rest == 0 && _function.Offset(unit, piece) == 0)
                    error = 0;
                low = Math.Min(low, error == 0 ? value : RoundingError.Down(value, error));
                high = Math.Max(high, error == 0 ? value : RoundingError.Up(value, error));
            }
        }
        return (low, high);
    }
}
