using System.Runtime.InteropServices;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>How large the terms are that a network's values are summed from, whatever cancels between them.</summary>
/// <remarks>
/// Notation: gain and constant of a value: over all paths from an input, respectively a bias, to the value, the sum (or the root of the
/// sum of squares) of the products of absolute weights, all units on. For inputs of at most s every value is made of terms that come to
/// at most gain · s + constant. Cost: one pass over all rows, once per network. Exactness: bounds, up to their own rounding.
///
/// Roundings. A row of m terms is summed from m products in some order: a product is rounded once itself and takes part in at most m
/// additions; the slice's numbers, the bias and the sum of parts come to 4 more. A layer that only copies rounds nothing. A fold of several
/// layers is also applied by its multiplied-out columns: a row then has as many terms as the fold has sources that reach it.
/// A fold of a graph updates its last block: adding w (y - x) for a source that went from x to y rounds the difference, the product and the
/// sum, so with |w x|, |w y| and the row at most Z it adds at most (2 + 2 + 1) u Z, and there are at most as many updates as
/// <see cref="GraphFold.MostAdditions"/>. Where units behind a stage are multiplied into a reduced network, a row is the sum over at most all
/// units of that stage, and of those the reduced network keeps.
/// </remarks>
internal sealed class PathSizes
{
    // What underflow may lose of a value, relative to one rounding: 2^-1074 / u, with room for as many terms as fit into memory.
    private const double Underflow = 1e-290;

    private readonly double[] _gain, _constant;
    private readonly long[] _roundings;
    private readonly bool _squares;

    private PathSizes(FoldedNetwork folded, bool squares)
    {
        _squares = squares;
        Network network = folded.Network;
        double[][] gains = new double[network.Nodes.Length][], constants = new double[network.Nodes.Length][];
        var roundings = new long[network.Nodes.Length];
        var reach = new int[network.Nodes.Length][];
        int[] ends = [.. folded.Stages.Select(stage => stage.Input), folded.Output];
        bool[] needed = Needed(network, ends);
        foreach (Node node in network.Nodes.Where(node => needed[node.Index]))
        {
            double[] gain = gains[node.Index] = new double[node.Shape.Size], constant = constants[node.Index] = new double[node.Shape.Size];
            reach[node.Index] = [];
            foreach (int input in node.Inputs)
                roundings[node.Index] = Math.Max(roundings[node.Index], roundings[input] + (IsInFold(folded, node, input) ? 0 : Entering(folded, FoldOf(folded, node))));
            roundings[node.Index] += node.Layer switch
            {
                InputLayer => (long)Input(gain),
                AffineLayer affine => Affine(affine, node, gains, constants, reach, folded),
                PiecewiseLinear function => Piecewise(function, gains[node.Inputs[0]], constants[node.Inputs[0]], gain, constant),
                MaxPooling pooling => Pooled(pooling, gains[node.Inputs[0]], constants[node.Inputs[0]], gain, constant),
                _ => throw new NotSupportedException(node.Layer.Kind),
            };
        }
        _gain = [.. ends.Select(end => gains[end].Max())];
        _constant = [.. ends.Select((end, t) => constants[end].Max() + (t < folded.Stages.Length ? folded.Stages[t].Knots.Select(Math.Abs).Append(0).Max() : 0))];
        _roundings = [.. ends.Select(end => roundings[end])];
    }

    /// <summary>Sums of absolute values: what no rounding can exceed.</summary>
    public static PathSizes Sums(FoldedNetwork folded) => new(folded, squares: false);

    /// <summary>Roots of sums of squares: what independent roundings come to.</summary>
    public static PathSizes Squares(FoldedNetwork folded) => new(folded, squares: true);

    /// <summary>Size of the values of a stage, or of the outputs after the last, for inputs of at most so much.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="input">Largest absolute input.</param>
    /// <param name="withConstants">Whether biases count.</param>
    public double Of(int stage, double input, bool withConstants) => _gain[stage] * input + (withConstants ? _constant[stage] : Underflow * (1 + _gain[stage]));

    /// <summary>Most roundings that any product in a value of a stage takes part in.</summary>
    public long Roundings(int stage) => _roundings[stage];

