using Crease.Geometry;

namespace Crease.Measures;

/// <summary>The crease of one unit on a slice: a line of the layer's own input, folded by the creases of the layers before it.</summary>
/// <remarks>Source: <c>balestriero2019geometry</c>. Cost: one pass over the half-edges. Exactness: edges are exact; a bend is counted where two edges meet at more than 1e-6 radians.</remarks>
/// <param name="Layer">0-based index in <see cref="Partition.Layers"/>.</param>
/// <param name="Unit">0-based unit.</param>
/// <param name="Edges">Edges of the partition that lie on it.</param>
/// <param name="Length">In units of the slice.</param>
/// <param name="Bends">Vertices at which it changes its direction.</param>
/// <param name="SharpestBend">The largest change of direction, in radians.</param>
public sealed record FoldedCrease(int Layer, int Unit, int Edges, double Length, int Bends, double SharpestBend)
{
    private const double Straight = 1e-6;

    /// <summary>Measures the crease of one unit.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="layer">0-based index in <see cref="Partition.Layers"/>.</param>
    /// <param name="unit">0-based unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer or unit.</exception>
    public static FoldedCrease Of(Partition partition, int layer, int unit)
    {
        if ((uint)layer >= (uint)partition.Layers.Length || (uint)unit >= (uint)partition.Layers[layer].Shape.Size)
            throw new ArgumentOutOfRangeException(nameof(unit), $"layer {layer}, unit {unit}: the network has layers 0 to {partition.Layers.Length - 1}{((uint)layer < (uint)partition.Layers.Length ? $", this one units 0 to {partition.Layers[layer].Shape.Size - 1}" : "")}.");
        var directions = new Dictionary<(int Vertex, int Crease), (double X, double Y)>();
        (int edges, double length, int bends, double sharpest) = (0, 0, 0, 0);
        for (int region = 0; region < partition.RegionCount; region++)
        {
            for (int h = partition.FirstHalfEdges[region]; h < partition.FirstHalfEdges[region + 1]; h++)
            {
                int crease = partition.Creases[h];
                if (crease < 0 || partition.Twins[h] > h)
                    continue;
                if (partition.CreaseAt(crease) is var found && (found.Layer != layer || found.Unit != unit))
                    continue;
                int from = partition.Origins[h], to = partition.Origins[partition.Next(h, region)];
                double dx = partition.Vertices[2 * to] - partition.Vertices[2 * from], dy = partition.Vertices[2 * to + 1] - partition.Vertices[2 * from + 1], size = double.Hypot(dx, dy);
                (edges, length) = (edges + 1, length + size);
                if (size == 0)
                    continue;
                Meet(from, crease, dx / size, dy / size);
                Meet(to, crease, -dx / size, -dy / size);
            }
        }
        return new FoldedCrease(layer, unit, edges, length, bends, sharpest);

        // Two edges of one crease that meet go on straight where their directions are opposite.
        void Meet(int vertex, int crease, double x, double y)
        {
            if (!directions.Remove((vertex, crease), out (double X, double Y) other))
            {
                directions[(vertex, crease)] = (x, y);
                return;
            }
            double bend = Math.Abs(Math.Atan2(x * -other.Y - y * -other.X, x * -other.X + y * -other.Y));
            (bends, sharpest) = (bends + (bend > Straight ? 1 : 0), Math.Max(sharpest, bend));
        }
    }

    /// <summary>The unit of a layer whose crease bends most often on the slice, the longest of those; null where the layer has none there.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="layer">0-based index in <see cref="Partition.Layers"/>.</param>
    public static FoldedCrease? MostFolded(Partition partition, int layer)
    {
        var units = new SortedSet<int>();
        for (int crease, h = 0; h < partition.HalfEdgeCount; h++)
        {
            if ((crease = partition.Creases[h]) >= 0 && partition.CreaseAt(crease) is var found && found.Layer == layer)
                units.Add(found.Unit);
        }
        return units.Select(unit => Of(partition, layer, unit)).OrderByDescending(crease => crease.Bends).ThenByDescending(crease => crease.Length).FirstOrDefault();
    }
}
