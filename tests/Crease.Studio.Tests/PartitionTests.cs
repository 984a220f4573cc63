using System.Globalization;
using System.Text.Json;
using Crease.Geometry;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>What the server sends is what the library finds.</summary>
public sealed class PartitionTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    private static readonly object Default = new { kind = "default" };

    [Theory]
    [InlineData("moons")]
    [InlineData("circles")]
    [InlineData("spirals")]
    public async Task The_binary_partition_is_the_librarys(string name)
    {
        BinaryPartition sent = await studio.Partition(new { network = "example:" + name, slice = Default });
        Partition found = new PlanarPartitioner(Examples.Network(name)).Cut(DynamicsSlice.Through(DataSource.Load("example:" + name)), null, new CutOptions { Boundary = true });
        Assert.Equal(found.RegionCount, sent.Regions);
        Assert.Equal(found.FirstHalfEdges.ToArray(), Array.ConvertAll(sent.Firsts, first => (int)first));
        Assert.Equal(found.Origins.ToArray(), Array.ConvertAll(sent.Corners, corner => (int)corner));
        Assert.Equal(Array.ConvertAll(found.SlopeNorms.ToArray(), value => (float)value), sent.Numbers<float>("slope", "f32"));
        Assert.Equal(Array.ConvertAll(found.Areas.ToArray(), value => (float)value), sent.Numbers<float>("area", "f32"));
        Assert.Equal(found.Classes.ToArray(), Array.ConvertAll(sent.Numbers<short>("class", "i16"), value => (int)value));
        Assert.Equal(Enumerable.Range(0, found.RegionCount).Select(found.Depth), sent.Numbers<ushort>("depth", "u16").Select(value => (int)value));
        Assert.Equal(Array.ConvertAll(found.CodeHashes.ToArray(), hash => (uint)(hash >> 32)), sent.Numbers<uint>("hash", "u32"));
        AssertPoints(found.Vertices, sent.Vertices, sent.Head);
        AssertPoints(found.Boundary!.Ends, sent.Numbers<float>("boundary", "f32"), sent.Head);
        Assert.Equal("complete", sent.Head.GetProperty("status").GetString());
        AssertEdges(found, sent);
    }

    // V - E + F = 1: inner edges are sent once, and the others are those that one polygon has alone.
    private static void AssertEdges(Partition found, BinaryPartition sent)
    {
        uint[] edges = sent.Numbers<uint>("edges", "u32");
        Assert.Equal(edges.Length / 2, sent.Numbers<ushort>("edgeLayers", "u16").Length);
        HashSet<(uint, uint)> inner = [.. edges.Chunk(2).Select(pair => (Math.Min(pair[0], pair[1]), Math.Max(pair[0], pair[1])))];
        Assert.Equal(edges.Length / 2, inner.Count);
        HashSet<(uint, uint)> all = [];
        for (int region = 0; region < sent.Regions; region++)
        {
            uint[] ring = sent.Corners[(int)sent.Firsts[region]..(int)sent.Firsts[region + 1]];
            for (int i = 0; i < ring.Length; i++)
                all.Add((Math.Min(ring[i], ring[(i + 1) % ring.Length]), Math.Max(ring[i], ring[(i + 1) % ring.Length])));
        }
        Assert.Subset(all, inner);
        Assert.Equal(1, found.VertexCount - all.Count + sent.Regions);
        Assert.Equal(1, sent.Head.GetProperty("eulerCharacteristic").GetInt32());
    }

    private static void AssertPoints(ReadOnlySpan<double> expected, float[] sent, JsonElement head)
    {
        double[] origin = [.. head.GetProperty("origin").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(expected.Length, sent.Length);
        for (int i = 0; i < sent.Length; i++)
            Assert.Equal((float)(expected[i] - origin[i % 2]), sent[i]);
    }

    [Fact]
    public async Task Zooming_in_ten_times_by_ten_stays_in_the_region_of_the_point()
    {
        Network network = Examples.Network("spirals");
        double[] point = [0.123456789012, -0.234567890123];
        JsonElement region = await studio.Post("api/regions", new { network = "example:spirals", slice = new { kind = "box", box = new[] { -1.0, 1, -1, 1 } }, at = point });
        uint hash = (uint)(ulong.Parse(region.GetProperty("code").GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> 32);
        LocalGeometry geometry = LocalGeometry.Of(network, point);
        for (int zoom = 0; zoom <= 10; zoom++)
        {
            double size = Math.Pow(10, -zoom);
            BinaryPartition part = await studio.Partition(new { network = "example:spirals", slice = new { kind = "box", box = new[] { -1.0, 1, -1, 1 } }, viewport = new { x = point[0], y = point[1], width = size, height = size } });
            int at = part.RegionAt(0, 0);
            Assert.True(at >= 0);
            Assert.Equal(hash, part.Numbers<uint>("hash", "u32")[at]);
            Assert.Equal(geometry.Class, part.Numbers<short>("class", "i16")[at]);
            Assert.Equal(geometry.Map.SlopeNorm, part.Numbers<float>("slope", "f32")[at], 1e-5 * geometry.Map.SlopeNorm);
            Assert.Equal(size / 2, part.Vertices.Max(Math.Abs), 1e-6 * size);
        }
    }

    [Fact]
    public async Task A_region_is_explained_by_the_librarys_numbers()
    {
        double[] at = [0.4, 0.3];
        JsonElement sent = await studio.Post("api/regions", new { network = "example:digits", slice = new { kind = "anchors", data = "example:digits", rows = new[] { 0, 1, 2 } }, at });
        DataSet data = DataSource.Load("example:digits");
        Slice slice = Slice.Through(data.Row(0), data.Row(1), data.Row(2));
        LocalGeometry geometry = LocalGeometry.Of(Examples.Network("digits"), slice.Decode(at));
        Assert.Equal(geometry.Class, sent.GetProperty("class").GetInt32());
        Assert.Equal(geometry.Output, Numbers(sent, "values"));
        Assert.Equal(geometry.CreaseDistances, Numbers(sent, "distances"));
        Assert.Equal(geometry.BoundaryDistance, sent.GetProperty("boundaryDistance").GetDouble());
        Assert.Equal(geometry.Code.Pieces.Select(layer => (double)layer.Length), Numbers(sent, "units"));
        Assert.Equal(10, sent.GetProperty("templates").GetArrayLength());
        byte[] png = Convert.FromBase64String(sent.GetProperty("input").GetProperty("image").GetString()!["data:image/png;base64,".Length..]);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        RegionAround around = RegionAround.At(new PlanarPartitioner(Examples.Network("digits")), slice, at[0], at[1]);
        Assert.True(around.IsWhole);
        Assert.Equal(around.Area, sent.GetProperty("area").GetDouble());
    }

    [Fact]
    public async Task A_segment_is_the_librarys()
    {
        double[] from = [-1, -0.9], to = [0.9, 1];
        JsonElement sent = await studio.Post("api/segments", new { network = "example:spirals", slice = Default, from, to });
        SegmentPartition found = new SegmentPartitioner(Examples.Network("spirals")).Cut(Slice.Segment(from, to), null, new CutOptions { Boundary = true });
        Assert.Equal(found.Breakpoints.ToArray(), Numbers(sent, "breakpoints"));
        Assert.Equal(found.Boundary!.Positions.ToArray(), Numbers(sent, "classChanges"));
        Assert.Equal(found.Length, sent.GetProperty("length").GetDouble());
        JsonElement[] values = [.. sent.GetProperty("values").EnumerateArray()];
        Assert.Equal(found.RegionCount + 1, values.Length);
        Assert.Equal([found.Ends[3], .. found.At(found.Ends[3])], values[3].EnumerateArray().Select(value => value.GetDouble()));
    }

    [Fact]
    public async Task A_slice_is_described_with_its_anchors()
    {
        JsonElement sent = await studio.Post("api/slices", new { network = "example:digits", slice = new { kind = "anchors", data = "example:digits", rows = new[] { 3, 5, 8 }, margin = 0.1, rotation = 0.3 } });
        DataSet data = DataSource.Load("example:digits");
        Slice slice = Slice.Through(data.Row(3), data.Row(5), data.Row(8), 0.1).Rotated(0.3);
        Assert.Equal(slice.Domain.ToArray(), sent.GetProperty("domain").EnumerateArray().SelectMany(corner => corner.EnumerateArray()).Select(value => value.GetDouble()));
        JsonElement anchor = sent.GetProperty("anchors")[1];
        Assert.Equal(5, anchor.GetProperty("row").GetInt32());
        Assert.Equal(slice.Encode(data.Row(5)), (double[])[anchor.GetProperty("s").GetDouble(), anchor.GetProperty("t").GetDouble()]);
    }

    [Fact]
    public async Task The_default_slice_tells_the_rows_that_it_goes_through()
    {
        var query = new { network = "example:digits", slice = Default };
        JsonElement told = await studio.Post("api/slices", query);
        int[] rows = [.. told.GetProperty("anchors").EnumerateArray().Select(anchor => anchor.GetProperty("row").GetInt32())];
        Assert.Equal(3, rows.Length);
        JsonElement asked = await studio.Post("api/slices", new { query.network, slice = new { kind = "anchors", data = "example:digits", rows, margin = 0.2, rotation = 0 } });
        Assert.Equal(asked.GetRawText(), told.GetRawText());
    }

    [Fact]
    public async Task Values_are_those_of_a_forward_pass()
    {
        double[] at = [0.4, -0.3];
        JsonElement sent = await studio.Post("api/values", new { network = "example:digits", slice = new { kind = "anchors", data = "example:digits", rows = new[] { 0, 1, 2 } }, at });
        DataSet data = DataSource.Load("example:digits");
        Assert.Equal(Examples.Network("digits").Evaluate(Slice.Through(data.Row(0), data.Row(1), data.Row(2), 0.2).Decode(at[0], at[1])), Numbers(sent, "values"));
    }

    [Fact]
    public async Task A_partition_stops_at_its_budget()
    {
        BinaryPartition sent = await studio.Partition(new { network = "example:spirals", slice = Default, maxRegions = 50 });
        Assert.Equal("budgetExhausted", sent.Head.GetProperty("status").GetString());
        Assert.InRange(sent.Regions, 1, 50);
    }

    [Fact]
    public async Task Impatience_gets_the_first_layer_and_patience_the_whole()
    {
        var query = new { network = "example:spirals", slice = Default };
        BinaryPartition hasty = await studio.Partition(new { query.network, query.slice, patience = 1e-9 }), first = await studio.Partition(new { query.network, query.slice, layers = 1, boundary = false });
        Assert.True(hasty.Head.GetProperty("isSketch").GetBoolean());
        Assert.Equal(first.Vertices, hasty.Vertices);
        Assert.Equal(first.Corners, hasty.Corners);
        Assert.Equal("complete", hasty.Head.GetProperty("status").GetString());
        BinaryPartition patient = await studio.Partition(new { query.network, query.slice, patience = 60 }), whole = await studio.Partition(query);
        Assert.False(patient.Head.GetProperty("isSketch").GetBoolean());
        Assert.Equal(whole.Vertices, patient.Vertices);
        Assert.Equal(whole.Numbers<float>("boundary", "f32"), patient.Numbers<float>("boundary", "f32"));
    }

    private static IEnumerable<double> Numbers(JsonElement json, string name) => json.GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.PositiveInfinity : value.GetDouble());
}
