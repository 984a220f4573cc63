using Crease.Numerics;

namespace Crease.Measures;

/// <summary>DANCo: the dimension of the uniform ball whose nearest distances and angles between neighbors are most like those of the points.</summary>
/// <remarks>
/// Notation: k ↔ <see cref="Ranks"/>; d^ is MiND's real estimate, ν and τ the mean over points of direction and concentration of von Mises distributions of the k (k - 1) / 2 angles between neighbors. The dimension minimizes
/// KL_d + KL_ν,τ against simulated balls with as many points. Source: <c>ceruti2014danco</c>; the constant of KL_d is added so that it is 0 for equal dimensions. Simulated are dimensions around d^,
/// up and down until the divergence has grown several times in a row, not all up to the number of columns. Cost: a neighbor search per dimension; balls are kept for later calls. Exactness: sampled.
/// </remarks>
public sealed record Danco : IDimensionEstimator
{
    private const int MostPoints = 2000, MostRanks = 20, Patience = 3;

    /// <summary>k, in [3, 20].</summary>
    public int Ranks { get; init; } = 10;

    /// <summary>Whether the value is a whole number, not the minimum of a parabola through the best three.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The largest dimension; null for the number of columns.</summary>
    public int? Most { get; init; }

    // Points of a ball of some dimension, instead of simulated ones.
    internal Func<int, double[][]>? GivenBalls { get; init; }

    /// <inheritdoc/>
    public string Name => "danco";

    /// <inheritdoc/>
    public int Neighbors => 0;

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        if (Ranks is < 3 or > MostRanks)
            throw new InvalidOperationException($"'{nameof(Ranks)}' is {Ranks}; expected 3 to {MostRanks}.");
        var asked = new DimensionEstimate(Name, FormattableString.Invariant($"k = {Ranks}, {(IsWhole ? "whole number" : "parabola through the best three")}{(cloud.Count > MostPoints ? $", {MostPoints} points at random" : "")}"));
        if (EnoughPoints.CoordinateFault(asked, cloud, Ranks + 2) is { } fault)
            return fault;
        PointCloud points = cloud.Count > MostPoints ? cloud.Subset(RandomPoints.Of(cloud.Count, MostPoints, run.Seed)) : cloud;
        int most = Math.Max(1, Most ?? cloud.Columns);
        if (DancoStatistics.Of(points, Ranks, most, run) is not { } seen)
            return asked.Without(DimensionStatus.Undefined, $"the {Ranks + 1} nearest neighbors of every point are at the same distance; use more neighbors");
        var divergences = new SortedDictionary<int, double>();
        double Divergence(int d)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (!divergences.TryGetValue(d, out double value))
                divergences[d] = value = DancoDivergence.Of(seen, Ball(points.Count, d, run), Ranks);
            return value;
        }

        int best = Best(Math.Clamp((int)Math.Round(seen.Dimension), 1, most), most, Divergence);
        double found = IsWhole || best == 1 || best == most ? best : best + Vertex(Divergence(best - 1), Divergence(best), Divergence(best + 1));
        DimensionEstimate estimate = asked.With(found, points.Count);
        return best == most && most > 1 ? estimate with { Warnings = [$"the divergence still falls at {most} dimensions, the most that were asked for"] } : estimate;
    }

    private DancoStatistics Ball(int points, int dimension, RunContext run) =>
        GivenBalls is null ? DancoStatistics.OfBall(points, dimension, Ranks, run) : DancoStatistics.Of(PointCloud.Of(GivenBalls(dimension)), Ranks, 2 * dimension + 5, run)!;

    private static int Best(int start, int most, Func<int, double> divergence)
    {
        int best = start;
        foreach (int step in (int[])[1, -1])
        {
            // Far up neighboring dimensions differ little, so that noise may hide the minimum for longer.
            for (int d = start, worse = 0; d >= 1 && d <= most && worse < Patience + start / 4; d += step)
            {
                worse = divergence(d) < divergence(best) || d == best ? 0 : worse + 1;
                best = divergence(d) < divergence(best) ? d : best;
            }
        }
        return best;
    }

    private static double Vertex(double left, double middle, double right)
    {
        double bend = left - 2 * middle + right;
        return bend > 0 ? Math.Clamp((left - right) / (2 * bend), -0.5, 0.5) : 0;
    }
}
