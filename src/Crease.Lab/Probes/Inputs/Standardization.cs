using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Means and deviations of training rows, by which all rows are brought to mean 0 and deviation 1.</summary>
/// <remarks>A value that is not defined becomes the training mean, which is 0 afterwards. A column that never changes, or has no value at all, becomes 0.</remarks>
/// <param name="Means">Mean of the defined values, or 0. Shape [columns].</param>
/// <param name="Deviations">Standard deviation (divided by n) of the defined values, or 0 where the column never changes. Shape [columns].</param>
public sealed record Standardization(ImmutableArray<double> Means, ImmutableArray<double> Deviations)
{
    /// <summary>Measures rows.</summary>
    /// <param name="rows">Shape [rows, all columns]; NaN where there is no value.</param>
    /// <param name="columns">Indices of the columns to use.</param>
    /// <param name="training">Indices of the rows that may be looked at.</param>
    public static Standardization Of(double[][] rows, int[] columns, ReadOnlySpan<int> training)
    {
        var means = new double[columns.Length];
        var deviations = new double[columns.Length];
        for (int c = 0; c < columns.Length; c++)
        {
            (int count, double mean, double squares, double largest) = (0, 0, 0, 0);
            foreach (int row in training)
            {
                double value = rows[row][columns[c]];
                if (double.IsNaN(value))
                    continue;
                double before = value - mean;
                mean += before / ++count;
                squares += before * (value - mean);
                largest = Math.Max(largest, Math.Abs(value));
            }
            double deviation = count == 0 ? 0 : Math.Sqrt(squares / count);
            // Rounding alone must not become a feature.
            (means[c], deviations[c]) = (mean, deviation > 1e-12 * largest ? deviation : 0);
        }
        return new Standardization([.. means], [.. deviations]);
    }

    /// <summary>A row on the common scale. Shape [columns].</summary>
    /// <param name="row">A row with all columns.</param>
    /// <param name="columns">Indices of the columns to use.</param>
    public double[] Of(ReadOnlySpan<double> row, ReadOnlySpan<int> columns)
    {
        var scaled = new double[columns.Length];
        for (int c = 0; c < scaled.Length; c++)
        {
            double value = row[columns[c]];
            scaled[c] = double.IsNaN(value) || Deviations[c] == 0 ? 0 : (value - Means[c]) / Deviations[c];
        }
        return scaled;
    }
}
