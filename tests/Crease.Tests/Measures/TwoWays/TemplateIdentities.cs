using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;

namespace Crease.Tests.Measures.TwoWays;

/// <summary>Identities of affine maps, templates and codes.</summary>
internal static class TemplateIdentities
{
    private static readonly string[] Four = [RealNetworks.Acas, RealNetworks.Digits, RealNetworks.Pooled, RealNetworks.Residual], Five = [.. Four, RealNetworks.ResNet20];

    public static IEnumerable<Identity> All =>
    [
        new("affine map of an input", "forward recursion A_l = diag(q_l) W_l A_(l-1)", "vector-Jacobian products, c = f(x) - A x", 1e-11, 16, Four, Maps),
        new("slopes of a region", "vector-Jacobian products", "difference quotients of outputs inside the region", 1e-6, 16, Five, Slopes),
        new("score split ⟨A_c, x⟩ + c_c", "templates of the sweep", "outputs of the network", 1e-10, 16, Five, Scores),
        new("equality of regions", "hashed bit codes", "pieces of every unit, and equal slopes", 0, 15, Five, Regions),
        new("partition distance", "bits that differ", "1 - mean of ⟨T(x), T(y)⟩ over one-hot pieces", 1e-15, 15, Five, Distances),
        new("Lipschitz constant of a region", "largest singular value of A", "power iteration with pushes and pulls, no A", 1e-6, 16, [.. Four, RealNetworks.Convolutional], Local),
        new("Lipschitz bound", "product of layer bounds", "difference quotients between inputs stay below it", 0, 16, [RealNetworks.Acas, RealNetworks.Digits, RealNetworks.Convolutional], Bound),
    ];

    private static double? Maps(Subject subject) => subject.Rows(10, 2).Max(x =>
    {
        var at = new Linearization(subject.Graph, x);
        AffineMap pulled = at.Map(), pushed = ForwardRecursion.Map(at);
        double size = 1 + TensorPrimitives.Norm(pulled.Slopes) * (1 + TensorPrimitives.Norm<double>(x));
        return Math.Max(Differences.Of(pulled.Slopes, pushed.Slopes), Largest(pulled.Offsets, pushed.Offsets) / size);
    });

    private static double? Slopes(Subject subject)
    {
        var random = new RandomSource(4);
        double? worst = null;
        foreach (double[] x in subject.Rows(10, 2))
        {
            double[] u = GraphNetworks.Normals(random, x.Length, 1 / Math.Sqrt(x.Length));
            AffineMap map = new Linearization(subject.Graph, x).Map();
            if (Differences.Along(subject.Graph, x, u) is double[] quotient)
                worst = Math.Max(worst ?? 0, Differences.Of([.. Enumerable.Range(0, map.Outputs).Select(o => TensorPrimitives.Dot(map.Slopes.Slice(o * u.Length, u.Length), u))], quotient));
        }
        return worst;
    }

    private static double? Scores(Subject subject)
    {
        double[][] rows = subject.Rows(20, 3);
        double worst = 0;
        new Templates(subject.Graph).Visit(rows, (i, slopes, offsets, _) =>
        {
            double[] outputs = subject.Network.Evaluate(rows[i]), split = [.. offsets];
            for (int o = 0; o < split.Length; o++)
                split[o] += TensorPrimitives.Dot(slopes.Slice(o * rows[i].Length, rows[i].Length), rows[i]);
            double error = Largest(outputs, split) / (1 + TensorPrimitives.Norm<double>(outputs));
            lock (rows)
                worst = Math.Max(worst, error);
        });
        return worst;
    }

    // Pairs near to each other, so that some share a region; how many are decided differently.
    private static double? Regions(Subject subject)
    {
        if (subject.Graph.Layers.Length == 0)
            return null;
        var random = new RandomSource(5);
        double[][] rows = [.. subject.Rows(20, 2).SelectMany(x => new[] { x, Differences.Moved(x, GraphNetworks.Normals(random, x.Length, 1), 1e-6), Differences.Moved(x, GraphNetworks.Normals(random, x.Length, 1), 0.3) })];
        CodeTable table = CodeTable.Of(subject.Graph, rows);
        Linearization[] points = [.. rows.Select(x => new Linearization(subject.Graph, x))];
        int wrong = 0, equal = 0, other = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool same = points[i].Code().Equals(points[j].Code());
                wrong += same != table.AreEqual(i, j) || (same && table.Hash(i) != table.Hash(j)) ? 1 : 0;
                wrong += same && !points[i].Map().Slopes.SequenceEqual(points[j].Map().Slopes) ? 1 : 0;
                (equal, other) = same ? (equal + 1, other) : (equal, other + 1);
            }
        }
        return equal > 0 && other > 0 ? wrong : null;
    }

    private static double? Distances(Subject subject)
    {
        if (subject.Graph.Layers.Length == 0)
            return null;
        double[][] rows = subject.Rows(15, 5);
        CodeTable table = CodeTable.Of(subject.Graph, rows);
        Code[] codes = [.. rows.Select(x => new Linearization(subject.Graph, x).Code())];
        double worst = 0;
        for (int i = 1; i < rows.Length; i++)
        {
            double[] layers = [.. Enumerable.Range(0, subject.Graph.Layers.Length).Select(l => 1 - codes[i].Pieces[l].Zip(codes[i - 1].Pieces[l]).Sum(pair => pair.First == pair.Second ? 1.0 : 0) / codes[i].Pieces[l].Length)];
            double units = codes[i].Pieces.Sum(layer => layer.Length), byUnits = layers.Select((d, l) => d * codes[i].Pieces[l].Length).Sum() / units;
            PartitionDistance found = table.Distance(i, i - 1);
            worst = new[] { worst, Math.Abs(found.ByUnits - byUnits), Math.Abs(found.ByLayers - layers.Average()), layers.Select((d, l) => Math.Abs(d - table.Distance(i, i - 1, l))).Max() }.Max();
        }
        return worst <= 4e-16 ? 0 : worst;
    }

    private static double? Local(Subject subject) => subject.Rows(5, 2).Max(x =>
    {
        var at = new Linearization(subject.Graph, x);
        double local = Lipschitz.Local(at.Map());
        (double norm, bool hasConverged) = SpectralNorm.OfMap(x.Length, tangent => at.Pushforward(subject.Network.Inputs[0], tangent), cotangent => at.Pullback(at.Output, cotangent), 3);
        return hasConverged ? Math.Abs(local - norm) / Math.Max(local, 1e-300) * (local > 1e-12 ? 1 : 0) : double.PositiveInfinity;
    });

    private static double? Bound(Subject subject)
    {
        double bound = Lipschitz.Of(subject.Graph).Bound;
        double[][] rows = subject.Rows(30, 10);
        return rows.Skip(1).Zip(rows).Count(pair => TensorPrimitives.Distance<double>(Values(pair.First), Values(pair.Second)) > bound * (1 + 1e-9) * TensorPrimitives.Distance<double>(pair.First, pair.Second));

        double[] Values(double[] x) => new Linearization(subject.Graph, x).Value(subject.Graph.Output).ToArray();
    }

    private static double Largest(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double largest = 0;
        for (int i = 0; i < first.Length; i++)
            largest = Math.Max(largest, Math.Abs(first[i] - second[i]));
        return largest;
    }
}
