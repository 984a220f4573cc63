using Crease.Networks;

namespace Crease.Geometry;

/// <summary>One worker's buffers for folds that run through several nodes.</summary>
internal sealed class FoldScratch(Network network)
{
    private readonly double[]?[] _values = new double[network.Nodes.Length][];
    private readonly FoldReference?[] _references = new FoldReference?[network.Nodes.Length];

    /// <summary>Room for the three coefficient columns of a node's value. Shape [3, size].</summary>
    public double[] Of(int node) => _values[node] ??= new double[3L * network.Nodes[node].Shape.Size];

    /// <summary>The last base product of the fold behind a node, to be updated for the next cell.</summary>
    public FoldReference Reference(int source, int sources, int block) => _references[source] ??= new FoldReference(sources, block);

    /// <summary>Forgets what was computed, so that results do not depend on which cells a worker had before.</summary>
    public void Reset()
    {
        foreach (FoldReference? reference in _references)
            reference?.Forget();
    }
}

/// <summary>A block with the sources it was made of.</summary>
internal sealed class FoldReference(int sources, int block)
{
    /// <summary>Most terms that updates may add to a block.</summary>
    public const int MostAdditions = 1 << 14;

    public double[] Sources { get; } = new double[sources];

    public double[] Block { get; } = new double[block];

    public List<(int Source, double A, double B, double C)> Changes { get; } = [];

    /// <summary>Terms that may still be added before the block is made afresh, so that the bound on its rounding holds; none before it was made.</summary>
    public int AdditionsLeft { get; set; } = -1;

    public void Renew(int additions) => AdditionsLeft = additions;

    public void Forget() => AdditionsLeft = -1;
}
