using System.Runtime.InteropServices;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>Theorems on the rounding of a folded network's values.</summary>
/// <remarks>
/// Every coefficient that the engine computes is a sum of products of given numbers along the paths of the network, formed in some
/// order by additions, multiplications and fused multiply-adds. A product takes part in at most n of them, n the number of terms of all
/// rows on its path (each addition of the running sum rounds once), so it carries a factor (1 + θ), |θ| ≤ γ(n) = n u / (1 - n u), u = 2^-53.
/// Hence |computed - true| ≤ γ(n) Z with Z the same sum of absolute values, whatever the order and whichever units are on:
/// Z = Σ |w| Z + |b| through affine layers, the steepest piece through a piecewise one, the largest input through pooling. What underflow
/// loses is at most 2^-1074 per operation, covered by a constant added to every |b|. An overflow makes the bound infinite, and then every
/// sign is decided exactly. Source: Higham, Accuracy and Stability of Numerical Algorithms, section 3 (<c>higham2002accuracy</c>).
/// </remarks>
internal static class ProvedBounds
{
    /// <summary>u = 2^-53.</summary>
    public const double UnitRoundoff = 1.1102230246251565e-16;

    // A double-double operation rounds 2^-102, a double one 2^-53; with room for what cancels between the parts.
    private const double DoubleDoubleShare = 1e-13;

    // Evaluating a value at a corner, the corner's own rounding, and the bounds' arithmetic: well below so many roundings of Z.
    private const int Evaluation = 64;

    // What underflow may lose, relative to one rounding: 2^-1074 / u, with room for as many terms as fit into memory.
    private const double Underflow = 1e-290;

    /// <summary>Per stage, and for the output, a bound on the error of all values on the domain.</summary>
    /// <param name="folded">The network.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="radius">Largest absolute slice coordinate of the domain.</param>
    /// <param name="differences">Whether blocks hold differences from the values at the origin, which are known to about 100 bits.</param>
    public static double[] Of(FoldedNetwork folded, Slice slice, double radius, bool differences)
    {
        double[] values = Bounds(folded, slice, radius, constants: true);
        if (!differences)
            return values;
        // A unit that differs in kind from the center has a value there of at most its difference: three times that is passed on at most.
        double[] bounds = Bounds(folded, slice, radius, constants: false);
        for (int t = 0; t < bounds.Length; t++)
            bounds[t] = 3 * bounds[t] + DoubleDoubleShare * values[t];
        return bounds;
    }

    private static double[] Bounds(FoldedNetwork folded, Slice slice, double radius, bool constants)
    {
        Network network = folded.Network;
        var sizes = new double[network.Nodes.Length][];
        var counts = new long[network.Nodes.Length];
        var terms = new List<Term>();
        bool[] needed = new bool[network.Nodes.Length];
        foreach (Stage stage in folded.Stages)
            needed[stage.Input] = true;
        needed[folded.Output] = true;
        for (int i = needed.Length - 1; i >= 0; i--)
        {
            foreach (int input in needed[i] ? network.Nodes[i].Inputs : [])
                needed[input] = true;
        }
        foreach (Node node in network.Nodes.Where(node => needed[node.Index]))
        {
            var size = sizes[node.Index] = new double[node.Shape.Size];
            foreach (int input in node.Inputs)
                counts[node.Index] = Math.Max(counts[node.Index], counts[input]);
            counts[node.Index] += node.Layer switch
            {
                InputLayer => Input(slice, radius, size, constants),
                AffineLayer affine => Affine(affine, node, sizes, terms, size, folded.Chain is null, constants),
                PiecewiseLinear function => Piecewise(function, sizes[node.Inputs[0]], size),
                MaxPooling pooling => Pooled(pooling, sizes[node.Inputs[0]], size),
                _ => throw new NotSupportedException(node.Layer.Kind),
            };
        }
        return [.. folded.Stages.Select(stage => Bound(stage.Input, stage.Knots)), Bound(folded.Output, [])];

        double Bound(int node, double[] knots)
        {
            // Twice, since a tie is a difference of two values.
            double n = (counts[node] + Evaluation) * UnitRoundoff, largest = sizes[node].Max();
            foreach (double knot in knots)
                largest = Math.Max(largest, sizes[node].Max() + Math.Abs(knot));
            return n < 0.5 && double.IsFinite(largest) ? 2.02 * (n / (1 - n) * largest) : double.PositiveInfinity;
        }
    }

    private static int Input(Slice slice, double radius, double[] size, bool constants)
    {
        for (int i = 0; i < size.Length; i++)
            size[i] = (constants ? Math.Abs(slice.Origin[i]) : 0) + radius * (Math.Abs(slice.Directions[i]) + Math.Abs(slice.Directions[size.Length + i])) + Underflow;
        return 0;
    }

    private static int Affine(AffineLayer layer, Node node, double[][] sizes, List<Term> terms, double[] size, bool updates, bool constants)
    {
        int most = 0;
        for (int o = 0; o < size.Length; o++)
        {
            double constant = layer.Row(o, terms), sum = (constants ? Math.Abs(constant) : 0) + Underflow;
            foreach (ref readonly Term term in CollectionsMarshal.AsSpan(terms))
                sum += Math.Abs(term.Weight) * sizes[node.Inputs[term.Input]][term.Element];
            size[o] = sum;
            most = Math.Max(most, terms.Count);
        }
        // The updates of a block by what changed since the last cell are counted as further terms.
        return most + 4 + (updates ? 4 * FoldReference.MostAdditions : 0);
    }

    // Differences of slopes, their sum and the fixed part: a few roundings per knot.
    private static int Piecewise(PiecewiseLinear function, double[] input, double[] size)
    {
        int knots = function.Knots.Length;
        for (int u = 0; u < size.Length; u++)
        {
            double slope = Math.Abs(function.Slope(u, 0)), offset = Math.Abs(function.Offset(u, 0));
            for (int k = 0; k < knots; k++)
            {
                double gain = Math.Abs(function.Slope(u, k + 1)) + Math.Abs(function.Slope(u, k));
                slope += gain;
                offset += gain * Math.Abs(function.Knots[k]);
            }
            size[u] = slope * input[u] + offset + Underflow;
        }
        return 6 * knots + 2;
    }

    private static int Pooled(MaxPooling pooling, double[] input, double[] size)
    {
        var candidates = new List<int>();
        for (int w = 0; w < size.Length; w++)
        {
            pooling.Candidates(w, candidates);
            size[w] = candidates.Max(candidate => input[candidate]);
        }
        return 1;
    }
}
