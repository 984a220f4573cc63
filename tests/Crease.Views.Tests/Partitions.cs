using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Views.Tests;

/// <summary>A random network to cut, small or with regions enough for several row groups.</summary>
internal static class Partitions
{
    public static Slice Box { get; } = Slice.Box(-10, 10, -10, 10);

    public static PlanarPartitioner Random(int width, string name = "random")
    {
        var random = new RandomSource(3);
        var builder = new NetworkBuilder(name);
        int at = builder.Input("x", new Shape(2));
        foreach ((int inputs, int outputs) in new[] { (2, width), (width, width), (width, 3) })
        {
            at = builder.Add(new Dense(Normals(random, inputs * outputs, Math.Sqrt(2.0 / inputs)), Normals(random, outputs, 0.5), new Shape(inputs)), at);
            if (outputs == width)
                at = builder.Add(PiecewiseLinear.Relu(new Shape(width)), at);
        }
        return new PlanarPartitioner(builder.Build(at));
    }

    private static double[] Normals(RandomSource random, int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())];
}
