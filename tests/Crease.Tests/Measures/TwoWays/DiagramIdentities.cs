using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Tests.Corpus;

namespace Crease.Tests.Measures.TwoWays;

/// <summary>Identities of power diagrams, crease distances and wall crossings.</summary>
internal static class DiagramIdentities
{
    private static readonly string[] Three = [RealNetworks.Acas, RealNetworks.Digits, RealNetworks.Convolutional], Four = [RealNetworks.Acas, RealNetworks.Digits, RealNetworks.Pooled, RealNetworks.Residual];

    public static IEnumerable<Identity> All =>
    [
        new("power of the own site", "‖x - μ‖² - ρ from centroid and radius", "‖x‖² - 2 Σ_k z_k(x) from a forward pass", 1e-11, 12, Four, Powers),
        new("centroid of a composition", "one backward pass with ones", "the layer's own site through the maps of what it reads", 1e-10, 15, Four, Centroids),
        new("distance to the nearest crease", "|h| / ‖∇h‖ over all units", "codes just before and just behind it", 0, 10, Three, Creases),
        new("map behind a wall", "rank-one change s (1-η) D gᵀ", "vector-Jacobian products behind the wall", 1e-10, 12, Three, Walls),
        new("bend of the decision boundary", "closed form in n, D and g", "angle between the maps on both sides", 1e-9, 8, Three, Bends),
    ];

    private static double? Powers(Subject subject)
    {
        double? worst = null;
        foreach (Linearization at in Points(subject))
        {
            ReadOnlySpan<double> x = at.Value(subject.Network.Inputs[0]);
            for (int l = 0; l < at.Layers.Length; l++)
            {
                PowerSite site = PowerSite.Composed(at, l);
                if (site.IsSurrogate)
                    continue;
                ReadOnlySpan<double> z = at.Value(at.Layers[l].Index);
                double expected = TensorPrimitives.SumOfSquares(x) - 2 * TensorPrimitives.Sum(z), size = 1 + Math.Abs(site.Radius) + TensorPrimitives.SumOfSquares(x) + TensorPrimitives.SumOfMagnitudes(z);
                worst = Math.Max(worst ?? 0, Math.Abs(site.Power(x) - expected) / size);
            }
        }
        return worst;
    }

    private static double? Centroids(Subject subject)
    {
        double? worst = null;
        foreach (Linearization at in Points(subject))
        {
            for (int l = 0; l < at.Layers.Length; l++)
            {
                PowerSite own = PowerSite.OfLayer(at, l);
                var composed = new double[subject.Network.InputShape.Size];
                int from = 0;
                foreach (int source in PowerSite.Sources(at, l))
                {
                    int size = subject.Network.Nodes[source].Shape.Size;
                    TensorPrimitives.Add(composed, at.Pullback(source, own.Centroid.AsSpan().Slice(from, size)), composed);
                    from += size;
                }
                worst = Math.Max(worst ?? 0, Differences.Of(PowerSite.Composed(at, l).Centroid.AsSpan(), composed));
            }
        }
        return worst;
    }

    private static double? Creases(Subject subject)
    {
        int seen = 0, wrong = 0;
        foreach (Linearization at in Points(subject))
        {
            if (Nearest(at) is not NearestCrease crease)
                continue;
            seen++;
            wrong += at.Code().Equals(new Linearization(subject.Graph, crease.Beyond(at, 1 - 1e-6)).Code()) ? 0 : 1;
            wrong += at.Code().Equals(new Linearization(subject.Graph, crease.Beyond(at, 1 + 1e-6)).Code()) ? 1 : 0;
        }
        return seen > 0 ? wrong : null;
    }

    private static double? Walls(Subject subject)
    {
        double? worst = null;
        foreach ((WallCrossing wall, AffineMap behind) in Crossings(subject))
        {
            double size = 1 + wall.Before.SlopeNorm + wall.After.SlopeNorm;
            worst = Math.Max(worst ?? 0, Differences.Of(behind.Slopes, wall.After.Slopes) / size);
        }
        return worst;
    }

    private static double? Bends(Subject subject)
    {
        double? worst = null;
        foreach ((WallCrossing wall, AffineMap behind) in Crossings(subject))
        {
            if (wall.Before.Outputs < 2 || wall.BendCosine(0, 1) is not double cosine)
                continue;
            double[] n = Normal(wall.Before), turned = Normal(behind);
            // The angle, since a cosine near 1 hides it.
            double angle = 2 * Math.Atan2(TensorPrimitives.Distance<double>(Unit(n), Unit(turned)), TensorPrimitives.Norm<double>(Sum(Unit(n), Unit(turned))));
            worst = Math.Max(worst ?? 0, Math.Abs(cosine - Math.Cos(angle)));
        }
        return worst;

        static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (p, q) => p + q)];

        static double[] Unit(double[] n) => Array.ConvertAll(n, each => each / TensorPrimitives.Norm<double>(n));

        static double[] Normal(AffineMap map)
        {
            var normal = new double[map.Inputs];
            TensorPrimitives.Subtract(map.Slopes[..map.Inputs], map.Slopes.Slice(map.Inputs, map.Inputs), normal);
            return normal;
        }
    }

    // Walls that one unit folds at alone, and the map behind them.
    private static IEnumerable<(WallCrossing Wall, AffineMap Behind)> Crossings(Subject subject)
    {
        foreach (Linearization at in Points(subject))
        {
            if (Nearest(at) is not NearestCrease crease)
                continue;
            WallCrossing wall = WallCrossing.At(at, crease);
            if (wall.FoldingUnits(at, subject.Graph) == 1)
                yield return (wall, new Linearization(subject.Graph, crease.Beyond(at, 1 + 1e-6)).Map());
        }
    }

    private static NearestCrease? Nearest(Linearization at) => CreaseDistances.Nearest(at).Where(crease => crease.Exists && crease.Distance > 1e-7).MinBy(crease => crease.Distance);

    private static IEnumerable<Linearization> Points(Subject subject) => subject.Rows(12, 3).Select(x => new Linearization(subject.Graph, x));
}
