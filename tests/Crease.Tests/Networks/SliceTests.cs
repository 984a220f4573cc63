using Crease.Networks;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>Slices hold what they promise and refuse what geometry cannot be done on.</summary>
public sealed class SliceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Anchors_lie_inside_and_directions_are_orthonormal(int anchors)
    {
        var random = new RandomSource((ulong)anchors);
        double[][] points = [.. Enumerable.Range(0, anchors).Select(_ => Enumerable.Range(0, 20).Select(_ => random.Normal()).ToArray())];
        Slice slice = anchors switch
        {
            1 => Slice.Around(points[0], random, 2),
            2 => Slice.Through(points[0], points[1], random),
            _ => Slice.Through(points[0], points[1], points[2]),
        };
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                double product = 0;
                for (int d = 0; d < 20; d++)
                    product += slice.Directions[20 * i + d] * slice.Directions[20 * j + d];
                Assert.Equal(i == j ? 1 : 0, product, 1e-14);
            }
        }
        foreach (double[] point in points)
        {
            double[] at = slice.Encode(point), back = slice.Decode(at);
            Assert.InRange(at[0], slice.Domain[0], slice.Domain[4]);
            Assert.InRange(at[1], slice.Domain[1], slice.Domain[5]);
            for (int d = 0; d < 20; d++)
                Assert.Equal(point[d], back[d], 1e-12);
        }
    }

    [Fact]
    public void Collinear_or_equal_anchors_are_refused_by_name()
    {
        double[] a = [0, 0, 0], b = [1, 2, 3], c = [2, 4, 6];
        Assert.Contains("anchor 2 lies on the line through anchors 0 and 1", Assert.Throws<ArgumentException>(() => Slice.Through(a, b, c)).Message);
        Assert.Contains("anchors 0 and 1 coincide", Assert.Throws<ArgumentException>(() => Slice.Through(a, a, c)).Message);
        Assert.Contains("anchors 0 and 2 coincide", Assert.Throws<ArgumentException>(() => Slice.Through(a, b, a)).Message);
    }

    [Theory]
    [InlineData(new double[] { 1, 0, 1, 0 }, "not orthonormal")]
    [InlineData(new double[] { 2, 0, 0, 1 }, "not orthonormal")]
    [InlineData(new double[] { 1, 0, 0, double.NaN }, "finite")]
    [InlineData(new double[] { 1, 0, 0 }, "shape [k, inputs]")]
    public void Bad_directions_are_refused(double[] directions, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => Slice.Of([0, 0], directions, Domains.Box(-1, 1, -1, 1))).Message);

    [Theory]
    [InlineData(new double[] { 0, 0, 1, 1, 2, 2 }, "degenerate")]
    [InlineData(new double[] { 0, 0, 1, 1 }, "degenerate")]
    [InlineData(new double[] { 0, 0, 2, 0, 0.2, 0.2, 0, 2 }, "not convex")]
    [InlineData(new double[] { 0, 0, 1, 0, double.PositiveInfinity, 1 }, "finite")]
    [InlineData(new double[] { 0, 0, 1, 0, 1 }, "shape [vertices, 2]")]
    public void Bad_domains_are_refused(double[] domain, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => Slice.Plane(domain)).Message);

    [Fact]
    public void Pentagrams_are_refused()
    {
        double[] star = [.. Enumerable.Range(0, 5).SelectMany(i => new[] { Math.Cos(4 * Math.PI * i / 5), Math.Sin(4 * Math.PI * i / 5) })];
        Assert.Contains("winds around more than once", Assert.Throws<ArgumentException>(() => Slice.Plane(star)).Message);
    }

    [Fact]
    public void Clockwise_closed_and_collinear_outlines_are_put_right()
    {
        Slice slice = Slice.Plane([0, 0, 0, 2, 1, 2, 2, 2, 2, 0, 1, 0, 0, 0]);
        Assert.Equal(8, slice.Domain.Length);
        Assert.Equal(4, Crease.Geometry.Polygons.Area(slice.Domain));
    }

    [Fact]
    public void Random_convex_domains_are_accepted()
    {
        for (ulong seed = 0; seed < 50; seed++)
            Assert.True(Slice.Plane(Domains.RandomConvex(new RandomSource(seed))).Domain.Length >= 6);
    }
}
