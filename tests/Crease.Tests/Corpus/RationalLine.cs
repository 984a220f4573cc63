using System.Numerics;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Tests.Corpus;

/// <summary>A slow, exact oracle for dense ReLU chains along the first input: values at ever more rational points, no slopes and no codes.</summary>
/// <remarks>Between neighboring points every unit so far is affine; where one changes its sign, its zero becomes a point.</remarks>
public sealed class RationalLine
{
    private readonly List<Fraction> _points;
    private readonly List<Fraction[]> _values;

    public RationalLine(Network network, double[] start, double length)
    {
        _points = [Fraction.Of(0), Fraction.Of(length)];
        _values = [.. _points.Select(t => start.Select((x, i) => Fraction.Of(x) + (i == 0 ? t : Fraction.Of(0))).ToArray())];
        int layer = 0;
        foreach (Node node in network.Nodes)
        {
            if (node.Layer is Dense dense)
                _values = [.. _values.Select(x => Apply(dense, x))];
            else if (node.Layer is PiecewiseLinear)
                Fold(layer++);
        }
    }

    /// <summary>Every point where a unit changes from off to on or back, with those units as (layer, unit).</summary>
    public SortedDictionary<Fraction, List<(int Layer, int Unit)>> Breakpoints { get; } =
        new(Comparer<Fraction>.Create((p, q) => (p - q).Sign));

    private void Fold(int layer)
    {
        for (int unit = 0; unit < _values[0].Length; unit++)
        {
            for (int i = 0; i + 1 < _points.Count; i++)
            {
                Fraction before = _values[i][unit], after = _values[i + 1][unit];
                if (before.Sign * after.Sign >= 0)
                    continue;
                Fraction share = before / (before - after);
                _points.Insert(i + 1, _points[i] + share * (_points[i + 1] - _points[i]));
                _values.Insert(i + 1, [.. _values[i].Zip(_values[i + 1], (p, q) => p + share * (q - p))]);
                i++;
            }
        }
        for (int unit = 0; unit < _values[0].Length; unit++)
        {
            for (int i = 1; i + 1 < _points.Count; i++)
            {
                bool left = (_values[i - 1][unit] + _values[i][unit]).Sign > 0, right = (_values[i][unit] + _values[i + 1][unit]).Sign > 0;
                if (left == right)
                    continue;
                if (!Breakpoints.TryGetValue(_points[i], out List<(int, int)>? units))
                    Breakpoints[_points[i]] = units = [];
                units.Add((layer, unit));
            }
        }
        foreach (Fraction[] value in _values)
        {
            for (int unit = 0; unit < value.Length; unit++)
                value[unit] = value[unit].Sign > 0 ? value[unit] : Fraction.Of(0);
        }
    }

    private static Fraction[] Apply(Dense dense, Fraction[] x)
    {
        var y = new Fraction[dense.Outputs];
        for (int o = 0; o < y.Length; o++)
        {
            y[o] = Fraction.Of(dense.Bias?.Values[o] ?? 0);
            for (int i = 0; i < x.Length; i++)
                y[o] += Fraction.Of(dense.Weights.Values[o * x.Length + i]) * x[i];
        }
        return y;
    }

    /// <summary>A reduced fraction of integers.</summary>
    public readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
    {
        public int Sign => Numerator.Sign;

        public double Value => (double)Numerator / (double)Denominator;

        public static Fraction Of(double value)
        {
            BigInteger denominator = 1;
            for (; value != Math.Floor(value); value *= 2)
                denominator *= 2;
            return Reduced(new BigInteger(value), denominator);
        }

        public static Fraction operator +(Fraction p, Fraction q) => Reduced(p.Numerator * q.Denominator + q.Numerator * p.Denominator, p.Denominator * q.Denominator);

        public static Fraction operator -(Fraction p, Fraction q) => Reduced(p.Numerator * q.Denominator - q.Numerator * p.Denominator, p.Denominator * q.Denominator);

        public static Fraction operator *(Fraction p, Fraction q) => Reduced(p.Numerator * q.Numerator, p.Denominator * q.Denominator);

        public static Fraction operator /(Fraction p, Fraction q) => Reduced(p.Numerator * q.Denominator, p.Denominator * q.Numerator);

        private static Fraction Reduced(BigInteger numerator, BigInteger denominator)
        {
            BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
            return new Fraction(numerator / divisor, denominator / divisor);
        }
    }
}
