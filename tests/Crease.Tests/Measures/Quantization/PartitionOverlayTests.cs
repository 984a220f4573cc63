using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Two networks on one slice: exact shares against closed forms and against a fine grid.</summary>
public sealed class PartitionOverlayTests
{
    private const int Grid = 500;

    [Theory]
    [InlineData("relu")]
    [InlineData("relu, one output, deep")]
    [InlineData("convolution, max pooling")]
    public void A_network_over_itself_changes_nothing(string name)
    {
        Network network = PartitionCorpus.Network(name);
        Partition alone = PartitionCorpus.Cut(name);
        PartitionOverlay found = PartitionOverlay.Of(network, network, alone.Slice);
        Assert.Equal((alone.RegionCount, 0.0, Status.Complete), (found.Cells, found.ChangedCodes!.Value, found.Status));
        Assert.Equal(0, found.ChangedClasses, 1e-9);
    }

    [Fact]
    public void Perpendicular_half_planes_differ_on_half_of_the_square()
    {
        PartitionOverlay found = PartitionOverlay.Of(Linear([1, 0], 0), Linear([0, 1], 0), Slice.Box(-1, 1, -1, 1));
        Assert.Equal(0.5, found.ChangedClasses, 1e-12);
        Assert.Equal(0, found.ChangedCodes);
        // Three classes, whose rays meet at the origin, against a constant class: what is left is the part of that class.
        Network rays = Linear([1, 0, -0.5, 1, -0.5, -1], 0, 0, 0), constant = Linear([0, 0, 0, 0, 0, 0], 1, 0, 0);
        double own = Sampled(rays, constant, Slice.Box(-1, 1, -1, 1)).Classes;
        Assert.Equal(own, PartitionOverlay.Of(rays, constant, Slice.Box(-1, 1, -1, 1)).ChangedClasses, 4.0 / Grid);
    }

    [Theory]
    [InlineData(0, 3, "2 8 8 3")]
    [InlineData(1, 2, "2 8 8 3")]
    [InlineData(3, 4, "2 6 6 1")]
    public void Shares_are_those_of_a_fine_grid(uint seed, int bits, string widths)
    {
        Network before = SmallNetworks.Golden(seed, [.. widths.Split(' ').Select(int.Parse)]);
        Network after = QuantizedNetwork.Of(before, new QuantizationOptions { Bits = bits }).Network;
        Slice slice = Slice.Box(-2, 2, -2, 2);
        PartitionOverlay found = PartitionOverlay.Of(before, after, slice);
        (double codes, double classes) = Sampled(before, after, slice);
        Assert.True(codes > 0.01 && classes > 0.001, $"{codes}, {classes}");
        // A curve of length 4 crosses about Grid cells of a share 1 / Grid² each.
        Assert.Equal(codes, found.ChangedCodes!.Value, 10.0 / Grid);
        Assert.Equal(classes, found.ChangedClasses, 4.0 / Grid);
        Assert.Equal(found, PartitionOverlay.Of(before, after, slice, new RunContext { Threads = 1 }));
        Assert.Equal(found.ChangedClasses, PartitionOverlay.Of(after, before, slice).ChangedClasses, 1e-9);
        PartitionOverlay points = PartitionOverlay.Sampled(before, after, slice, 100_000);
        Assert.True(points.IsSampled && !found.IsSampled);
        Assert.Equal(100_000, points.Cells);
        Assert.Equal(found.ChangedCodes!.Value, points.ChangedCodes!.Value, 0.005);
        Assert.Equal(found.ChangedClasses, points.ChangedClasses, 0.003);
        Assert.Equal(points, PartitionOverlay.Sampled(before, after, slice, 100_000, new RunContext { Threads = 1 }));
    }

