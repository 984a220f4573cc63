using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How often the normalized units of a layer separate pairs of samples, beside what units with random directions would.</summary>
/// <param name="Name">Name of the dense node.</param>
/// <param name="Pairs">Pairs of samples.</param>
/// <param name="Observed">Mean share of units whose crease, through the mean of the layer's inputs, lies between the two samples of a pair.</param>
/// <param name="Law">Mean of angle / π over the pairs: the expected share for isotropic directions.</param>
/// <remarks>Source: Lemma 1 of <c>riedi2026provable</c>. Exactness: exact for these pairs, which are sampled. Trained directions are not isotropic: a difference is a finding, not an error.</remarks>
public sealed record UnitSeparation(string Name, int Pairs, double Observed, double Law)
{
    /// <summary>Separation by the dense layers of a normalized network.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="inputs">Shape [count, inputs], row-major.</param>
    /// <param name="count">Number of samples, at least 2.</param>
    /// <param name="pairs">Pairs of rows.</param>
    /// <param name="epsilon">As for <see cref="BatchNormalized.Of"/>.</param>
    /// <returns>One per dense layer on vectors that is normalized. Of large batches the first samples count, as many as 512 MiB of values allow.</returns>
    public static ImmutableArray<UnitSeparation> Of(Network network, double[] inputs, int count, IReadOnlyList<(int First, int Second)> pairs, double epsilon = 1e-5) =>
        Of(BatchNormalized.Of(network, inputs, count, epsilon), inputs, count, pairs);

    internal static ImmutableArray<UnitSeparation> Of(BatchNormalized batch, double[] inputs, int count, IReadOnlyList<(int First, int Second)> pairs)
    {
        var found = ImmutableArray.CreateBuilder<UnitSeparation>();
        int kept = Batches.Room(batch.Network, count);
        double[][] values = pairs.Count == 0 ? [] : batch.Network.Values(inputs.AsSpan(0, kept * batch.Network.InputShape.Size), kept);
        pairs = [.. pairs.Where(pair => Math.Max(pair.First, pair.Second) < kept)];
        for (int site = 0; site < batch.Sites.Length && pairs.Count > 0; site++)
        {
            Node before = batch.Before(site);
            if (before.Layer is Dense { OutputShape.Rank: 1 } dense)
                found.Add(OfLayer(before, dense, values, pairs, kept));
        }
        return found.ToImmutable();
    }

    /// <summary>Pairs of different rows, drawn at random.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="pairs">How many pairs.</param>
    /// <param name="isWanted">Whether a pair is one of those asked for.</param>
    /// <param name="random">Source of the rows.</param>
    /// <returns>At most so many: there may be none.</returns>
    public static IReadOnlyList<(int First, int Second)> Draw(int count, int pairs, Func<int, int, bool> isWanted, RandomSource random)
    {
        var found = new List<(int, int)>();
        for (int trial = 0; trial < 50 * pairs && found.Count < pairs && count > 1; trial++)
        {
            (int a, int b) = (random.Index(count), random.Index(count));
            if (a != b && isWanted(a, b))
                found.Add((a, b));
        }
        return found;
    }

    private static UnitSeparation OfLayer(Node node, Dense dense, double[][] values, IReadOnlyList<(int First, int Second)> pairs, int count)
    {
        double[] z = values[node.Inputs[0]], h = values[node.Index];
        double[] means = ChannelStatistics.Of(h.AsSpan(0, count * dense.Outputs), count, dense.OutputShape).Means, center = new double[dense.Inputs];
        for (int i = 0; i < z.Length; i++)
            center[i % dense.Inputs] += z[i] / count;
        double observed = 0, law = 0;
        foreach ((int a, int b) in pairs)
        {
            int between = 0;
            for (int unit = 0; unit < dense.Outputs; unit++)
                between += h[a * dense.Outputs + unit] > means[unit] != h[b * dense.Outputs + unit] > means[unit] ? 1 : 0;
            observed += (double)between / dense.Outputs / pairs.Count;
            law += Separation.Probability(z.AsSpan(a * dense.Inputs, dense.Inputs), z.AsSpan(b * dense.Inputs, dense.Inputs), center) / pairs.Count;
        }
        return new UnitSeparation(node.Name, pairs.Count, observed, law);
    }
}
