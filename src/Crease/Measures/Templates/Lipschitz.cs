using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How fast a network's outputs can change: exactly on one region, and bounded over the whole space.</summary>
/// <remarks>
/// Notation: ‖A[x]‖₂ ↔ <see cref="Local"/>; κ ≤ Π max|slope| ‖W_l‖₂ ↔ <see cref="Bound"/>. Source: <c>balestriero2018spline</c>. Runs of affine layers between folds count as one map; the
/// branches of a sum add up; a concatenation takes the root of their squares; max pooling stretches by the root of how many windows hold one element. Norms are those of the
/// Euclidean distance: of small maps by the eigenvalues of WᵀW, of others by power iteration on it with the residual added. Exactness: the local one is exact; the bound holds up to the convergence of the iteration
/// (<see cref="HasConverged"/>), and is usually far above what the network does.
/// </remarks>
public sealed class Lipschitz
{
    private Lipschitz(double bound, bool hasConverged, ImmutableArray<double> perLayer) => (Bound, HasConverged, PerLayer) = (bound, hasConverged, perLayer);

    /// <summary>Bound on ‖f(x) - f(y)‖ / ‖x - y‖ over all inputs, for the output before a final softmax or sigmoid.</summary>
    public double Bound { get; }

    /// <summary>Whether every power iteration settled; if not, the bound is an estimate.</summary>
    public bool HasConverged { get; }

    /// <summary>The bound up to each piecewise layer. Shape [layers].</summary>
    public ImmutableArray<double> PerLayer { get; }

    /// <summary>The Lipschitz constant on one region: the largest singular value of its slopes.</summary>
    /// <param name="map">The map of the region.</param>
    public static double Local(AffineMap map) => SpectralNorm.Of(map.Slopes, map.Outputs, map.Inputs);

    /// <summary>The bound of a network.</summary>
    /// <param name="graph">The network, prepared.</param>
    /// <param name="run">Seed of the iteration, and cancellation; null for the defaults.</param>
    public static Lipschitz Of(PiecewiseGraph graph, RunContext? run = null)
    {
        var walk = new Walk(graph, run ?? RunContext.Default);
        double bound = walk.To(graph.Output);
        return new Lipschitz(bound, walk.HasConverged, [.. graph.Layers.Select(layer => walk.To(layer.Index))]);
    }

    private sealed class Walk(PiecewiseGraph graph, RunContext run)
    {
        private readonly Dictionary<int, double> _known = [];
        private readonly int[] _readers = Readers(graph);

        public bool HasConverged { get; private set; } = true;

        public double To(int node)
        {
            if (_known.TryGetValue(node, out double known))
                return known;
            run.Cancellation.ThrowIfCancellationRequested();
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            Node at = graph.Network.Nodes[node];
            return _known[node] = at.Layer switch
            {
                InputLayer => 1,
                PiecewiseLinear function => Steepest(function) * To(at.Inputs[0]),
                MaxPooling pooling => Math.Sqrt(MostWindows(pooling)) * To(at.Inputs[0]),
                AffineLayer when at.Inputs.Length == 1 => Chain(at),
                Concatenation => Math.Sqrt(at.Inputs.Sum(input => To(input) * To(input))),
                _ => Enumerable.Range(0, at.Inputs.Length).Sum(input => Norm([at], input) * To(at.Inputs[input])),
            };
        }

        // Affine layers that only feed each other are one map: their product is no larger than the product of their norms.
        private double Chain(Node last)
        {
            var chain = new List<Node> { last };
            while (graph.Network.Nodes[chain[0].Inputs[0]] is { Layer: AffineLayer, Inputs.Length: 1 } before && _readers[before.Index] == 1)
                chain.Insert(0, before);
            return Norm(chain, 0) * To(chain[0].Inputs[0]);
        }

        private double Norm(List<Node> chain, int input)
        {
            (double norm, bool hasConverged) = SpectralNorm.OfMap(chain[0].Layer.InputShapes[input].Size, x => Push(chain, input, x), y => Pull(chain, input, y), run.Seed);
            HasConverged &= hasConverged;
            return norm;
        }

        private double[] Push(List<Node> chain, int input, double[] x)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            foreach (Node node in chain)
            {
                var y = new double[node.Shape.Size];
                double[][] arguments = [.. node.Layer.InputShapes.Select((shape, i) => i == input || node != chain[0] ? x : new double[shape.Size])];
                ((AffineLayer)node.Layer).Push(arguments, 1, 1, y);
                x = y;
            }
            return x;
        }

        private static double[] Pull(List<Node> chain, int input, double[] y)
        {
            for (int n = chain.Count - 1; n >= 0; n--)
            {
                double[][] pulled = [.. chain[n].Layer.InputShapes.Select((shape, i) => i == input || n > 0 ? new double[shape.Size] : [])];
                chain[n].Layer.Pull(pulled, y, y, 1, pulled);
                y = pulled[n > 0 ? 0 : input];
            }
            return y;
        }

        private static double Steepest(PiecewiseLinear function)
        {
            double steepest = 0;
            for (int unit = 0; unit < function.Units; unit++)
            {
                for (int piece = 0; piece < function.Pieces; piece++)
                    steepest = Math.Max(steepest, Math.Abs(function.Slope(unit, piece)));
            }
            return steepest;
        }

        private static int MostWindows(MaxPooling pooling)
        {
            var windows = new int[pooling.InputShapes[0].Size];
            var candidates = new List<int>();
            for (int unit = 0; unit < pooling.Units; unit++)
            {
                pooling.Candidates(unit, candidates);
                foreach (int candidate in candidates)
                    windows[candidate]++;
            }
            return windows.Max();
        }

        private static int[] Readers(PiecewiseGraph graph)
        {
            var readers = new int[graph.Network.Nodes.Length];
            bool[] needed = PiecewiseGraph.Needed(graph.Network, graph.Output);
            foreach (Node node in graph.Network.Nodes.Where(node => needed[node.Index]))
            {
                foreach (int input in node.Inputs)
                    readers[input]++;
            }
            return readers;
        }
    }
}
