using Crease.Networks;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>A turned slice is the same piece of input space in other coordinates.</summary>
public sealed class SliceRotationTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(-2.5)]
    [InlineData(Math.PI / 2)]
    public void Corners_and_points_stay_where_they_are(double angle)
    {
        var random = new RandomSource(5);
        double[][] points = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 12).Select(_ => random.Normal()).ToArray())];
        Slice slice = Slice.Through(points[0], points[1], points[2]), turned = slice.Rotated(angle);
        for (int corner = 0; corner < slice.Domain.Length; corner += 2)
            Near(slice.Decode(slice.Domain.Slice(corner, 2)), turned.Decode(turned.Domain.Slice(corner, 2)));
        foreach (double[] point in points)
            Near(point, turned.Decode(turned.Encode(point)));
        // The first axis, seen in the old coordinates, points at the angle.
        double[] axis = slice.Encode(turned.Decode(1, 0));
        Near([Math.Cos(angle), Math.Sin(angle)], axis);
    }

    [Fact]
    public void A_turn_there_and_back_is_none()
    {
        Slice slice = Slice.Box(-1, 2, 0, 5), back = slice.Rotated(0.7).Rotated(-0.7);
        Near(slice.Domain.ToArray(), back.Domain.ToArray());
        Near(slice.Directions.ToArray(), back.Directions.ToArray());
    }

    [Fact]
    public void Segments_and_angles_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Slice.Segment([0, 0], [1, 1]).Rotated(1));
        Assert.Throws<ArgumentException>(() => Slice.Box(0, 1, 0, 1).Rotated(double.NaN));
    }

    private static void Near(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-12);
    }
}
