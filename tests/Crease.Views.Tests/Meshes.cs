using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Views.Tests;

/// <summary>Small partitions made by hand: bent grid lines as creases of a two-layer network.</summary>
internal static class Meshes
{
    public const int Units = 8;

    public static Network Network(string name = "grid")
    {
        var builder = new NetworkBuilder(name);
        var random = new RandomSource(1);
        int node = builder.Input("x", new Shape(2));
        node = Relu(builder, node, 2, random, "relu 1");
        node = Relu(builder, node, Units, random, "a long name from some exporter");
        node = builder.Add(new Dense(Numbers(3 * Units, random), null, new Shape(Units)), node);
        return builder.Build(node);
    }

    /// <summary>side × side quads on [-1, 1]²; every fourth line belongs to the first layer.</summary>
    public static Partition Grid(int side, string name = "grid", bool boundary = true, Slice? slice = null)
    {
        var random = new RandomSource(7);
        Network network = Network(name);
        var index = new CreaseIndex([.. network.Nodes.Where(node => node.Layer is PiecewiseLayer)]);
        int columns = side + 1;
        var vertices = new double[2 * columns * columns];
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < columns; i++)
            {
                double dx = i > 0 && i < side ? random.Uniform(-0.2, 0.2) : 0, dy = j > 0 && j < side ? random.Uniform(-0.2, 0.2) : 0;
                vertices[2 * (j * columns + i)] = 2 * (i + dx) / side - 1;
                vertices[2 * (j * columns + i) + 1] = 2 * (j + dy) / side - 1;
            }
        }
        int count = side * side;
        var origins = new int[4 * count];
        var twins = new int[4 * count];
        var creases = new int[4 * count];
        for (int r = 0; r < count; r++)
        {
            int i = r % side, j = r / side, corner = j * columns + i;
            ReadOnlySpan<int> corners = [corner, corner + 1, corner + columns + 1, corner + columns];
            corners.CopyTo(origins.AsSpan(4 * r));
            ReadOnlySpan<int> neighbors = [j > 0 ? 4 * (r - side) + 2 : -1, i < side - 1 ? 4 * (r + 1) + 3 : -1, j < side - 1 ? 4 * (r + side) : -1, i > 0 ? 4 * (r - 1) + 1 : -1];
            neighbors.CopyTo(twins.AsSpan(4 * r));
            ReadOnlySpan<int> lines = [j, i + 1, j + 1, i];
            for (int k = 0; k < 4; k++)
                creases[4 * r + k] = neighbors[k] < 0 ? -1 : index.Knot(lines[k] % 4 == 0 ? 0 : 1, (lines[k] + (k % 2 == 0 ? 0 : Units / 2)) % Units, 0);
        }
        return Make(network, slice ?? Slice.Box(-1, 1, -1, 1), index, vertices, [.. Enumerable.Range(0, count + 1).Select(r => 4 * r)], origins, twins, creases, boundary);
    }

    /// <summary>One region: the whole square.</summary>
    public static Partition Single()
    {
        Network network = Network("single");
        var index = new CreaseIndex([.. network.Nodes.Where(node => node.Layer is PiecewiseLayer)]);
        return Make(network, Slice.Box(0, 1, 0, 1), index, [0, 0, 1, 0, 1, 1, 0, 1], [0, 4], [0, 1, 2, 3], [-1, -1, -1, -1], [-1, -1, -1, -1], boundary: true);
    }

    private static Partition Make(Network network, Slice slice, CreaseIndex index, double[] vertices, int[] firsts, int[] origins, int[] twins, int[] creases, bool boundary)
    {
        int count = firsts.Length - 1;
        var areas = new double[count];
        var norms = new double[count];
        var classes = new int[count];
        var hashes = new ulong[count];
        var ends = new List<double>();
        var regions = new List<int>();
        for (int r = 0; r < count; r++)
        {
            double[] polygon = [.. origins[firsts[r]..firsts[r + 1]].SelectMany(v => new[] { vertices[2 * v], vertices[2 * v + 1] })];
            areas[r] = Polygons.Area(polygon);
            (double x, double y) = (polygon[0], polygon[1]);
            norms[r] = 0.05 * Math.Exp(3 * (1 + Math.Sin(3 * x) * Math.Cos(2 * y)));
            classes[r] = (x > 0 ? 1 : 0) + (y > 0.3 ? 1 : 0);
            ulong state = (ulong)r;
            hashes[r] = RandomSource.Mix(ref state);
            if (count > 1 && x <= 0 && polygon[2] > 0)
            {
                ends.AddRange([0, polygon[1], 0.01, polygon[7]]);
                regions.Add(r);
            }
        }
        return new Partition(network, slice, index, new PartitionArrays
        {
            Vertices = vertices,
            FirstHalfEdges = firsts,
            Origins = origins,
            Twins = twins,
            Creases = creases,
            Areas = areas,
            Classes = classes,
            SlopeNorms = norms,
            CodeHashes = hashes,
            NewFromLayer = [.. Enumerable.Range(0, count).Select(r => (byte)(r % 4 == 0 ? 0 : 1))],
            EdgeCount = twins.Count(t => t < 0) + twins.Count(t => t >= 0) / 2,
            Boundary = boundary ? new DecisionBoundary(slice, [.. ends], [.. regions], [.. regions.SelectMany(_ => new[] { 0, 1 })]) : null,
            Cost = new Cost(0.001, 0, 0),
        });
    }

    private static int Relu(NetworkBuilder builder, int input, int width, RandomSource random, string name)
    {
        int dense = builder.Add(new Dense(Numbers(Units * width, random), Numbers(Units, random), new Shape(width)), input);
        return builder.Add(name, PiecewiseLinear.Relu(new Shape(Units)), dense);
    }

    private static double[] Numbers(int count, RandomSource random) => [.. Enumerable.Range(0, count).Select(_ => random.Normal())];
}
