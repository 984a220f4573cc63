using System.Collections.Immutable;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Texts as points of a plane by their spline features, with the label of each.</summary>
/// <remarks>
/// Every feature is scaled to deviation 1 first. Source: Balestriero, Cosentino and Shekkizhar (<c>balestriero2024characterizing</c>) for maps of
/// domains. No label is used to make the map.
/// </remarks>
public sealed class FeatureMap
{
    private const int MostComponents = 50;

    private FeatureMap(ImmutableArray<long> rows, ImmutableArray<string> labels, double[][] scaled, double[][] places) => (Rows, Labels, Scaled, Places) = (rows, labels, scaled, places);

    /// <summary>Nearest rows that count in agreements.</summary>
    public const int Neighbors = 10;

    /// <summary>Places of the texts in their prompt file. Shape [points].</summary>
    public ImmutableArray<long> Rows { get; }

    /// <summary>Labels. Shape [points].</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>Coordinates. Shape [points][2].</summary>
    public double[][] Places { get; }

    /// <summary>Texts that are left out because a feature of theirs is not defined.</summary>
    public int LeftOut { get; private init; }

    /// <summary>Shares of the variance along the first two components, in [0, 1]. Shape [2].</summary>
    public required double[] Shares { get; init; }

    /// <summary>The map of neighbors, or null where components are the map.</summary>
    public NeighborMap? OfNeighbors { get; private init; }

    // What agreements are measured in: all features, scaled.
    private double[][] Scaled { get; }

    /// <summary>Maps texts.</summary>
    /// <param name="table">Their features.</param>
    /// <param name="field">Column of the labels.</param>
    /// <param name="neighbors">How to make a map of neighbors, or null for principal components.</param>
    /// <param name="run">Threads, cancellation and progress.</param>
    /// <exception cref="ModelException">There is no such column.</exception>
    /// <exception cref="ArgumentException">There are too few texts, or an option is out of its range.</exception>
    public static FeatureMap Of(FeatureTable table, string field, NeighborMapOptions? neighbors, RunContext run)
    {
        if (!table.Fields.TryGetValue(field, out string[]? labels))
            throw new ModelException("features", $"has no column '{field}'; expected {(table.Fields.Count == 0 ? "one, but the prompts had none beside the text" : string.Join(", ", table.Fields.Keys.Take(12)))}");
        int[] kept = [.. Enumerable.Range(0, table.Count).Where(text => IsDefined(table[text]))];
        if (kept.Length < 2)
            throw new ArgumentException($"{kept.Length} of {table.Count} texts have all features defined; expected at least 2, of more than one token each");
        double[][] rows = Array.ConvertAll(kept, text => table[text].ToArray());
        PrincipalComponents components = PrincipalComponents.Of(rows, Math.Min(MostComponents, table.Width), isScaled: true, run);
        double[][] scaled = [.. rows.Select(row => components.Of(row))];
        NeighborMap? map = neighbors is null ? null : NeighborMap.Of(scaled, neighbors, run);
        double[][] places = map is null ? Array.ConvertAll(scaled, row => row[..2]) : [.. map.Xs.Zip(map.Ys, (x, y) => new[] { x, y })];
        return new FeatureMap([.. kept.Select(text => table.Rows[text])], [.. kept.Select(text => labels[text])], scaled, places)
        {
            LeftOut = table.Count - kept.Length,
            Shares = [components.Share(0), components.Share(1)],
            OfNeighbors = map,
        };
    }

    /// <summary>Share of equal labels among the 10 nearest points: in the features (their first 50 components), in the map, and by chance.</summary>
    /// <param name="run">Threads and cancellation.</param>
    public (double InFeatures, double InMap, double ByChance) Agreement(RunContext run) =>
        (LabelAgreement.Of(Scaled, Labels, Neighbors, run), LabelAgreement.Of(Places, Labels, Neighbors, run), LabelAgreement.OfChance(Labels));

    private static bool IsDefined(ReadOnlySpan<double> features)
    {
        foreach (double feature in features)
        {
            if (!double.IsFinite(feature))
                return false;
        }
        return true;
    }
}
