using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The maximum-likelihood dimension of Levina and Bickel, with the averages in use.</summary>
/// <remarks>
/// Notation: k ↔ <see cref="Neighbors"/>; d_i = (k - 1) / Σ_j log(r_k / r_j), j &lt; k, or with k - 2, which makes d_i (not its inverse) unbiased. Source: <c>levina2004mle</c>, equation 8;
/// <c>mackay2005comments</c> for the harmonic mean. Cost: the neighbor search. Exactness: sampled; too low in many dimensions, where k neighbors reach the boundary.
/// </remarks>
public sealed record LevinaBickel : IDimensionEstimator
{
    /// <summary>Neighbors k, at least 3.</summary>
    public int Neighbors { get; init; } = 20;

    /// <summary>How local dimensions are averaged.</summary>
    public LocalAverage Average { get; init; }

    /// <summary>Whether the numerator is k - 2, which belongs with the arithmetic mean.</summary>
    public bool IsUnbiased { get; init; }

    /// <inheritdoc/>
    public string Name => Average switch { LocalAverage.Harmonic => "mle", LocalAverage.Arithmetic => "mle-mean", _ => "mle-median" };

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        if (Neighbors < 3)
            throw new InvalidOperationException($"'{nameof(Neighbors)}' is {Neighbors}; expected at least 3.");
        var asked = new DimensionEstimate(Name, $"k = {Neighbors}, k-{(IsUnbiased ? 2 : 1)}, {Average.ToString().ToLowerInvariant()} mean".Replace("median mean", "median", StringComparison.Ordinal));
        if (EnoughPoints.Fault(asked, cloud, Neighbors) is { } fault)
            return fault;
        // Inverses, which exist where all distances are equal too.
        double?[] inverse = Inverses(cloud.Neighbors(Neighbors, run));
        double[] defined = [.. inverse.Where(value => value is not null && (Average == LocalAverage.Harmonic || value > 0)).Select(value => value!.Value)];
        if (defined.Length == 0 || !(defined.Max() > 0))
            return asked.Without(DimensionStatus.Undefined, $"the {Neighbors} nearest neighbors of every point are at the same distance; use more neighbors");
        (double value, DimensionInterval? interval) = Averaged(defined, run);
        DimensionEstimate found = asked.With(value, defined.Length, cloud.Count - defined.Length) with { Interval = interval, Pointwise = [.. inverse.Select(v => v > 0 ? 1 / v : null)] };
        return IsUnbiased && Average == LocalAverage.Harmonic
            ? found with { Warnings = [FormattableString.Invariant($"k-2 with the harmonic mean is {100.0 / (Neighbors - 1):F1} % too low; k-2 belongs with the arithmetic mean")] }
            : found;
    }

    private (double, DimensionInterval?) Averaged(double[] inverse, RunContext run)
    {
        if (Average == LocalAverage.Harmonic)
            return (1 / inverse.Average(), Bootstrap.OfMean(inverse, run, mean => 1 / mean));
        double[] local = Array.ConvertAll(inverse, value => 1 / value);
        if (Average == LocalAverage.Arithmetic)
            return (local.Average(), Bootstrap.OfMean(local, run, mean => mean));
        Array.Sort(local);
        return (Median.Of(local), Bootstrap.Of(local.Length, run, weights =>
        {
            int seen = 0, middle = 0;
            while ((seen += weights[middle]) * 2 < local.Length)
                middle++;
            return local[middle];
        }));
    }

    private double?[] Inverses(NeighborTable table)
    {
        var inverse = new double?[table.Count];
        for (int i = 0; i < table.Count; i++)
        {
            ReadOnlySpan<double> r = table.Distances(i)[..Neighbors];
            double sum = 0;
            for (int j = 0; j < Neighbors - 1; j++)
                sum += Math.Log(r[^1] / r[j]);
            inverse[i] = r[0] > 0 ? sum / (Neighbors - (IsUnbiased ? 2 : 1)) : null;
        }
        return inverse;
    }
}