    private static bool[] Needed(Network network, int[] ends)
    {
        var needed = new bool[network.Nodes.Length];
        foreach (int end in ends)
            needed[end] = true;
        for (int i = needed.Length - 1; i >= 0; i--)
        {
            foreach (int input in needed[i] ? network.Nodes[i].Inputs : [])
                needed[input] = true;
        }
        return needed;
    }

    private static int Input(double[] gain)
    {
        Array.Fill(gain, 1);
        return 0;
    }

    // The fold that computes a node: the one before the node's stage, or the one that a node lies in.
    private static int FoldOf(FoldedNetwork folded, Node node) => node.Layer is AffineLayer ? folded.Segments[node.Index] : folded.Segments[node.Index] - 1;

    private static bool IsInFold(FoldedNetwork folded, Node node, int input) =>
        folded.Network.Nodes[input].Layer is AffineLayer && folded.Segments[input] == FoldOf(folded, node);

    // What a value takes part in on entering a fold: updates of the block, and the columns of a reduced network. The first fold reads the slice once.
    private static long Entering(FoldedNetwork folded, int fold) => fold < 1 ? 0
        : (folded.Folds[fold] is GraphFold graph ? 5L * graph.MostAdditions : 0) + (folded.IsReducible ? Math.Min(LocalNetwork.MostRows, folded.Stages[fold - 1].Units) : 0);

    private long Affine(AffineLayer layer, Node node, double[][] gains, double[][] constants, int[][] reach, FoldedNetwork folded)
    {
        var terms = new List<Term>();
        (int most, int farthest, bool isCopy, bool isFirst) = (0, 0, true, node.Inputs.All(input => !IsInFold(folded, node, input)));
        int sources = folded.Folds[folded.Segments[node.Index]].Sources;
        int[] reaches = reach[node.Index] = new int[node.Shape.Size];
        for (int o = 0; o < node.Shape.Size; o++)
        {
            double given = layer.Row(o, terms), gain = 0, constant = Math.Abs(given) + Underflow;
            long found = 0;
            foreach (ref readonly Term term in CollectionsMarshal.AsSpan(terms))
            {
                double weight = Math.Abs(term.Weight);
                gain = Add(gain, weight * gains[node.Inputs[term.Input]][term.Element]);
                constant = Add(constant, weight * constants[node.Inputs[term.Input]][term.Element]);
                found += IsInFold(folded, node, node.Inputs[term.Input]) ? reach[node.Inputs[term.Input]][term.Element] : 1;
                isCopy &= weight == 1;
            }
            reaches[o] = (int)Math.Min(found, sources);
            isCopy &= terms.Count <= 1 && given == 0;
            farthest = Math.Max(farthest, reaches[o]);
            (gains[node.Index][o], constants[node.Index][o]) = (gain, constant);
            most = Math.Max(most, terms.Count);
        }
        return isCopy ? 0 : most + 4 + (isFirst ? 0 : farthest);
    }

    // Squares may underflow or overflow where their root does not.
    private double Add(double sum, double term)
    {
        if (!_squares)
            return sum + term;
        double squares = sum * sum + term * term;
        return squares is > 1e-280 and < 1e280 ? Math.Sqrt(squares) : double.Hypot(sum, term);
    }

    // Differences of slopes, their sum and the fixed part: a few roundings per knot.
    private static int Piecewise(PiecewiseLinear function, double[] gains, double[] constants, double[] gain, double[] constant)
    {
        int knots = function.Knots.Length;
        for (int u = 0; u < gain.Length; u++)
        {
            double slope = Math.Abs(function.Slope(u, 0)), offset = Math.Abs(function.Offset(u, 0));
            for (int k = 0; k < knots; k++)
            {
                double step = Math.Abs(function.Slope(u, k + 1)) + Math.Abs(function.Slope(u, k));
                slope += step;
                offset += step * Math.Abs(function.Knots[k]);
            }
            gain[u] = slope * gains[u];
            constant[u] = slope * constants[u] + offset + Underflow;
        }
        return 6 * knots + 2;
    }

    private static int Pooled(MaxPooling pooling, double[] gains, double[] constants, double[] gain, double[] constant)
    {
        var candidates = new List<int>();
        for (int w = 0; w < gain.Length; w++)
        {
            pooling.Candidates(w, candidates);
            gain[w] = candidates.Max(candidate => gains[candidate]);
            constant[w] = candidates.Max(candidate => constants[candidate]);
        }
        return 1;
    }
}
