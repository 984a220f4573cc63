using System.Runtime.InteropServices;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Functions of a one-dimensional slice without rounding: a t + c with a and c sums of products of the given binary fractions.</summary>
/// <remarks>
/// Rows are made on demand, node by node and element by element, for the code of the interval at hand, and kept until an earlier
/// stage's code changes. A zero of a row is the rational -c / a. Weights, slice and knots count exactly as the doubles they are.
/// </remarks>
internal sealed partial class ExactRows(FoldedNetwork folded, Slice slice, byte[][] codes, int[][] winners)
{
    private readonly Dictionary<(int Node, int Element), Row>[] _rows = [.. Enumerable.Range(0, folded.Stages.Length + 1).Select(_ => new Dictionary<(int, int), Row>())];

    /// <summary>Number of decisions made.</summary>
    public long Count { get; private set; }

    /// <summary>The code of a stage has changed: rows of this segment and of later ones are made anew.</summary>
    public void Forget(int segment)
    {
        for (; segment < _rows.Length; segment++)
        {
            _rows[segment].Clear();
            _alike[segment].Clear();
        }
    }

    /// <summary>The sign of a function at a point.</summary>
    public int Sign(Line line, SegmentPoint point)
    {
        Count++;
        if (IsTieOfLikes(line, point is { At: 0, Exact.Numerator.Sign: 0 }))
            return 0;
        Row row = RowOf(line);
        Ratio t = At(point);
        return (row.A * t.Numerator + row.C * t.Denominator).Sign;
    }

    /// <summary>The sign of a function's slope.</summary>
    public int Slope(Line line)
    {
        Count++;
        return IsTieOfLikes(line, atOrigin: false) ? 0 : RowOf(line).A.Sign;
    }

    /// <summary>Whether a function is zero on the whole line.</summary>
    public bool IsZero(Line line)
    {
        Count++;
        if (IsTieOfLikes(line, atOrigin: false))
            return true;
        Row row = RowOf(line);
        return row.A.Sign == 0 && row.C.Sign == 0;
    }

    /// <summary>Which of two points comes first: -1, 0 (they coincide) or 1.</summary>
    public int Compare(SegmentPoint p, SegmentPoint q)
    {
        Count++;
        return At(p).CompareTo(At(q));
    }

    public Ratio At(SegmentPoint point)
    {
        if (point.Exact is Ratio known)
            return known;
        Row row = RowOf(point.Line);
        return point.Exact = Ratio.Of(-row.C, row.A);
    }

    private Row RowOf(Line line)
    {
        int node = line.Segment < folded.Stages.Length ? folded.Stages[line.Segment].Input : folded.Output;
        Row row = Value(node, line.Row);
        if (line.Other < 0)
            return row with { C = row.C - line.Knot };
        Row other = Value(node, line.Other);
        return new Row(row.A - other.A, row.C - other.C);
    }

    private Row Value(int node, int element)
    {
        Dictionary<(int, int), Row> rows = _rows[folded.Segments[node]];
        if (!rows.TryGetValue((node, element), out Row row))
            rows[(node, element)] = row = Make(folded.Network.Nodes[node], element);
        return row;
    }

    private Row Make(Node node, int element)
    {
        switch (node.Layer)
        {
            case InputLayer:
                return new Row(slice.Directions[element], slice.Origin[element]);
            case AffineLayer affine:
                var terms = new List<Term>();
                double constant = affine.Row(element, terms);
                Dyadic a = default, c = constant;
                foreach (ref readonly Term term in CollectionsMarshal.AsSpan(terms))
                {
                    Row x = Value(node.Inputs[term.Input], term.Element);
                    Dyadic weight = term.Weight;
                    a += weight * x.A;
                    c += weight * x.C;
                }
                return new Row(a, c);
            default:
                return Pass(folded.Stages[folded.Segments[node.Index] - 1], element);
        }
    }

    // Slopes and constants are built up from the gains at the knots, so that the function is continuous without rounding.
    private Row Pass(Stage stage, int unit)
    {
        if (stage.Pooling is not null)
            return Value(stage.Input, stage.Windows[unit][winners[stage.Index][unit]]);
        Dyadic slope = stage.Function!.Slope(unit, 0), constant = stage.Function.Offset(unit, 0);
        for (int knot = 0; knot < stage.Knots.Length; knot++)
        {
            int item = knot * stage.Padded + unit;
            if ((codes[stage.Index][item >> 3] >> (item & 7) & 1) == 0)
                continue;
            Dyadic gain = stage.Gain(unit, knot);
            slope += gain;
            constant -= gain * stage.Knots[knot];
        }
        if (slope.Sign == 0)
            return new Row(default, constant);
        Row z = Value(stage.Input, unit);
        return new Row(slope * z.A, slope * z.C + constant);
    }

    private readonly record struct Row(Dyadic A, Dyadic C);
}
