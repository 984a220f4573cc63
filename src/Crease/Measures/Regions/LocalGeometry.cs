using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The geometry of a network around one input: its region's map, templates, distances and power-diagram site.</summary>
/// <remarks>
/// Notation: A_ω, b_ω ↔ <see cref="Map"/>; μ_x, ρ_x ↔ <see cref="Centroid"/>, <see cref="Radii"/> (a squared radius, possibly
/// negative). Source: spline templates (<c>balestriero2018spline</c>), power diagrams (<c>balestriero2019geometry</c>).
/// Centroids are not unique: scaling a unit and its outgoing weights inversely moves them and leaves the regions as they are.
/// </remarks>
public sealed class LocalGeometry
{
    private readonly double[][] _centroids;

    private LocalGeometry(Linearization at, RunContext run)
    {
        At = at;
        Code = at.Code();
        Map = at.Map();
        Output = at.Value(at.Output).ToArray();
        Layers = at.Layers;
        NearestCreases = [.. Measures.CreaseDistances.Nearest(at, run)];
        CreaseDistances = [.. NearestCreases.Select(crease => crease.Distance)];
        Class = Output.Length == 1 ? (Output[0] > 0 ? 1 : 0) : Array.IndexOf(Output, Output.Max());
        (BoundaryDistance, RunnerUp) = Boundary();
        (_centroids, CentroidNorms, CentroidDistances, Radii) = Sites(at);
    }

    /// <summary>The network at the input, for what else is asked of it.</summary>
    public Linearization At { get; }

    /// <summary>The activation pattern.</summary>
    public Code Code { get; }

    /// <summary>The affine map of the region: row c of its slopes is the template of class c. Shape [outputs, inputs].</summary>
    public AffineMap Map { get; }

    /// <summary>The network's output (before a final softmax or sigmoid). Shape [outputs].</summary>
    public double[] Output { get; }

    /// <summary>The largest output, 0-based; for one output 1 where it is positive, else 0.</summary>
    public int Class { get; }

    /// <summary>The class whose boundary is nearest within the region's map; -1 for a single output.</summary>
    public int RunnerUp { get; }

    /// <summary>The piecewise layers that distances and sites are listed for.</summary>
    public ImmutableArray<Node> Layers { get; }

    /// <summary>Distance to the nearest crease hyperplane of each layer, in units of the input. Shape [layers].</summary>
    public ImmutableArray<double> CreaseDistances { get; }

    /// <summary>The nearest crease of each layer. Shape [layers].</summary>
    public ImmutableArray<NearestCrease> NearestCreases { get; }

    /// <summary>Whether a layer's distance is that to its true crease: no layer before it folds nearer.</summary>
    /// <remarks>Otherwise it is the distance to the hyperplane that continues the crease straight beyond an earlier fold.</remarks>
    /// <param name="layer">0-based index in <see cref="Layers"/>.</param>
    public bool IsCreaseDistanceExact(int layer) => CreaseDistances[layer] <= CreaseDistances.Take(layer).DefaultIfEmpty(double.PositiveInfinity).Min();

    /// <summary>Distance to the border of the region, exact; infinite when nothing folds.</summary>
    public double RegionDistance => CreaseDistances.IsEmpty ? double.PositiveInfinity : CreaseDistances.Min();

    /// <summary>Distance to the decision boundary of the region's affine map.</summary>
    public double BoundaryDistance { get; }

    /// <summary>Whether <see cref="BoundaryDistance"/> is the distance of the network: the boundary is met inside the region.</summary>
    public bool IsBoundaryDistanceExact => BoundaryDistance <= RegionDistance;

    /// <summary>μ_x of the composition up to a layer: the sum of the rows of the layer's affine map, an image of the input's shape. Shape [inputs].</summary>
    /// <param name="layer">0-based index in <see cref="Layers"/>.</param>
    public ReadOnlySpan<double> Centroid(int layer) => _centroids[layer];

    /// <summary>‖μ_x‖ of the composition up to each layer. Shape [layers].</summary>
    public ImmutableArray<double> CentroidNorms { get; }

    /// <summary>‖x - μ_x‖ of the composition up to each layer. Shape [layers].</summary>
    public ImmutableArray<double> CentroidDistances { get; }

    /// <summary>ρ_x = ‖μ_x‖² + 2 · (sum of offsets) of the composition up to each layer. Shape [layers].</summary>
    public ImmutableArray<double> Radii { get; }

    /// <summary>The geometry around an input.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="input">Shape [inputs].</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">The input has another length or is not finite.</exception>
    /// <exception cref="NotSupportedException">A node before the output is smooth.</exception>
    public static LocalGeometry Of(Network network, double[] input, RunContext? run = null) =>
        new(new Linearization(network, input), run ?? RunContext.Default);

    /// <summary>The same of a network that is linearized already.</summary>
    internal static LocalGeometry Of(Linearization at, RunContext run) => new(at, run);

    private (double Distance, int RunnerUp) Boundary()
    {
        int inputs = Map.Inputs;
        if (Output.Length == 1)
            return (Math.Abs(Output[0]) / Map.SlopeNorm, -1);
        double nearest = double.PositiveInfinity;
        int runnerUp = -1;
        for (int c = 0; c < Output.Length; c++)
        {
            double square = 0;
            for (int i = 0; i < inputs && c != Class; i++)
            {
                double slope = Map.Slopes[Class * inputs + i] - Map.Slopes[c * inputs + i];
                square += slope * slope;
            }
            double distance = square > 0 ? (Output[Class] - Output[c]) / Math.Sqrt(square) : double.PositiveInfinity;
            if (distance < nearest)
                (nearest, runnerUp) = (distance, c);
        }
        return (nearest, runnerUp);
    }

    // With z = J x + c the offsets sum to Σ z - <μ, x>, so one backward pass of ones gives both μ and ρ.
    private static (double[][] Centroids, ImmutableArray<double> Norms, ImmutableArray<double> Distances, ImmutableArray<double> Radii) Sites(Linearization at)
    {
        var centroids = new double[at.Layers.Length][];
        var norms = new double[at.Layers.Length];
        var distances = new double[norms.Length];
        var radii = new double[norms.Length];
        ReadOnlySpan<double> x = at.Value(at.Network.Inputs[0]);
        for (int l = 0; l < norms.Length; l++)
        {
            ReadOnlySpan<double> z = at.Value(at.Layers[l].Index);
            var ones = new double[z.Length];
            Array.Fill(ones, 1);
            double[] centroid = centroids[l] = at.Pullback(at.Layers[l].Index, ones);
            double square = 0, distance = 0, offsets = 0;
            foreach (double value in z)
                offsets += value;
            for (int i = 0; i < centroid.Length; i++)
            {
                square += centroid[i] * centroid[i];
                distance += (x[i] - centroid[i]) * (x[i] - centroid[i]);
                offsets -= centroid[i] * x[i];
            }
            (norms[l], distances[l], radii[l]) = (Math.Sqrt(square), Math.Sqrt(distance), square + 2 * offsets);
        }
        return (centroids, [.. norms], [.. distances], [.. radii]);
    }
}
