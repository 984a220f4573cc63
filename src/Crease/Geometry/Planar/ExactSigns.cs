using System.Runtime.InteropServices;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Signs of lines at crossings of lines without rounding: every value is a sum of products of the given binary fractions.</summary>
/// <remarks>
/// Values are made on demand, node by node and element by element, for the code of the cell at hand, and kept until an earlier stage's
/// code changes. Weights, slice and knots count exactly as the doubles they are.
/// </remarks>
internal sealed partial class ExactSigns(FoldedNetwork folded, Slice slice, byte[][] codes, int[][] winners)
{
    private readonly Dictionary<(int Node, int Element), Row>[] _rows = [.. Enumerable.Range(0, folded.Stages.Length + 1).Select(_ => new Dictionary<(int, int), Row>())];
    private readonly long[] _made = new long[folded.Stages.Length + 1];

    /// <summary>Per segment a number that changes whenever the code of an earlier stage does.</summary>
    public long[] Stamps { get; } = new long[folded.Stages.Length + 1];

    /// <summary>Number of signs decided.</summary>
    public long Count { get; private set; }

    /// <summary>The sign of a line's function where two other lines cross.</summary>
    public int At(Line line, Line first, Line second)
    {
        Count++;
        (line, first, second) = (BeforePooling(line), BeforePooling(first), BeforePooling(second));
        if (AreOne(line, first) || AreOne(line, second))
            return 0;
        Row l = RowOf(line), p = RowOf(first), q = RowOf(second);
        Dyadic x = p.B * q.C - q.B * p.C, y = p.C * q.A - q.C * p.A, w = p.A * q.B - q.A * p.B;
        return (l.A * x + l.B * y + l.C * w).Sign * w.Sign;
    }

    /// <summary>Whether a line's function is zero everywhere.</summary>
    public bool IsZero(Line line)
    {
        Count++;
        Row row = RowOf(line);
        return row.A.Sign == 0 && row.B.Sign == 0 && row.C.Sign == 0;
    }

    /// <summary>Where two lines cross, each coordinate rounded once.</summary>
    public (double X, double Y) Crossing(Line first, Line second)
    {
        Row p = RowOf(first), q = RowOf(second);
        Dyadic w = p.A * q.B - q.A * p.B;
        return (Dyadic.Quotient(p.B * q.C - q.B * p.C, w), Dyadic.Quotient(p.C * q.A - q.C * p.A, w));
    }

    private Row RowOf(Line line)
    {
        if (line.Segment < 0)
            return Side(line.Row);
        int node = line.Segment < folded.Stages.Length ? folded.Stages[line.Segment].Input : folded.Output;
        Row row = Value(node, line.Row);
        if (line.Other >= 0)
        {
            Row other = Value(node, line.Other);
            return new Row(row.A - other.A, row.B - other.B, row.C - other.C);
        }
        return row with { C = row.C - line.Knot };
    }

    private Row Side(int index)
    {
        ReadOnlySpan<double> domain = slice.Domain;
        int next = (index + 1) % (domain.Length / 2);
        Dyadic px = domain[2 * index], py = domain[2 * index + 1], qx = domain[2 * next], qy = domain[2 * next + 1];
        return new Row(py - qy, qx - px, px * qy - qx * py);
    }

    private Row Value(int node, int element)
    {
        int segment = folded.Segments[node];
        if (_made[segment] != Stamps[segment])
        {
            _rows[segment].Clear();
            _made[segment] = Stamps[segment];
        }
        if (_rows[segment].TryGetValue((node, element), out Row known))
            return known;
        Row made = Make(folded.Network.Nodes[node], element);
        _rows[segment][(node, element)] = made;
        return made;
    }

    private Row Make(Node node, int element)
    {
        switch (node.Layer)
        {
            case InputLayer:
                Dyadic origin = slice.Origin[element], low = slice.OriginLow.IsEmpty ? 0 : slice.OriginLow[element];
                return new Row(slice.Directions[element], slice.Directions[slice.Inputs + element], origin + low);
            case AffineLayer affine:
                var terms = new List<Term>();
                double constant = affine.Row(element, terms);
                Dyadic a = default, b = default, c = constant;
                foreach (ref readonly Term term in CollectionsMarshal.AsSpan(terms))
                {
                    Row x = Value(node.Inputs[term.Input], term.Element);
                    Dyadic weight = term.Weight;
                    a += weight * x.A;
                    b += weight * x.B;
                    c += weight * x.C;
                }
                return new Row(a, b, c);
            default:
                return Pass(folded.Stages[folded.Segments[node.Index] - 1], element);
        }
    }

    private Row Pass(Stage stage, int unit)
    {
        if (stage.Pooling is not null)
            return Value(stage.Input, stage.Windows[unit][winners[stage.Index][unit]]);
        Row z = default;
        Dyadic slope = stage.Function!.Slope(unit, 0), constant = stage.Function.Offset(unit, 0);
        for (int knot = 0; knot < stage.Knots.Length; knot++)
        {
            int item = knot * stage.Padded + unit;
            if (codes[stage.Index][item] == 0)
                continue;
            // The difference of the two slopes, not its rounding.
            Dyadic gain = (Dyadic)stage.Function.Slope(unit, knot + 1) - stage.Function.Slope(unit, knot);
            slope += gain;
            constant -= gain * stage.Knots[knot];
        }
        if (slope.Sign != 0)
            z = Value(stage.Input, unit);
        return new Row(slope * z.A, slope * z.B, slope * z.C + constant);
    }

    private readonly record struct Row(Dyadic A, Dyadic B, Dyadic C);
}