    [Fact]
    public void Points_outside_of_the_domain_do_not_count()
    {
        Slice triangle = Slice.Box(-1, 1, -1, 1).WithDomain([-1, -1, 1, -1, -1, 1]);
        PartitionOverlay found = PartitionOverlay.Sampled(Linear([1, 0], 0), Linear([0, 1], 0), triangle, 20_000);
        Assert.InRange(found.Cells, 9_900, 10_100);
        // The square of equal signs and two triangles of other ones: half of the triangle.
        Assert.Equal(0.5, found.ChangedClasses, 0.01);
        Assert.Contains("0 of 0 points", Assert.Throws<ArgumentException>(() => PartitionOverlay.Sampled(Linear([1, 0], 0), Linear([0, 1], 0), triangle, 0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("convolution, max pooling")]
    public void Codes_at_many_points_are_compared_as_one_by_one(string name)
    {
        Network before = PartitionCorpus.Network(name), after = QuantizedNetwork.Of(before, new QuantizationOptions { Bits = 4 }).Network;
        PiecewiseGraph first = new(before), second = new(after);
        var difference = new CodeDifference(SideBySide.Of(before, first.Output, after, second.Output), first.Layers.Length);
        var random = new RandomSource(3);
        double[][] inputs = [.. Enumerable.Range(0, 60).Select(_ => random.Normals(first.Inputs))];
        bool[] found = new bool[60];
        difference.At([.. inputs.SelectMany(input => input)], 60, found);
        bool[] expected = [.. inputs.Select(input => !new Linearization(first, input).Code().Equals(new Linearization(second, input).Code()))];
        Assert.Equal(expected, found);
        Assert.Contains(true, expected);
    }

    [Fact]
    public void Codes_and_classes_of_samples_change_as_counted_one_by_one()
    {
        Network before = SmallNetworks.Golden(0, 2, 8, 8, 3), after = QuantizedNetwork.Of(before, new QuantizationOptions { Bits = 3 }).Network;
        var random = new RandomSource(7);
        double[][] inputs = [.. Enumerable.Range(0, 150).Select(_ => random.Normals(2))];
        SampleCodes first = SampleCodes.Of(before, inputs, 40), second = SampleCodes.Of(after, inputs, 40);
        CodeChange found = CodeChange.Of(first, second);
        int regions = 0, classes = 0;
        int[] different = new int[2];
        foreach (double[] input in inputs)
        {
            double[][] one = before.Values(input, 1), other = after.Values(input, 1);
            int[] flips = [.. new[] { 1, 3 }.Select(node => one[node].Zip(other[node]).Count(pair => pair.First > 0 != pair.Second > 0))];
            (different[0], different[1]) = (different[0] + flips[0], different[1] + flips[1]);
            regions += flips.Sum() > 0 ? 1 : 0;
            classes += Array.IndexOf(one[^1], one[^1].Max()) != Array.IndexOf(other[^1], other[^1].Max()) ? 1 : 0;
        }
        Assert.True(regions > 0 && classes > 0);
        Assert.Equal((regions / 150.0, classes / 150.0), (found.ChangedRegions, found.ChangedClasses));
        Assert.Equal([different[0] / 1200.0, different[1] / 1200.0], found.HammingShares);
        LocalGeometry local = LocalGeometry.Of(before, inputs[3]);
        Assert.Equal((local.RegionDistance, local.BoundaryDistance), (first.CreaseDistances[3], first.BoundaryDistances[3]));
        double[] shifts = [.. first.CreaseDistances.Zip(second.CreaseDistances, (a, b) => Math.Abs(a - b)).Order()];
        Assert.Equal((shifts[19] + shifts[20]) / 2, found.Creases.MedianShift!.Value, 1e-15);
        CodeChange same = CodeChange.Of(first, first);
        Assert.Equal((0.0, 0.0, 0.0), (same.ChangedRegions, same.ChangedClasses, same.Boundaries.MedianShift!.Value));
    }

    private static Network Linear(double[] weights, params double[] bias)
    {
        var builder = new NetworkBuilder("linear");
        return builder.Build(builder.Add(new Dense(weights, bias, new Shape(2)), builder.Input("x", new Shape(2))));
    }

    private static (double Codes, double Classes) Sampled(Network before, Network after, Slice slice)
    {
        int codes = 0, classes = 0, last = before.Nodes.Length - 1;
        double low = slice.Domain.ToArray().Min(), extent = slice.Domain.ToArray().Max() - low;
        for (int i = 0; i < Grid * Grid; i++)
        {
            double[] at = [low + extent * (i % Grid + 0.5) / Grid, low + extent * (i / Grid + 0.5) / Grid];
            double[][] one = before.Values(at, 1), other = after.Values(at, 1);
            codes += Enumerable.Range(1, last - 1).Any(node => one[node].Zip(other[node]).Any(pair => pair.First > 0 != pair.Second > 0)) ? 1 : 0;
            classes += Class(one[last]) != Class(other[last]) ? 1 : 0;
        }
        return (codes / (double)(Grid * Grid), classes / (double)(Grid * Grid));
    }

    private static int Class(double[] outputs) => outputs.Length == 1 ? (outputs[0] > 0 ? 1 : 0) : Array.IndexOf(outputs, outputs.Max());
}
