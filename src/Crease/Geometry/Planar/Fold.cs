using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>The affine map from the outputs of one stage to the block of the next.</summary>
/// <remarks>A block holds the coefficients (a, b, c) of z = a s + b t + c for each row, as three runs of <see cref="Stride"/> numbers.</remarks>
internal abstract class Fold
{
    protected Fold(int[] frontier, int rows)
    {
        Frontier = frontier;
        Rows = rows;
        Stride = (rows + 7) & ~7;
    }

    /// <summary>Nodes whose values make the block, in order; the first is what the next stage reads.</summary>
    public int[] Frontier { get; }

    /// <summary>Rows of the block.</summary>
    public int Rows { get; }

    /// <summary>Rows rounded up to a whole number of vectors; the padding is zero.</summary>
    public int Stride { get; }

    /// <summary>Floating-point operations of one call of <see cref="Base"/> if nothing is skipped.</summary>
    public abstract double Flops { get; }

    /// <summary>The block when exactly the given units pass something on.</summary>
    /// <param name="scratch">The worker's buffers.</param>
    /// <param name="previous">The block before the stage; empty for the first fold.</param>
    /// <param name="sources">What the units pass on.</param>
    /// <param name="next">Overwritten.</param>
    public abstract void Base(FoldScratch scratch, double[] previous, Sources sources, double[] next);

    /// <summary>Adds what further units pass on: one rank-one term each.</summary>
    /// <param name="from">The block before.</param>
    /// <param name="sources">What the further units pass on.</param>
    /// <param name="to">Overwritten; may not be <paramref name="from"/>.</param>
    public abstract void Add(double[] from, Sources sources, double[] to);

    /// <summary>Number of elements that the block depends on: outputs of the stage, then rows of the block before that are used or handed on.</summary>
    public abstract int Sources { get; }

    /// <summary>What the block is when nothing is passed on. Shape [rows].</summary>
    public abstract ReadOnlySpan<double> Constants { get; }

    /// <summary>The row of the block before that a source behind the stage's outputs is.</summary>
    public abstract int RowBefore(int source);

    /// <summary>What a source adds to the block, per unit of it.</summary>
    /// <param name="source">0-based; the stage's outputs come first.</param>
    /// <param name="rows">The rows that it reaches; empty for all, in order.</param>
    /// <returns>One weight per row.</returns>
    public abstract ReadOnlySpan<double> Column(int source, out ReadOnlySpan<int> rows);

    /// <summary>The fold that ends at stage <paramref name="t"/>, or at the output.</summary>
    public static Fold Between(FoldedNetwork folded, bool[] needed, int t, Fold? previous)
    {
        Network network = folded.Network;
        int[] segments = folded.Segments;
        bool last = t == folded.Stages.Length;
        var frontier = new List<int> { last ? folded.Output : folded.Stages[t].Input };
        foreach (Node node in network.Nodes)
        {
            bool later = node.Index == folded.Output;
            for (int c = node.Index + 1; c < network.Nodes.Length && !later; c++)
                later = needed[c] && segments[c] > t && !(!last && c == folded.Stages[t].Node.Index) && network.Nodes[c].Inputs.Contains(node.Index);
            if (!last && needed[node.Index] && segments[node.Index] <= t && later && !frontier.Contains(node.Index))
                frontier.Add(node.Index);
        }
        int source = t == 0 ? network.Inputs[0] : folded.Stages[t - 1].Node.Index;
        int[] nodes = [.. network.Nodes.Where(node => needed[node.Index] && segments[node.Index] == t && node.Index != source && node.Layer is AffineLayer).Select(node => node.Index)];
        if (frontier.Count == 1 && DenseFold.Chain(network, nodes, source, frontier[0]) is Dense dense)
            return new DenseFold([.. frontier], dense);
        return new GraphFold(network, [.. frontier], nodes, source, previous);
    }
}
