using Crease.Geometry;

namespace Crease.Views;

/// <summary>The creases of a partition as few long lines per layer, each edge once.</summary>
internal static class CreaseLines
{
    /// <summary>Chains edges of the same crease.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="area">Where it is drawn.</param>
    /// <param name="isIncluded">Which creases are wanted; null for all.</param>
    /// <returns>One set of lines per piecewise layer.</returns>
    public static Polylines[] Of(Partition partition, PlotArea area, Func<CreaseUnit, bool>? isIncluded = null)
    {
        var edges = new Edges(partition, isIncluded);
        var lines = new Polylines[partition.Layers.Length];
        for (int l = 0; l < lines.Length; l++)
            lines[l] = new Polylines();
        var back = new List<int>();
        for (int e = 0; e < edges.Count; e++)
        {
            if (edges.Used[e])
                continue;
            edges.Used[e] = true;
            int crease = edges.Crease[e];
            back.Clear();
            for (int v = edges.From[e]; v >= 0; v = edges.Follow(v, crease))
                back.Add(v);
            Polylines layer = lines[partition.CreaseAt(crease).Layer];
            for (int i = back.Count - 1; i >= 0; i--)
                Put(layer, back[i], i == back.Count - 1);
            for (int v = edges.To[e]; v >= 0; v = edges.Follow(v, crease))
                Put(layer, v, first: false);
        }
        return lines;

        void Put(Polylines layer, int vertex, bool first)
        {
            double x = area.X(partition.Vertices[2 * vertex]), y = area.Y(partition.Vertices[2 * vertex + 1]);
            if (first)
                layer.Begin(x, y);
            else
                layer.Add(x, y);
        }
    }

    /// <summary>Edges on creases, with a linked list of them at each vertex.</summary>
    private sealed class Edges
    {
        private readonly int[] _head;
        private readonly int[] _next;

        public Edges(Partition partition, Func<CreaseUnit, bool>? isIncluded)
        {
            ReadOnlySpan<int> creases = partition.Creases, twins = partition.Twins, firsts = partition.FirstHalfEdges, origins = partition.Origins;
            int most = partition.EdgeCount;
            (From, To, Crease, Used) = (new int[most], new int[most], new int[most], new bool[most]);
            (_head, _next) = (new int[partition.VertexCount], new int[2 * most]);
            Array.Fill(_head, -1);
            for (int r = 0; r < partition.RegionCount; r++)
            {
                for (int h = firsts[r]; h < firsts[r + 1]; h++)
                {
                    if (creases[h] < 0 || twins[h] > h || (isIncluded is not null && !isIncluded(partition.CreaseAt(creases[h]))))
                        continue;
                    int from = origins[h], to = origins[h + 1 == firsts[r + 1] ? firsts[r] : h + 1];
                    (From[Count], To[Count], Crease[Count]) = (from, to, creases[h]);
                    (_next[2 * Count], _head[from]) = (_head[from], 2 * Count);
                    (_next[2 * Count + 1], _head[to]) = (_head[to], 2 * Count + 1);
                    Count++;
                }
            }
        }

        public int Count { get; }

        public int[] From { get; }

        public int[] To { get; }

        public int[] Crease { get; }

        public bool[] Used { get; }

        /// <summary>Walks on from a vertex along an unused edge of a crease.</summary>
        /// <returns>The vertex at its other end, or -1.</returns>
        public int Follow(int vertex, int crease)
        {
            for (int end = _head[vertex]; end >= 0; end = _next[end])
            {
                int e = end >> 1;
                if (Used[e] || Crease[e] != crease)
                    continue;
                Used[e] = true;
                return (end & 1) == 0 ? To[e] : From[e];
            }
            return -1;
        }
    }
}
