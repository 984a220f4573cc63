using Parquet.Schema;

namespace Crease.Lab;

/// <summary>The columns of a file of features: row, tokens, those of the prompt file, then seven per layer.</summary>
internal sealed class FeatureSchema
{
    public const string RowName = "row", TokensName = "tokens";

    /// <param name="layers">Number of layers.</param>
    /// <param name="fields">Columns of the prompt file.</param>
    /// <exception cref="ArgumentException">A column of the prompt file has the name of one of ours.</exception>
    public FeatureSchema(int layers, IReadOnlyList<string> fields)
    {
        Features = [.. Enumerable.Range(0, layers * LayerFeatures.Count).Select(at => new DataField<double?>(FeatureTable.NameOf(at / LayerFeatures.Count, at % LayerFeatures.Count)))];
        Texts = [.. fields.Select(name => new DataField<string>(NameOf(name)))];
        if (Texts.Select(field => field.Name).Concat(Features.Select(field => field.Name)).GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"The prompts have a column called '{twice.Key}', which is the name of another column; give it another name.", nameof(fields));
        Schema = new ParquetSchema([Row, Tokens, .. Texts, .. Features]);
    }

    public DataField<long> Row { get; } = new(RowName);

    public DataField<int> Tokens { get; } = new(TokensName);

    public DataField<string>[] Texts { get; }

    public DataField<double?>[] Features { get; }

    public ParquetSchema Schema { get; }

    // Prompt files may have columns of these names, such as one of an earlier run.
    private static string NameOf(string field) => field is RowName or TokensName ? $"source_{field}" : field;
}
