using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Networks trained to signed distances (samples/SignedDistance): their zero sets have the topology of the solids.</summary>
public sealed class IsoSurfaceNetworksTests
{
    [Theory]
    [InlineData("sphere-small", 0, 4 * Math.PI / 3 * 0.125)]
    [InlineData("torus-small", 1, 2 * Math.PI * Math.PI * 0.5 * 0.04)]
    public void A_trained_solid_has_its_topology_and_about_its_volume(string name, int genus, double volume)
    {
        Network network = Model.Load(Networks(name));
        IsoSurface surface = new VolumePartitioner(network).Surface(Slice.Box(-1, 1, -1, 1, -1, 1));
        IsoSurfaceTests.CheckMesh(surface);
        IsoSurfaceTests.CheckClosed(surface, components: 1, genus);
        Assert.Equal(2 - 2 * genus, surface.EulerCharacteristic);
        Assert.InRange(surface.EnclosedVolume / volume, 0.95, 1.05);
        double[] inputs = surface.Vertices.ToArray();
        Assert.All(network.Evaluate(inputs, surface.VertexCount), value => Assert.Equal(0, value, 1e-9));
    }

    [Theory]
    [InlineData("sphere", 0.40, 0.55)]
    [InlineData("torus", 0.55, 0.72)]
    public void A_patch_of_a_wide_network_is_watertight(string name, double left, double right)
    {
        Network network = Model.Load(Networks(name));
        Slice slice = Slice.Box(left, right, -0.06, 0.06, -0.06, 0.06);
        IsoSurface surface = new VolumePartitioner(network).Surface(slice);
        IsoSurfaceTests.CheckMesh(surface);
        Assert.True(surface.PolygonCount > 500);
        // One disk: it leaves the box through its sides.
        Assert.Equal((1, 1), (surface.Components, surface.EulerCharacteristic));
        Assert.All(network.Evaluate(surface.Vertices, surface.VertexCount), value => Assert.Equal(0, value, 1e-9));
    }

    private static string Networks(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "benchmarks", "networks", $"{name}.onnx.gz");
            if (File.Exists(path))
                return path;
        }
        Assert.Skip($"benchmarks/networks/{name}.onnx.gz is not above the tests.");
        return "";
    }
}
