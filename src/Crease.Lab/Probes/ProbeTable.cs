using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Crease.Lab;

/// <summary>Features of texts: named columns, one row per text, NaN where a feature is not defined.</summary>
public sealed partial class ProbeTable
{
    private const int MostColumns = 100_000;

    /// <summary>Makes a table.</summary>
    /// <param name="names">Names of the columns, 1 to 100,000, all different.</param>
    /// <param name="rows">Shape [rows, columns]; NaN where there is no value, otherwise finite.</param>
    /// <exception cref="ArgumentException">A name repeats, a row has another length, or a number is infinite.</exception>
    public ProbeTable(IReadOnlyList<string> names, double[][] rows)
    {
        if (names.Count is < 1 or > MostColumns || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new ArgumentException($"'names' has {names.Count} entries; expected 1 to {MostColumns} different names.", nameof(names));
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row].Length != names.Count)
                throw new ArgumentException($"row {row} of 'rows' has {rows[row].Length} numbers; expected {names.Count}, one per name.", nameof(rows));
            int infinite = Array.FindIndex(rows[row], double.IsInfinity);
            if (infinite >= 0)
                throw new ArgumentException($"row {row} of 'rows' is infinite in column '{names[infinite]}'; pass finite numbers, or NaN where there is none.", nameof(rows));
        }
        (Names, Rows) = ([.. names], rows);
    }

    /// <summary>Names of the columns.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The values. Shape [rows, columns].</summary>
    public double[][] Rows { get; }

    /// <summary>A table of one text after another, named <c>layer1_f1</c> to <c>layerL_f7</c>.</summary>
    /// <param name="layers">Number of layers.</param>
    /// <param name="rows">Shape [rows, 7 · layers], layer by layer.</param>
    /// <exception cref="ArgumentException">A row has another length.</exception>
    public static ProbeTable OfLayers(int layers, double[][] rows) => new([.. Enumerable.Range(0, layers * LayerFeatures.Count).Select(i => FeatureTable.NameOf(i / LayerFeatures.Count, i % LayerFeatures.Count))], rows);

    /// <summary>The features of a file.</summary>
    /// <param name="features">What was read.</param>
    /// <exception cref="ArgumentException">A feature is infinite.</exception>
    public static ProbeTable Of(FeatureTable features) => OfLayers(features.Layers, [.. Enumerable.Range(0, features.Count).Select(text => features[text].ToArray())]);

    /// <summary>Layer and feature of a column, or null where its name says none.</summary>
    /// <param name="name">Name of a column.</param>
    /// <returns>Indices.</returns>
    public static (int Layer, int Feature)? PlaceOf(string name) => LayerAndFeature().Match(name) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int layer)
        ? (layer - 1, match.Groups[2].ValueSpan[0] - '1')
        : null;

    [GeneratedRegex("^layer([1-9][0-9]{0,5})_f([1-7])$")]
    private static partial Regex LayerAndFeature();
}
