using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Laws of the decision boundary (specification G9).</summary>
public sealed class DecisionBoundaryTests
{
    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void The_two_largest_outputs_tie_on_it(string name)
    {
        Partition partition = PartitionCorpus.Cut(name);
        DecisionBoundary boundary = partition.Boundary!;
        double[] points = boundary.Sample(200, new RandomSource(1)), inputs = boundary.Decode(points);
        for (int p = 0; p < points.Length / 2; p++)
        {
            double[] y = partition.Network.Evaluate(inputs.AsSpan(p * partition.Slice.Inputs, partition.Slice.Inputs));
            double scale = 1 + y.Max(Math.Abs);
            double[] sorted = [.. y.OrderDescending()];
            Assert.True(Math.Abs(y.Length == 1 ? y[0] : sorted[0] - sorted[1]) <= 1e-9 * scale, $"{name}: outputs {string.Join(", ", y)} at a boundary point");
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Stepping_across_it_changes_the_class(string name)
    {
        Partition partition = PartitionCorpus.Cut(name);
        DecisionBoundary boundary = partition.Boundary!;
        for (int s = 0; s < boundary.SegmentCount; s++)
        {
            double length = boundary.SegmentLength(s), step = 1e-4 * length;
            if (length < 1e-4)
                continue;
            ReadOnlySpan<double> e = boundary.Ends.Slice(4 * s, 4);
            double mx = (e[0] + e[2]) / 2, my = (e[1] + e[3]) / 2, nx = -(e[3] - e[1]) / length * step, ny = (e[2] - e[0]) / length * step;
            Assert.NotEqual(ClassAt(partition, mx + nx, my + ny), ClassAt(partition, mx - nx, my - ny));
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void It_separates_the_classes_of_a_grid(string name)
    {
        Partition partition = PartitionCorpus.Cut(name);
        DecisionBoundary boundary = partition.Boundary!;
        double left = partition.Vertices[0], right = left, bottom = partition.Vertices[1], top = bottom;
        for (int v = 0; v < partition.VertexCount; v++)
        {
            (left, right) = (Math.Min(left, partition.Vertices[2 * v]), Math.Max(right, partition.Vertices[2 * v]));
            (bottom, top) = (Math.Min(bottom, partition.Vertices[2 * v + 1]), Math.Max(top, partition.Vertices[2 * v + 1]));
        }
        // Where two neighbors of a grid differ in class, the boundary passes within one step (inside the domain).
        const int Steps = 40;
        double dx = (right - left) / Steps, dy = (top - bottom) / Steps;
        for (int i = 0; i < Steps * Steps; i++)
        {
            double x = left + dx * (i % Steps + 0.31), y = bottom + dy * (i / Steps + 0.47);
            if (!IsInside(partition.Slice.Domain, x, y) || !IsInside(partition.Slice.Domain, x + dx, y) || ClassAt(partition, x, y) == ClassAt(partition, x + dx, y))
                continue;
            Assert.True(boundary.Distance(x, y) <= dx, $"the class changes at ({x}, {y}), and the boundary is {boundary.Distance(x, y)} away");
        }
    }

    [Fact]
    public void A_chosen_pair_ties_on_its_boundary()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3);
        var partitioner = new PlanarPartitioner(network);
        DecisionBoundary pair = partitioner.Cut(Slice.Box(-2, 2, -2, 2), options: new CutOptions { Boundary = true, Classes = (0, 2) }).Boundary!;
        DecisionBoundary all = partitioner.Cut(Slice.Box(-2, 2, -2, 2), options: new CutOptions { Boundary = true }).Boundary!;
        Assert.True(pair.SegmentCount > 0);
        double[] points = pair.Sample(100, new RandomSource(2));
        for (int p = 0; p < 100; p++)
        {
            double[] y = network.Evaluate(points.AsSpan(2 * p, 2));
            Assert.Equal(y[0], y[2], 1e-9);
        }
        double shared = all.LengthPerPair().Where(entry => (entry.First, entry.Second) == (0, 2)).Sum(entry => entry.Length);
        Assert.True(shared <= pair.Length + 1e-12);
        Assert.Equal(all.Length, all.LengthPerPair().Sum(entry => entry.Length), 1e-12);
    }

    private static int ClassAt(Partition partition, double x, double y)
    {
        double[] outputs = partition.Network.Evaluate(partition.Slice.Decode(x, y));
        return outputs.Length == 1 ? (outputs[0] > 0 ? 1 : 0) : Array.IndexOf(outputs, outputs.Max());
    }

    private static bool IsInside(ReadOnlySpan<double> polygon, double s, double t)
    {
        for (int i = 0; i < polygon.Length; i += 2)
        {
            int j = (i + 2) % polygon.Length;
            if ((polygon[j] - polygon[i]) * (t - polygon[i + 1]) - (polygon[j + 1] - polygon[i + 1]) * (s - polygon[i]) < 0)
                return false;
        }
        return true;
    }
}
