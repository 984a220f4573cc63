using System.Text;
using Crease.Geometry;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Partitions colored by numbers that were computed elsewhere.</summary>
public sealed class RegionValuesTests
{
    [Fact]
    public void Numbers_color_regions_under_their_own_name_on_a_scale_that_fits()
    {
        Partition partition = Partitions.Random(6).Cut(Partitions.Box);
        double[] wide = [.. Enumerable.Range(0, partition.RegionCount).Select(region => Math.Pow(10, -4 + region % 7))];
        string svg = Drawn(partition, wide);
        Assert.Contains(">stretch<", svg);
        Assert.Contains("log scale", svg);
        Assert.DoesNotContain("slope norm", svg);
        string flat = Drawn(partition, new double[partition.RegionCount]);
        Assert.DoesNotContain("log scale", flat);
        Assert.DoesNotContain("NaN", flat);
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Partition partition = Partitions.Random(6).Cut(Partitions.Box);
        Assert.Contains("'Values' holds -1 at index 0", Assert.Throws<ArgumentException>(() => Drawn(partition, [-1])).Message);
        Assert.Contains("the partition has", Assert.Throws<ArgumentException>(() => Drawn(partition, [1])).Message);
    }

    private static string Drawn(Partition partition, double[] values)
    {
        using var stream = new MemoryStream();
        PartitionFigure.Of(partition, PartitionFigureOptions.Default with { Values = new RegionValues("stretch", values) }).Write(stream, FigureFormat.Svg);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
