using Crease.Networks;

namespace Crease.Geometry;

/// <content>What is not kept for every region and is computed again when asked for.</content>
public sealed partial class Partition
{
    /// <summary>The mean of a region's corners: a point inside it.</summary>
    /// <param name="region">0-based region.</param>
    /// <returns>Slice coordinates.</returns>
    public (double X, double Y) Center(int region)
    {
        int from = FirstHalfEdges[region], to = FirstHalfEdges[region + 1];
        double x = 0, y = 0;
        for (int h = from; h < to; h++)
            (x, y) = (x + Vertices[2 * Origins[h]] / (to - from), y + Vertices[2 * Origins[h] + 1] / (to - from));
        return (x, y);
    }

    /// <summary>The activation pattern of a region.</summary>
    /// <remarks>Cost: one forward pass at the region's center. Exactness: float64; a region thinner than rounding may take a neighbor's code.</remarks>
    /// <param name="region">0-based region.</param>
    public Code Code(int region) => At(region).Code();

    /// <summary>The affine map A x + b of a region, on the whole input space.</summary>
    /// <remarks>Cost: one backward pass per output. Exactness: as <see cref="Code"/>.</remarks>
    /// <param name="region">0-based region.</param>
    /// <returns>Slopes of shape [outputs, inputs], offsets of shape [outputs].</returns>
    public AffineMap Map(int region) => At(region).Map();

    private Linearization At(int region)
    {
        (double x, double y) = Center(region);
        return new Linearization(Network, Slice.Decode(x, y));
    }
}
