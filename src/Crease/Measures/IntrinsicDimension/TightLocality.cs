using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The tight-locality estimator: every pair of neighbors of a point is a measurement of its own.</summary>
/// <remarks>
/// Notation: k ↔ <see cref="Neighbors"/>, r = r_k; for neighbors i, j at distances d_i, d_j from the point and v from each other, w² is v² or that of j's mirror image through the point, 2 d_i² + 2 d_j² - v². The measurement
/// of w² is ρ = r (√(b² + 4 w² (r² - d_i²)) - b) / (2 (r² - d_i²)) with b = d_i² + w² - d_j²: the distance of j from i, carried over to a ball around the point; at d_i = r it is r w² / (r² + w² - d_j²). Then
/// d = -2 n / (Σ log(ρ / r) + 2 Σ log(d_j / r)), n the pairs and distances that count, and its mean over points. Measurements below 10⁻⁴ r are left out with their partner.
/// Source: <c>amsaleg2019tle</c>, section 4. Cost: the neighbor search and points · k² / 2 distances. Exactness: sampled; works from few neighbors.
/// </remarks>
public sealed record TightLocality : IDimensionEstimator
{
    private const double Least = 1e-4;

    /// <summary>Neighbors k, at least 2.</summary>
    public int Neighbors { get; init; } = 20;

    /// <inheritdoc/>
    public string Name => "tle";

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        if (Neighbors < 2)
            throw new InvalidOperationException($"'{nameof(Neighbors)}' is {Neighbors}; expected at least 2.");
        var asked = new DimensionEstimate(Name, $"k = {Neighbors}, arithmetic mean");
        if (EnoughPoints.Fault(asked, cloud, Neighbors) is { } fault)
            return fault;
        NeighborTable table = cloud.Neighbors(Neighbors, run);
        var pointwise = new double?[table.Count];
        Workers.InParts(table.Count, 64, run, () => new double[Neighbors * Neighbors], (squares, first, count) =>
        {
            for (int point = first; point < first + count; point++)
                pointwise[point] = Local(cloud, table.Indices(point)[..Neighbors], table.Distances(point)[..Neighbors], squares);
        });
        return LocalMean.Result(asked, pointwise, Neighbors, run);
    }

    private static double? Local(PointCloud cloud, ReadOnlySpan<int> neighbors, ReadOnlySpan<double> d, double[] squares)
    {
        int k = d.Length;
        double r = d[^1], pairs = 0, single = 0;
        if (!(d[0] > 0))
            return null;
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double v = cloud.Distance(neighbors[i], neighbors[j]) / r;
                squares[i * k + j] = squares[j * k + i] = v * v;
            }
        }
        int counted = 0;
        for (int i = 0; i < k; i++)
        {
            double u = d[i] / r;
            if (u >= Least)
            {
                single += Math.Log(u);
                counted++;
            }
            for (int j = 0; j < k; j++)
            {
                double near = squares[i * k + j], w = d[j] / r;
                if (i == j)
                    continue;
                double s = Measurement(u, w, near), t = Measurement(u, w, Math.Max(0, 2 * u * u + 2 * w * w - near));
                if (!(s >= Least && t >= Least))
                    continue;
                pairs += Math.Log(s) + Math.Log(t);
                counted++;
            }
        }
        double sum = pairs + 2 * single;
        return sum < 0 && double.IsFinite(sum) ? -2 * counted / sum : null;
    }

    // All distances in units of r.
    private static double Measurement(double own, double other, double square)
    {
        double b = own * own + square - other * other, room = 1 - own * own;
        return room > 0 ? (Math.Sqrt(b * b + 4 * square * room) - b) / (2 * room) : square / (1 + square - other * other);
    }
}
