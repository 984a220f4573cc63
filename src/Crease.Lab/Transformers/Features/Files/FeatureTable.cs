using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Spline features of texts: seven per layer and text, and what the prompt file says of each.</summary>
/// <remarks>Memory: 56 bytes per layer and text.</remarks>
public sealed class FeatureTable
{
    private readonly double[] _values;

    /// <summary>Makes a table.</summary>
    /// <param name="layers">Number of layers, at least 1.</param>
    /// <param name="rows">Places of the texts in their file. Shape [texts].</param>
    /// <param name="tokens">Number of tokens of each text. Shape [texts].</param>
    /// <param name="values">Features, NaN where one is not defined. Shape [texts, layers, 7], row-major.</param>
    /// <param name="fields">Columns of the prompt file. Shape [texts] each.</param>
    /// <param name="about">What the table says of itself: model, precision, version.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public FeatureTable(int layers, ImmutableArray<long> rows, ImmutableArray<int> tokens, double[] values, IReadOnlyDictionary<string, string[]> fields, IReadOnlyDictionary<string, string> about)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        if (tokens.Length != rows.Length || values.LongLength != (long)rows.Length * layers * LayerFeatures.Count || fields.Values.Any(field => field.Length != rows.Length))
            throw new ArgumentException($"There are {rows.Length} rows, {tokens.Length} numbers of tokens and {values.LongLength} values of {layers} layers; expected {LayerFeatures.Count} values per row and layer.", nameof(values));
        (Layers, Rows, Tokens, _values, Fields, About) = (layers, rows, tokens, values, fields, about);
    }

    /// <summary>Number of layers.</summary>
    public int Layers { get; }

    /// <summary>Number of features of a text: seven per layer.</summary>
    public int Width => Layers * LayerFeatures.Count;

    /// <summary>Number of texts.</summary>
    public int Count => Rows.Length;

    /// <summary>Places of the texts in their file. Shape [texts].</summary>
    public ImmutableArray<long> Rows { get; }

    /// <summary>Number of tokens of each text. Shape [texts].</summary>
    public ImmutableArray<int> Tokens { get; }

    /// <summary>Columns of the prompt file. Shape [texts] each.</summary>
    public IReadOnlyDictionary<string, string[]> Fields { get; }

    /// <summary>What the table says of itself.</summary>
    public IReadOnlyDictionary<string, string> About { get; }

    /// <summary>The features of a text, NaN where one is not defined; feature f (from 0) of layer l (from 0) is at 7 l + f.</summary>
    /// <param name="text">Index of the text.</param>
    public ReadOnlySpan<double> this[int text] => _values.AsSpan(text * Width, Width);

    /// <summary>All features. Shape [texts, layers, 7], row-major.</summary>
    internal ReadOnlySpan<double> Values => _values;

    /// <summary>Name of a feature's column: <c>layer3_f2</c>.</summary>
    /// <param name="layer">Index of the layer, from 0; names count from 1.</param>
    /// <param name="feature">Index of the feature, from 0; names count from 1.</param>
    public static string NameOf(int layer, int feature) => $"layer{layer + 1}_f{feature + 1}";
}
