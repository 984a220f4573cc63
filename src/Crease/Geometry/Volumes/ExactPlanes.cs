using System.Numerics;
using System.Runtime.InteropServices;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Signs of planes at crossings of three planes, and the crossings themselves, without rounding.</summary>
/// <remarks>
/// Every value is a sum of products of the given binary fractions; weights, slice and knots count exactly as the doubles they are. Rows are
/// made on demand for the code of the cell at hand and kept until the code of an earlier layer changes. The twin of the planar engine's
/// <see cref="ExactSigns"/>: a corner is the crossing of three planes, and a sign is that of a 4 × 4 determinant.
/// </remarks>
internal sealed class ExactPlanes(VolumeNetwork network, Slice slice, double[] low, double[] high, double level)
{
    private readonly Dictionary<(int Node, int Element), Row>[] _rows = [.. Enumerable.Range(0, network.Layers.Length + 1).Select(_ => new Dictionary<(int, int), Row>())];
    private readonly ulong[]?[] _made = new ulong[network.Layers.Length][];

    /// <summary>Number of signs and points decided.</summary>
    public long Count { get; private set; }

    /// <summary>Corners that may be farther off than this are computed exactly.</summary>
    public double LargestShift { get; } = 1e-6 * Enumerable.Range(0, 3).Min(axis => high[axis] - low[axis]);

    /// <summary>The sign of a plane's function where three other planes cross.</summary>
    public int Sign(int plane, (int First, int Second, int Third) planes, ulong[][] code)
    {
        Count++;
        Keep(code);
        Row h = RowOf(plane, code);
        (Dyadic x, Dyadic y, Dyadic z, Dyadic w) = Crossing(planes, code);
        return (h.A * x + h.B * y + h.C * z + h.D * w).Sign * w.Sign;
    }

    /// <summary>The crossing of three planes, each coordinate rounded once.</summary>
    public (double X, double Y, double Z, double Shift) Point((int First, int Second, int Third) planes, ulong[][] code)
    {
        Count++;
        Keep(code);
        (Dyadic x, Dyadic y, Dyadic z, Dyadic w) = Crossing(planes, code);
        double px = Quotient(x, w), py = Quotient(y, w), pz = Quotient(z, w);
        return (px, py, pz, 4.5e-16 * (Math.Abs(px) + Math.Abs(py) + Math.Abs(pz)));
    }

    private (Dyadic X, Dyadic Y, Dyadic Z, Dyadic W) Crossing((int First, int Second, int Third) planes, ulong[][] code)
    {
        Row p = RowOf(planes.First, code), q = RowOf(planes.Second, code), r = RowOf(planes.Third, code);
        Dyadic ux = q.B * r.C - q.C * r.B, uy = q.C * r.A - q.A * r.C, uz = q.A * r.B - q.B * r.A;
        Dyadic vx = r.B * p.C - r.C * p.B, vy = r.C * p.A - r.A * p.C, vz = r.A * p.B - r.B * p.A;
        Dyadic wx = p.B * q.C - p.C * q.B, wy = p.C * q.A - p.A * q.C, wz = p.A * q.B - p.B * q.A;
        return (-(p.D * ux + q.D * vx + r.D * wx), -(p.D * uy + q.D * vy + r.D * wy), -(p.D * uz + q.D * vz + r.D * wz), p.A * ux + p.B * uy + p.C * uz);
    }

    private static double Quotient(Dyadic numerator, Dyadic denominator)
    {
        if (numerator.Sign == 0)
            return 0;
        int shift = 64 + (int)(denominator.Mantissa.GetBitLength() - numerator.Mantissa.GetBitLength());
        BigInteger quotient = shift >= 0 ? (numerator.Mantissa << shift) / denominator.Mantissa : numerator.Mantissa / (denominator.Mantissa << -shift);
        return Math.ScaleB((double)quotient, numerator.Exponent - denominator.Exponent - shift);
    }

    // Forgets the rows behind the first layer whose code differs from the one they were made for.
    private void Keep(ulong[][] code)
    {
        for (int t = 0; t < code.Length; t++)
        {
            if (_made[t] == code[t] || (_made[t] is ulong[] made && made.AsSpan().SequenceEqual(code[t])))
                continue;
            for (int later = t; later < code.Length; later++)
            {
                _made[later] = code[later];
                _rows[later + 1].Clear();
            }
            return;
        }
    }

    private Row RowOf(int plane, ulong[][] code)
    {
        if (plane < 0)
        {
            (int axis, int far) = Math.DivRem(-1 - plane, 2);
            return new Row(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0, -(far == 1 ? high : low)[axis]);
        }
        if (plane >= network.Items)
        {
            Row output = Value(network.Output, plane - network.Items, code);
            return output with { D = output.D - level };
        }
        CreaseUnit crease = network.Creases[plane];
        Node layer = network.Layers[crease.Layer];
        Row z = Value(layer.Inputs[0], crease.Unit, code);
        return z with { D = z.D - ((PiecewiseLinear)layer.Layer).Knots[crease.Lower] };
    }

    private Row Value(int node, int element, ulong[][] code)
    {
        Dictionary<(int, int), Row> rows = _rows[network.Segments[node]];
        if (rows.TryGetValue((node, element), out Row known))
            return known;
        Row made = Make(network.Network.Nodes[node], element, code);
        rows[(node, element)] = made;
        return made;
    }

    private Row Make(Node node, int element, ulong[][] code)
    {
        switch (node.Layer)
        {
            case InputLayer:
                return new Row(slice.Directions[element], slice.Directions[slice.Inputs + element], slice.Directions[2 * slice.Inputs + element], slice.Origin[element]);
            case AffineLayer affine:
                var terms = new List<Term>();
                Row sum = new(default, default, default, affine.Row(element, terms));
                foreach (ref readonly Term term in CollectionsMarshal.AsSpan(terms))
                    sum = sum.Plus(term.Weight, Value(node.Inputs[term.Input], term.Element, code));
                return sum;
            default:
                return Pass(node, element, code);
        }
    }

    private Row Pass(Node node, int unit, ulong[][] code)
    {
        var function = (PiecewiseLinear)node.Layer;
        int stage = network.Segments[node.Index] - 1;
        Dyadic slope = function.Slope(unit, 0), constant = function.Offset(unit, 0);
        for (int knot = 0; knot < function.Knots.Length; knot++)
        {
            if (!network.IsOn(code, network.Creases.Knot(stage, unit, knot)))
                continue;
            // The gain is rounded once, as everywhere, so that this is the same network.
            Dyadic gain = function.Slope(unit, knot + 1) - function.Slope(unit, knot);
            slope += gain;
            constant -= gain * function.Knots[knot];
        }
        return slope.Sign == 0 ? new Row(default, default, default, constant) : new Row(default, default, default, constant).Plus(slope, Value(node.Inputs[0], unit, code));
    }

    private readonly record struct Row(Dyadic A, Dyadic B, Dyadic C, Dyadic D)
    {
        public Row Plus(Dyadic factor, Row other) => new(A + factor * other.A, B + factor * other.B, C + factor * other.C, D + factor * other.D);
    }
}
