using System.Collections.Immutable;
using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How much a network deforms the cross-polytopes whose vertices it embeds: the check of a radius.</summary>
/// <remarks>
/// Per layer a graph on the 2P embedded vertices: an edge between every two that are not opposite, as long as their Euclidean distance. The
/// eccentricity of a vertex is its largest shortest-path distance; the diameter is the largest eccentricity. In input space both are 2 √2 r.
/// A direct edge is a shortest path; to the opposite vertex one stop is enough, both by the triangle inequality. Source: <c>humayun2024grok</c>, section 3.
/// Cost: 2 P² distances and 4 P³ comparisons of sums per sample and layer.
/// </remarks>
public sealed class HullDeformation
{
    private HullDeformation(double radius, ImmutableArray<CountedLayer> layers, ImmutableArray<SampleMean> eccentricities, ImmutableArray<SampleMean> diameters, double inputEccentricity, double inputDiameter) =>
        (Radius, Layers, Eccentricities, Diameters, InputEccentricity, InputDiameter) = (radius, layers, eccentricities, diameters, inputEccentricity, inputDiameter);

    /// <summary>The radius.</summary>
    public double Radius { get; }

    /// <summary>Layers whose pre-activations were looked at.</summary>
    public ImmutableArray<CountedLayer> Layers { get; }

    /// <summary>Average eccentricity of the vertices in input space: 2 √2 r up to rounding.</summary>
    public double InputEccentricity { get; }

    /// <summary>Diameter in input space: 2 √2 r up to rounding.</summary>
    public double InputDiameter { get; }

    /// <summary>Average eccentricity of the embedded vertices, over samples. Shape [layers].</summary>
    public ImmutableArray<SampleMean> Eccentricities { get; }

    /// <summary>Diameter of the graph of embedded vertices, over samples. Shape [layers].</summary>
    public ImmutableArray<SampleMean> Diameters { get; }

    /// <summary>Measures around samples.</summary>
    /// <param name="estimator">Network and neighborhood, with at least 2 directions.</param>
    /// <param name="inputs">One array per sample, each of shape [inputs].</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">A sample does not fit, or there is one direction only.</exception>
    public static HullDeformation Of(LocalComplexityEstimator estimator, IReadOnlyList<double[]> inputs, RunContext? run = null)
    {
        estimator.Check(inputs);
        int directions = estimator.Options.Count, layers = estimator.Layers.Length;
        if (directions < 2)
            throw new ArgumentException("'Directions' is 1; two opposite vertices have no path between them. Pass at least 2.", nameof(estimator));
        double[] eccentricities = new double[(long)layers * inputs.Count], diameters = new double[eccentricities.Length];
        estimator.Count(inputs.Count, LocalComplexityEstimator.Rows(inputs), run ?? RunContext.Default, () =>
        {
            var distances = new double[4 * directions * directions];
            return (layer, sample, values) =>
                (eccentricities[layer * inputs.Count + sample], diameters[layer * inputs.Count + sample]) = Graph(values, directions, distances);
        });
        (double inputEccentricity, double inputDiameter) = Graph(Vertices(estimator), directions, new double[4 * directions * directions]);
        return new HullDeformation(estimator.Options.Radius, estimator.Layers, Means(eccentricities), Means(diameters), inputEccentricity, inputDiameter);

        ImmutableArray<SampleMean> Means(double[] values) => [.. Enumerable.Range(0, layers).Select(l => SampleMean.Of(values.AsSpan(l * inputs.Count, inputs.Count)))];
    }

    private static double[] Vertices(LocalComplexityEstimator estimator)
    {
        ReadOnlySpan<double> directions = estimator.DirectionsOf(0).Values;
        var vertices = new double[2 * directions.Length];
        TensorPrimitives.Multiply(directions, estimator.Options.Radius, vertices.AsSpan(0, directions.Length));
        TensorPrimitives.Multiply(directions, -estimator.Options.Radius, vertices.AsSpan(directions.Length));
        return vertices;
    }

    private static (double Eccentricity, double Diameter) Graph(ReadOnlySpan<double> vertices, int directions, double[] distances)
    {
        int count = 2 * directions, size = vertices.Length / count;
        for (int v = 0; v < count; v++)
        {
            for (int u = 0; u < v; u++)
                distances[v * count + u] = distances[u * count + v] = TensorPrimitives.Distance(vertices.Slice(v * size, size), vertices.Slice(u * size, size));
        }
        double sum = 0, diameter = 0;
        for (int v = 0; v < count; v++)
        {
            int opposite = (v + directions) % count;
            double farthest = 0, detour = double.PositiveInfinity;
            for (int u = 0; u < count; u++)
            {
                if (u == v || u == opposite)
                    continue;
                farthest = Math.Max(farthest, distances[v * count + u]);
                detour = Math.Min(detour, distances[v * count + u] + distances[u * count + opposite]);
            }
            farthest = Math.Max(farthest, detour);
            (sum, diameter) = (sum + farthest, Math.Max(diameter, farthest));
        }
        return (sum / count, diameter);
    }
}
