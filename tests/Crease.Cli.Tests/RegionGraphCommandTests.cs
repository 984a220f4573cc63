using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease partition --graph</c>: which regions are neighbors.</summary>
public sealed class RegionGraphCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Neighbors_are_saved_in_each_format()
    {
        JsonElement document = Call.Of("partition", "example:moons", "--json", "--graph", _folder["g.csv"]).Json();
        Assert.Equal(0, Call.Of("partition", "example:moons", "--graph", _folder["g.json"]).Status);
        Assert.Equal(0, Call.Of("partition", "example:moons", "--graph", _folder["g.graphml"]).Status);
        int regions = document.GetProperty("regions").GetInt32(), edges = File.ReadAllLines(_folder["g.csv"]).Length - 1;
        using JsonDocument graph = JsonDocument.Parse(File.ReadAllText(_folder["g.json"]));
        Assert.Equal((regions, edges), (graph.RootElement.GetProperty("nodes").GetArrayLength(), graph.RootElement.GetProperty("edges").GetArrayLength()));
        XNamespace space = "http://graphml.graphdrawing.org/xmlns";
        XElement root = XDocument.Load(_folder["g.graphml"]).Root!.Element(space + "graph")!;
        Assert.Equal((regions, edges), (root.Elements(space + "node").Count(), root.Elements(space + "edge").Count()));
        // A plane graph: Euler's formula with the border leaves at most this many sides between regions.
        Assert.InRange(edges, regions - 1, document.GetProperty("edges").GetInt32());
        double area = graph.RootElement.GetProperty("nodes").EnumerateArray().Sum(node => node.GetProperty("area").GetDouble());
        Assert.Equal(document.GetProperty("area").GetDouble(), area, 1e-9);
    }

    [Theory]
    [InlineData("partition example:moons --graph x.svg", 2, "--graph x.svg: the ending is not one of this result; accepted are .csv, .graphml, .json")]
    [InlineData("partition example:moons --graph x.csv --stream y.csv", 2, "--graph needs all regions at once")]
    public void Wrong_calls_say_what_is_accepted(string call, int status, string says) => Call.Of(call.Split(' ')).MustRefuse(status, says);

    public void Dispose() => _folder.Dispose();
}
