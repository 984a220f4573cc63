using System.Text.Json;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>The region counts of the shared benchmark, on which three independent enumerators agree.</summary>
public sealed class BenchmarkCasesTests
{
    public static TheoryData<string> Cases => [
        "mlp2d_d2_w10", "mlp2d_d5_w10", "mlp2d_d3_w10", "mlp2d_d2_w32", "mlp2d_d3_w32", "mlp2d_d5_w32", "mlp2d_d2_w64", "mlp2d_d3_w64", "mlp2d_d2_w128",
        "mlp2d_d5_w128", "mlp2d_d2_w256", "mlp2d_d3_w256", "mlp2d_d5_w256", "lrelu2d_d3_w32", "mlp784_d4_w256_r1", "cnn28_r0.5", "cnn28_r10", "inr_w256_d4", "inr_pe_w256_d4"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Counts_are_exact(string name)
    {
        string folder = SharedData.Path("bench");
        using var expected = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(folder, "expected.json")));
        JsonElement item = expected.RootElement.EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
        var partitioner = new PlanarPartitioner(Model.Load(System.IO.Path.Combine(folder, item.GetProperty("model").GetString()!)));
        Slice slice = SliceFile.Load(System.IO.Path.Combine(folder, item.GetProperty("slice").GetString()!));
        Partition partition = partitioner.Cut(slice), certified = partitioner.Cut(slice, options: new CutOptions { Certified = true });
        Assert.Equal(Exactness.Certified, certified.Exactness);
        Assert.Equal(partition.CodeHashes.ToArray(), certified.CodeHashes.ToArray());
        Assert.Equal(item.GetProperty("regions").GetInt32(), partition.RegionCount);
        Assert.Equal(1, partition.EulerCharacteristic);
        Assert.Equal(item.GetProperty("domainArea").GetDouble(), partition.TotalArea, 1e-9 * partition.DomainArea);
        Assert.Equal(partition.RegionCount, partition.CodeHashes.ToArray().Distinct().Count());
        Assert.True(partition.Bytes < 400L * partition.RegionCount);
    }

    [Fact]
    public void Every_listed_case_is_tested()
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(SharedData.Path("bench"), "expected.json")));
        Assert.Equal(expected.RootElement.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!).Order(), Cases.Select(row => row.Data).Order());
    }
}
