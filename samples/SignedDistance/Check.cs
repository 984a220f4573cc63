using System.Globalization;
using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace SignedDistance;

/// <summary>A quick test that training repeats itself and that the shipped networks have the surfaces they were trained for.</summary>
internal static class Check
{
    /// <returns>0 when every claim holds, else 1.</returns>
    public static int Run(string folder)
    {
        int[] widths = [3, 24, 24, 1];
        using DistanceNetwork first = DistanceNetwork.Train(Solid.All[0], widths, 300, 256), second = DistanceNetwork.Train(Solid.All[0], widths, 300, 256);
        byte[] onnx = first.ToOnnx();
        bool holds = Claim("sphere: training twice gives the same file", onnx.AsSpan().SequenceEqual(second.ToOnnx()));
        IsoSurface brief = Surface(Model.Read(onnx, "sphere.onnx"));
        holds &= Claim($"sphere: 300 steps give a watertight polyhedron of {brief.PolygonCount} faces with Euler characteristic {brief.EulerCharacteristic}", brief.IsClosed && brief.EulerCharacteristic == 2);
        foreach (Solid solid in Solid.All)
        {
            foreach ((string ending, int width) in Regeneration.Sizes)
                holds &= Shipped(folder, solid, ending, width);
        }
        return holds ? 0 : 1;
    }

    private static bool Shipped(string folder, Solid solid, string ending, int width)
    {
        string path = Regeneration.PathOf(folder, solid, ending), name = $"{solid.Name}{ending}";
        if (!File.Exists(path))
            return Claim($"{name}: {Path.GetFileName(path)} is in {folder}", false);
        Network network = Model.Load(path);
        (double mean, double largest) = Regeneration.Error(network, solid);
        bool holds = Claim(string.Create(CultureInfo.InvariantCulture, $"{name}: the shipped network is off by {mean:F5} on average, {largest:F5} at most"), mean < 0.02);
        // The wide networks have some hundred thousand faces: 'crease bench volume' extracts them.
        if (width > 100)
            return holds;
        IsoSurface surface = Surface(network);
        string found = string.Create(CultureInfo.InvariantCulture, $"{name}: its zero set has {surface.PolygonCount} faces, Euler characteristic {surface.EulerCharacteristic}, volume {surface.EnclosedVolume:F4} ({solid.Volume:F4} of the solid)");
        return holds & Claim(found, surface.IsClosed && surface.EulerCharacteristic == solid.Euler && Math.Abs(surface.EnclosedVolume / solid.Volume - 1) < 0.05);
    }

    private static IsoSurface Surface(Network network) => new VolumePartitioner(network).Surface(Slice.Box(-1, 1, -1, 1, -1, 1), new RunContext());

    private static bool Claim(string claim, bool holds)
    {
        Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {claim}");
        return holds;
    }
}
