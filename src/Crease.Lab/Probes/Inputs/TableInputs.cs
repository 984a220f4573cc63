namespace Crease.Lab;

/// <summary>Some columns of a table, standardized by the training rows of each split.</summary>
/// <param name="rows">Shape [rows, all columns]; NaN where there is no value.</param>
/// <param name="columns">Indices of the columns to use.</param>
internal sealed class TableInputs(double[][] rows, int[] columns) : ProbeInputs
{
    public override IProbeRows Prepared(ReadOnlySpan<int> training)
    {
        Standardization scale = Standardization.Of(rows, columns, training);
        return new DenseRows([.. rows.Select(row => scale.Of(row, columns))], columns.Length);
    }

    /// <summary>A length as a number and as its logarithm, so that a straight rule may bend.</summary>
    /// <param name="lengths">From 0. Shape [rows].</param>
    public static TableInputs OfLengths(int[] lengths) => new([.. lengths.Select(length => (double[])[length, Math.Log(1.0 + length)])], [0, 1]);

    /// <summary>One column per name: 1 for it, 0 for the others.</summary>
    /// <param name="names">Shape [rows].</param>
    public static TableInputs OfNames(string[] names)
    {
        string[] known = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new TableInputs([.. names.Select(name => Array.ConvertAll(known, other => other == name ? 1.0 : 0.0))], [.. Enumerable.Range(0, known.Length)]);
    }
}
