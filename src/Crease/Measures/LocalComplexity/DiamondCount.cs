using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>What exactly folds in a cross-polytope of two directions: regions, and units whose crease enters it, per layer.</summary>
/// <remarks>
/// The exact counterpart of local complexity with P = 2. In the first layer both counts of units agree; deeper, a crease that enters and leaves between two
/// vertices is missed by signs at vertices, and vertices may differ in sign outside the embedded polytope. Exactness: exact.
/// </remarks>
/// <param name="Regions">Linear regions of the diamond.</param>
/// <param name="Units">Units whose crease is a border of regions in it, per piecewise layer. Of several units with one common crease the first is counted. Shape [layers].</param>
/// <param name="Crossings">Vertices inside it: points where creases cross or bend.</param>
public sealed record DiamondCount(int Regions, ImmutableArray<int> Units, int Crossings)
{
    /// <summary>Cuts the diamond x ± r u, x ± r v.</summary>
    /// <param name="partitioner">The network.</param>
    /// <param name="input">x. Shape [inputs].</param>
    /// <param name="directions">u and v.</param>
    /// <param name="radius">r, positive.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are not two directions, or something does not fit the network.</exception>
    public static DiamondCount Of(PlanarPartitioner partitioner, double[] input, OrthonormalDirections directions, double radius, RunContext? run = null)
    {
        if (directions.Count != 2)
            throw new ArgumentException($"'directions' has {directions.Count} rows; a diamond has 2.", nameof(directions));
        Slice slice = Slice.Of(input, directions.Values.ToArray(), [radius, 0, 0, radius, -radius, 0, 0, -radius]);
        Partition partition = partitioner.Cut(slice, run);
        var units = new HashSet<(int, int)>();
        var border = new bool[partition.VertexCount];
        for (int r = 0; r < partition.RegionCount; r++)
        {
            for (int h = partition.FirstHalfEdges[r]; h < partition.FirstHalfEdges[r + 1]; h++)
            {
                if (partition.Creases[h] >= 0)
                {
                    CreaseUnit crease = partition.CreaseAt(partition.Creases[h]);
                    units.Add((crease.Layer, crease.Unit));
                    continue;
                }
                border[partition.Origins[h]] = border[partition.Origins[partition.Next(h, r)]] = true;
            }
        }
        return new DiamondCount(partition.RegionCount, [.. partition.Layers.Select((_, l) => units.Count(unit => unit.Item1 == l))], border.Count(on => !on));
    }
}
