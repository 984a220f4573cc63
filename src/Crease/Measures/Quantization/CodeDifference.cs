using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>Whether two networks of one graph, side by side as one, are on different pieces at points: many points at a time, and no code is kept.</summary>
internal sealed class CodeDifference
{
    private readonly Network _both;
    private readonly (int First, int Second, PiecewiseLinear? Function, int[][] Windows)[] _pairs;

    /// <summary>Prepares.</summary>
    /// <param name="both">The networks side by side.</param>
    /// <param name="layers">Piecewise layers of each.</param>
    public CodeDifference(Network both, int layers)
    {
        _both = both;
        ImmutableArray<Node> all = new PiecewiseGraph(both).Layers;
        _pairs = [.. Enumerable.Range(0, layers).Select(layer => (all[layer].Inputs[0], all[layers + layer].Inputs[0], all[layer].Layer as PiecewiseLinear, WindowsOf(all[layer].Layer)))];
    }

    /// <summary>Outputs of both at points, and whether a unit is on another piece.</summary>
    /// <param name="points">Shape [count, inputs].</param>
    /// <param name="count">Number of points.</param>
    /// <param name="isOther">One entry per point.</param>
    /// <returns>Shape [count, 2 outputs].</returns>
    public ReadOnlySpan<double> At(ReadOnlySpan<double> points, int count, Span<bool> isOther)
    {
        double[][] values = _both.Values(points, count);
        isOther[..count].Clear();
        foreach ((int first, int second, PiecewiseLinear? function, int[][] windows) in _pairs)
        {
            int size = values[first].Length / count;
            for (int row = 0; row < count; row++)
            {
                ReadOnlySpan<double> one = values[first].AsSpan(row * size, size), other = values[second].AsSpan(row * size, size);
                isOther[row] = isOther[row] || (function is null ? HasOtherWinner(one, other, windows) : HasOtherPiece(one, other, function));
            }
        }
        return values[_both.Outputs[0]];
    }

    private static bool HasOtherPiece(ReadOnlySpan<double> one, ReadOnlySpan<double> other, PiecewiseLinear function)
    {
        for (int unit = 0; unit < one.Length; unit++)
        {
            if (function.Piece(one[unit]) != function.Piece(other[unit]))
                return true;
        }
        return false;
    }

    private static bool HasOtherWinner(ReadOnlySpan<double> one, ReadOnlySpan<double> other, int[][] windows)
    {
        foreach (int[] window in windows)
        {
            if (Winner(one, window) != Winner(other, window))
                return true;
        }
        return false;
    }

    // The first of equal candidates, as in a code.
    private static int Winner(ReadOnlySpan<double> z, int[] window)
    {
        int winner = window[0];
        foreach (int candidate in window)
            winner = z[candidate] > z[winner] ? candidate : winner;
        return winner;
    }

    private static int[][] WindowsOf(Layer layer)
    {
        if (layer is not MaxPooling pooling)
            return [];
        var candidates = new List<int>();
        return [.. Enumerable.Range(0, pooling.Units).Select(unit =>
        {
            pooling.Candidates(unit, candidates);
            return candidates.ToArray();
        })];
    }
}
