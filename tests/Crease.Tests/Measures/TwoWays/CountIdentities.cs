using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;

namespace Crease.Tests.Measures.TwoWays;

/// <summary>Identities of neighbors, dimensions and operation counts.</summary>
internal static class CountIdentities
{
    private static readonly string[] Clouds = [RealNetworks.Acas, RealNetworks.Digits, RealNetworks.Pooled, RealNetworks.Residual],
        Nets = [.. Clouds, RealNetworks.Convolutional, RealNetworks.ResNet20, RealNetworks.ResNet32, RealNetworks.ResNet56];

    public static IEnumerable<Identity> All =>
    [
        new("nearest neighbors of inputs and activations", "blocked matrix products", "all pairs, term by term", 0, 16, Clouds, Neighbors),
        new("GRIDE of ranks 1 and 2 is TwoNN by likelihood", "maximum of the GRIDE likelihood", "(N - 1) / Σ log μ", 1e-7, 15, Clouds, Likelihoods),
        new("multiply-adds", "shapes of the layers", "layers of ones evaluated on ones", 0, 16, Nets, Operations),
    ];

    private static double? Neighbors(Subject subject)
    {
        int wrong = 0;
        foreach (double[][] rows in Layers(subject))
        {
            NeighborTable found = new EuclideanDistances(rows).Nearest(4, RunContext.Default);
            for (int i = 0; i < rows.Length; i++)
            {
                double[] all = [.. Enumerable.Range(0, rows.Length).Where(j => j != i).Select(j => Math.Sqrt(Enumerable.Range(0, rows[i].Length).Sum(e => (rows[i][e] - rows[j][e]) * (rows[i][e] - rows[j][e])))).Order().Take(4)];
                // A sum in another order rounds otherwise.
                wrong += all.Zip(found.Distances(i).ToArray()).Count(pair => Math.Abs(pair.First - pair.Second) > 1e-13 * (1e-300 + pair.First));
            }
        }
        return wrong;
    }

    private static double? Likelihoods(Subject subject)
    {
        double? worst = null;
        foreach (double[][] rows in Layers(subject))
        {
            PointCloud cloud = PointCloud.Of(rows);
            if (cloud.Count < 10 || new Gride().Estimate(cloud, RunContext.Default).Value is not double found)
                continue;
            NeighborTable near = new ScannedDistances(cloud.Count, (a, b) => RowDistance.Of(Metric.Euclidean, rows[cloud.Origins[a]], rows[cloud.Origins[b]])).Nearest(2, RunContext.Default);
            double expected = (cloud.Count - 1) / Enumerable.Range(0, cloud.Count).Sum(i => Math.Log(near.Distance(i, 2) / near.Distance(i, 1)));
            worst = Math.Max(worst ?? 0, Math.Abs(found - expected) / expected);
        }
        return worst;
    }

    // Each product of a layer of ones adds 1: what padding leaves out is put into the input as ones.
    private static double? Operations(Subject subject)
    {
        ModelOperations counted = NetworkOperations.Of(subject.Network);
        int wrong = 0, row = 0;
        foreach (Node node in subject.Network.Nodes.Where(node => node.Layer is not InputLayer))
        {
            double evaluated = node.Layer switch
            {
                Dense dense => Total(new Dense(Ones(dense.Weights.Count), null, dense.InputShapes[0])),
                Convolution filter => Total(new Convolution(Padded(filter), Ones(filter.Weights.Count), null, filter.Windows with { Top = 0, Bottom = 0, Left = 0, Right = 0 }, filter.Groups)),
                _ => 0,
            };
            wrong += counted.Layers[row++].Forward.Products == (Int128)evaluated ? 0 : 1;
        }
        return wrong;

        static Shape Padded(Convolution filter) => new(filter.InputShapes[0][0], filter.InputShapes[0][1] + filter.Windows.Top + filter.Windows.Bottom, filter.InputShapes[0][2] + filter.Windows.Left + filter.Windows.Right);

        static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

        static double Total(Layer layer)
        {
            var output = new double[layer.OutputShape.Size];
            layer.Evaluate([Ones(layer.InputShapes[0].Size)], 1, output);
            return output.Sum();
        }
    }

    // The inputs, and the values before the last layer.
    private static IEnumerable<double[][]> Layers(Subject subject)
    {
        double[][] rows = subject.Rows(120, 60);
        yield return rows;
        Node hidden = subject.Network.Nodes[subject.Network.Nodes[subject.Network.Outputs[0]].Inputs[0]];
        if (hidden.Layer is InputLayer)
            yield break;
        double[] values = subject.Network.Values([.. rows.SelectMany(row => row)], rows.Length)[hidden.Index];
        yield return [.. values.Chunk(hidden.Shape.Size)];
    }
}
