using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>How many inputs share a region: distinct codes among samples, up to each layer and in total.</summary>
/// <remarks>
/// A count from samples is a lower bound on the number of regions, and can never exceed the number of samples: above half of it says little but that there are many more
/// (<see cref="IsSaturated"/>). Source: <c>balestriero2019geometry</c>, experiments on samples per region. Exactness: exact for the samples.
/// </remarks>
public sealed class RegionSharing
{
    private const double Saturation = 0.5;

    private RegionSharing(CodeTable codes)
    {
        Samples = codes.Count;
        RegionOf = [.. Regions(codes, codes.Layers.Length)];
        Sizes = [.. RegionOf.GroupBy(region => region).OrderBy(group => group.Key).Select(group => group.Count())];
        DistinctPerLayer = [.. Enumerable.Range(1, codes.Layers.Length).Select(layers => Regions(codes, layers).Max() + 1)];
    }

    /// <summary>Number of inputs.</summary>
    public int Samples { get; }

    /// <summary>The region of each input, numbered in the order of first occurrence. Shape [samples].</summary>
    public ImmutableArray<int> RegionOf { get; }

    /// <summary>Inputs in each region. Shape [distinct].</summary>
    public ImmutableArray<int> Sizes { get; }

    /// <summary>Number of different codes.</summary>
    public int Distinct => Sizes.Length;

    /// <summary>Number of different codes of the first l + 1 layers, per layer l. Shape [layers].</summary>
    public ImmutableArray<int> DistinctPerLayer { get; }

    /// <summary>Distinct codes over samples, in (0, 1].</summary>
    public double Share => (double)Distinct / Samples;

    /// <summary>Whether the count is limited by the number of samples rather than by the network.</summary>
    public bool IsSaturated => Share > Saturation;

    /// <summary>What to do about a saturated count; empty where it is not.</summary>
    public string Advice => IsSaturated
        ? FormattableString.Invariant($"{Distinct} codes among {Samples} samples: the count is limited by the samples and says little about the network. Take more samples, or count regions on a slice ('crease partition').")
        : "";

    /// <summary>Counts.</summary>
    /// <param name="codes">The codes of the inputs.</param>
    public static RegionSharing Of(CodeTable codes) => new(codes);

    /// <summary>Regions after joining those whose affine maps are equal: creases that change the code and not the function are left out.</summary>
    /// <param name="templates">The network, prepared.</param>
    /// <param name="inputs">The inputs that were counted.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <returns>Number of different affine maps among the regions of the inputs; slopes and offsets are compared to 1e-9 of their size.</returns>
    public int DistinctMaps(Templates templates, IReadOnlyList<double[]> inputs, Numerics.RunContext? run = null)
    {
        var first = new int[Distinct];
        for (int s = Samples - 1; s >= 0; s--)
            first[RegionOf[s]] = s;
        // A few random functionals of a map tell it from others; regions next to each other in their order are compared.
        var keys = new double[Distinct];
        var scales = new double[Distinct];
        int size = templates.Graph.Inputs;
        var random = new Numerics.RandomSource(0x5EED);
        double[] weights = [.. Enumerable.Range(0, (size + 1) * templates.Graph.Outputs).Select(_ => random.Uniform(0.5, 1.5) * (random.Uniform() < 0.5 ? -1 : 1))];
        templates.Visit([.. first.Select(s => inputs[s])], (region, slopes, offsets, _) =>
        {
            keys[region] = System.Numerics.Tensors.TensorPrimitives.Dot(slopes, weights.AsSpan(0, slopes.Length)) + System.Numerics.Tensors.TensorPrimitives.Dot(offsets, weights.AsSpan(slopes.Length, offsets.Length));
            scales[region] = System.Numerics.Tensors.TensorPrimitives.SumOfMagnitudes(slopes) + System.Numerics.Tensors.TensorPrimitives.SumOfMagnitudes(offsets);
        }, run);
        Array.Sort(keys, scales);
        int distinct = 1;
        for (int region = 1; region < keys.Length; region++)
            distinct += keys[region] - keys[region - 1] > 1e-9 * Math.Max(scales[region], 1e-300) ? 1 : 0;
        return distinct;
    }

    private static int[] Regions(CodeTable codes, int layers)
    {
        var byHash = new Dictionary<ulong, List<(int Sample, int Region)>>();
        var regions = new int[codes.Count];
        int next = 0;
        for (int s = 0; s < regions.Length; s++)
        {
            ulong hash = layers == codes.Layers.Length ? codes.Hash(s) : codes.Hash(s, layers);
            if (!byHash.TryGetValue(hash, out List<(int Sample, int Region)>? same))
                byHash[hash] = same = [];
            int at = same.FindIndex(other => codes.AreEqual(other.Sample, s, layers));
            if (at < 0)
                same.Add((s, next++));
            regions[s] = at < 0 ? next - 1 : same[at].Region;
        }
        return regions;
    }
}
