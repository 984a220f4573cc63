using Crease.Networks;

namespace Crease.Measures;

/// <summary>How well the laws of batch normalization hold for the units of one layer on one batch, each computed in two ways.</summary>
/// <remarks>
/// Per unit with weight row w and projection h = w·z + b over the batch: the mean μ of h minimizes the sum of squared distances to the crease {h = c}; σ² = ‖w‖² · mean squared distance; the crease {h = μ}
/// holds the mean g of z; moving it by δ adds n δ² / ‖w‖²; the normalized output does not depend on ‖w‖. Directions are fixed: this is least squares in the offset, not a plane of total least squares.
/// Means and variances come from the layer's product, distances from its rows term by term. Source: section 2, eqs. 1-8 of <c>riedi2026provable</c>. Exactness: float64; each number is a largest relative error.
/// </remarks>
public sealed record CreaseFit
{
    /// <summary>Name of the node whose value is normalized.</summary>
    public required string Name { get; init; }

    /// <summary>Why the laws were not checked, or null.</summary>
    public string? Skipped { get; init; }

    /// <summary>Inputs of a unit: the dimension of the space that the creases lie in.</summary>
    public int Inputs { get; init; }

    /// <summary>Units that were checked.</summary>
    public int Units { get; init; }

    /// <summary>Points of the batch, windows for a convolution.</summary>
    public int Points { get; init; }

    /// <summary>Units with equal projections of all points: they have no variance, and no crease that data lie on both sides of.</summary>
    public int ConstantUnits { get; init; }

    /// <summary>Largest |c* - μ| / σ, with c* the vertex of the parabola through three explicit sums of squared distances.</summary>
    public double MinimizerError { get; init; }

    /// <summary>Largest |σ² - ‖w‖² mean dist²| / σ².</summary>
    public double VarianceError { get; init; }

    /// <summary>Largest |w·g + b - μ| / (‖w‖ (1 + ‖g‖)).</summary>
    public double AnchorError { get; init; }

    /// <summary>Largest relative error of n δ² / ‖w‖² as what a shift by δ = σ adds to the sum of squared distances.</summary>
    public double ShiftError { get; init; }

    /// <summary>Largest change of a normalized value when w is multiplied by 7.</summary>
    public double ScaleError { get; init; }

    /// <summary>Smallest share of points on the positive side of a unit's crease at its mean (β = 0), over units with a variance.</summary>
    public double LeastActive { get; init; }

    /// <summary>Largest such share.</summary>
    public double MostActive { get; init; }

    /// <summary>Median distance of the creases from g, in units of the layer's input, that the network's own offsets give them: |c - μ| / ‖w‖ with c from running statistics, γ and β, or 0 - the pre-activation's mean - without batch normalization.</summary>
    public double OwnOffset { get; init; }

    /// <summary>Median root-mean-square distance of the points to the creases through g: σ / ‖w‖.</summary>
    public double Spread { get; init; }

    /// <summary>The largest of the five errors.</summary>
    public double LargestError => Math.Max(Math.Max(MinimizerError, VarianceError), Math.Max(Math.Max(AnchorError, ShiftError), ScaleError));

    /// <summary>Checks every site of a network on a batch.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="inputs">Shape [count, inputs], row-major, finite.</param>
    /// <param name="count">Number of samples, at least 2.</param>
    /// <param name="epsilon">As for <see cref="BatchNormalized.Of"/>.</param>
    /// <returns>One per site.</returns>
    /// <remarks>Of large batches the first samples are checked, as many as 512 MiB of values allow.</remarks>
    public static CreaseFit[] Of(Network network, double[] inputs, int count, double epsilon = 1e-5) => Of(network, BatchNormalized.Of(network, inputs, count, epsilon), inputs, count);

    internal static CreaseFit[] Of(Network given, BatchNormalized batch, double[] inputs, int count)
    {
        int kept = Batches.Room(batch.Network, count);
        double[][] values = batch.Network.Values(inputs.AsSpan(0, kept * given.InputShape.Size), kept);
        return [.. Enumerable.Range(0, batch.Sites.Length).Select(site => new CreaseFitting(given, batch, site, values, kept, kept == count).Run())];
    }
}
