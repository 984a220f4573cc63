using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>A convex polygon with the values of affine functions at its corners: cut where two of them tie.</summary>
/// <param name="functions">Number of functions.</param>
internal sealed class ValuedPolygon(int functions)
{
    private readonly List<double[]> _corners = [];

    /// <summary>Number of corners.</summary>
    public int Count => _corners.Count;

    /// <summary>Area; 0 below three corners.</summary>
    public double Area
    {
        get
        {
            double twice = 0;
            for (int i = 1; i + 1 < Count; i++)
                twice += (_corners[i][0] - _corners[0][0]) * (_corners[i + 1][1] - _corners[0][1]) - (_corners[i][1] - _corners[0][1]) * (_corners[i + 1][0] - _corners[0][0]);
            return Math.Abs(twice) / 2;
        }
    }

    /// <summary>Adds a corner after the last one.</summary>
    public void Add(ReadOnlySpan<double> place, ReadOnlySpan<double> values) => _corners.Add([.. place, .. values]);

    /// <summary>The parts on which each of some functions is the largest, by class.</summary>
    /// <param name="first">Index of the first function.</param>
    /// <param name="outputs">Their number; a single one stands for class 1 where it is positive and class 0 elsewhere.</param>
    public ImmutableArray<ValuedPolygon> ByClass(int first, int outputs) => [.. Enumerable.Range(0, outputs == 1 ? 2 : outputs).Select(c => OfClass(first, outputs, c))];

    /// <summary>The part on which one class is given.</summary>
    public ValuedPolygon OfClass(int first, int outputs, int wanted)
    {
        if (outputs == 1)
            return Kept(corner => wanted == 1 ? corner[2 + first] : -corner[2 + first]);
        ValuedPolygon part = this;
        for (int other = 0; other < outputs && part.Count > 0; other++)
        {
            int rival = other;
            if (other != wanted)
                part = part.Kept(corner => corner[2 + first + wanted] - corner[2 + first + rival]);
        }
        return part;
    }

    private ValuedPolygon Kept(Func<double[], double> height)
    {
        double[] heights = [.. _corners.Select(height)];
        if (heights.All(value => value >= 0))
            return this;
        var kept = new ValuedPolygon(functions);
        for (int i = 0; i < Count; i++)
        {
            int next = (i + 1) % Count;
            if (heights[i] >= 0)
                kept._corners.Add(_corners[i]);
            if (heights[i] >= 0 != heights[next] >= 0)
                kept._corners.Add(Between(_corners[i], _corners[next], heights[i] / (heights[i] - heights[next])));
        }
        return kept;
    }

    private double[] Between(double[] from, double[] to, double share)
    {
        var corner = new double[2 + functions];
        for (int i = 0; i < corner.Length; i++)
            corner[i] = from[i] + share * (to[i] - from[i]);
        return corner;
    }
}
