using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;

namespace Crease.Tests.Measures.TwoWays;

/// <summary>Identities of volume elements and of the loss over one layer's weights.</summary>
internal static class GeneratorIdentities
{
    private static readonly string[] Three = [RealNetworks.Acas, RealNetworks.Digits, RealNetworks.Convolutional];

    // One unit of a hidden layer is on for an image of the other digit network: its map is of rank one and its volumes are 0.
    private static readonly string[] Surfaces = [RealNetworks.Acas, RealNetworks.Pooled, RealNetworks.Convolutional];

    public static IEnumerable<Identity> All =>
    [
        new("volume element √det(AᵀA)", "singular values of the pushed map", "Gram determinant of difference quotients inside the region", 1e-5, 10, [.. Surfaces, RealNetworks.Residual], Volumes),
        new("area of the image of a region", "area of the region times the volume element", "triangles between the images of its corners", 1e-7, 10, Surfaces, Areas),
        new("curvature of the loss", "Hessian (2/N) Σ (AᵀA) ⊗ (z zᵀ) along a direction", "second difference of the loss inside the tile", 1e-5, 10, Three, Curvature),
    ];

    private static double? Volumes(Subject subject)
    {
        double? worst = null;
        var random = new RandomSource(6);
        foreach (double[] row in subject.Rows(8, 3))
        {
            Network generator = Latent(subject.Network, row, random);
            var graph = new PiecewiseGraph(generator);
            if (graph.Network.Nodes[graph.Output].Shape.Size < 2)
                return null;
            double[] z = [0.01 * random.Normal(), 0.01 * random.Normal()];
            if (Differences.Along(graph, z, [1, 0]) is not double[] a || Differences.Along(graph, z, [0, 1]) is not double[] b)
                continue;
            double log = new GeneratorVolumes(generator).At([z]).LogVolumes[0], volume = double.IsNegativeInfinity(log) ? 0 : Math.Exp(log);
            double aa = Dot(a, a), bb = Dot(b, b), ab = Dot(a, b), gram = Math.Sqrt(Math.Max(0, Differences.Determinant([aa, ab, ab, bb], 2)));
            // Of maps that are nearly flat the determinant is a difference of equal numbers.
            worst = gram < 1e-4 * (aa + bb) ? worst : Math.Max(worst ?? 0, Math.Abs(volume - gram) / gram);
        }
        return worst;
    }

    private static double? Areas(Subject subject)
    {
        var random = new RandomSource(7);
        Network generator = Latent(subject.Network, subject.Rows(1, 1)[0], random);
        if (new PiecewiseGraph(generator) is { } graph && graph.Network.Nodes[graph.Output].Shape.Size < 2)
            return null;
        SliceVolumes volumes = SliceVolumes.Of(new GeneratorVolumes(generator), subject.IsReal ? Slice.Box(-0.02, 0.02, -0.02, 0.02) : Slice.Box(-2, 2, -2, 2));
        double[] first = new double[volumes.Partition.RegionCount], second = new double[first.Length];
        for (int region = 0; region < first.Length; region++)
        {
            first[region] = volumes.Partition.Areas[region] * Math.Exp(volumes.LogAreas[region]);
            double[] polygon = volumes.Partition.Polygon(region);
            double[][] corners = [.. Enumerable.Range(0, polygon.Length / 2).Select(i => generator.Evaluate(volumes.Partition.Slice.Decode(polygon[2 * i], polygon[2 * i + 1])))];
            for (int i = 2; i < corners.Length; i++)
            {
                double[] a = Minus(corners[i - 1], corners[0]), b = Minus(corners[i], corners[0]);
                second[region] += Math.Sqrt(Math.Max(0, Dot(a, a) * Dot(b, b) - Dot(a, b) * Dot(a, b))) / 2;
            }
        }
        double total = second.Sum();
        return total > 0 ? Math.Max(Math.Abs(first.Sum() - total), first.Zip(second).Max(pair => Math.Abs(pair.First - pair.Second))) / total : null;
    }

    private static double? Curvature(Subject subject)
    {
        Node[] dense = [.. subject.Network.Nodes.Where(node => node.Layer is Dense { OutputShape.Rank: 1 })];
        if (dense.Length < 2)
            return null;
        Node moved = dense[^2];
        double[][] rows = subject.Rows(5, 3);
        var random = new RandomSource(8);
        var layer = (Dense)moved.Layer;
        double[] direction = GraphNetworks.Normals(random, layer.Weights.Count, 1 / Math.Sqrt(layer.Weights.Count)), weights = layer.Weights.Values.ToArray();
        double[][] targets = [.. rows.Select(_ => GraphNetworks.Normals(random, subject.Network.OutputShape.Size, 1))];
        double expected = LossGeometry.Of(subject.Network, moved.Index, rows).Curvature(direction);
        Code[] codes = Codes(0);
        for (double step = 0.1; step > 1e-7; step /= 4)
        {
            if (codes.SequenceEqual(Codes(step)) && codes.SequenceEqual(Codes(-step)))
                return expected < 1e-12 ? null : Math.Abs((Loss(step) - 2 * Loss(0) + Loss(-step)) / (step * step) - expected) / expected;
        }
        return null;

        Network At(double t) => RebuiltNetwork.Of(subject.Network, node => node.Index == moved.Index ? new Dense(Differences.Moved(weights, direction, t), layer.Bias, layer.InputShapes[0]) : node.Layer);

        Code[] Codes(double t)
        {
            var graph = new PiecewiseGraph(At(t));
            return [.. rows.Select(row => new Linearization(graph, row).Code())];
        }

        double Loss(double t)
        {
            Network network = At(t);
            return rows.Select((row, i) => Dot(Minus(network.Evaluate(row), targets[i]), Minus(network.Evaluate(row), targets[i]))).Average();
        }
    }

    // The network behind an affine map of two latents to its inputs: a generator with two latents.
    private static Network Latent(Network network, double[] origin, RandomSource random)
    {
        if (network.InputShape.Size == 2)
            return network;
        var builder = new NetworkBuilder("latent");
        double[] directions = GraphNetworks.Normals(random, 2 * origin.Length, 1 / Math.Sqrt(origin.Length));
        int at = builder.Add(new Dense(directions, origin, new Shape(2)), builder.Input("z", new Shape(2)));
        var place = new int[network.Nodes.Length];
        foreach (Node node in network.Nodes)
            place[node.Index] = node.Layer is InputLayer ? builder.Add(new Reshape(new Shape(origin.Length), node.Shape), at) : builder.Add(node.Layer, [.. node.Inputs.Select(input => place[input])]);
        return builder.Build(place[network.Outputs[0]]);
    }

    private static double Dot(double[] a, double[] b) => TensorPrimitives.Dot<double>(a, b);

    private static double[] Minus(double[] a, double[] b)
    {
        var difference = new double[a.Length];
        TensorPrimitives.Subtract(a, b, difference);
        return difference;
    }
}
