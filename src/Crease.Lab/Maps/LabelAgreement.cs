using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>How often the nearest rows of a row bear its label: how well labels are separated without any training.</summary>
public static class LabelAgreement
{
    /// <summary>The mean share of equal labels among the nearest rows.</summary>
    /// <param name="rows">Shape [rows][columns].</param>
    /// <param name="labels">Shape [rows].</param>
    /// <param name="neighbors">How many nearest rows count, from 1; at most all others. Of equally near ones the earlier count.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentException">There are fewer than 2 rows, or other than one label for each.</exception>
    public static double Of(double[][] rows, IReadOnlyList<string> labels, int neighbors, RunContext run)
    {
        if (rows.Length < 2 || labels.Count != rows.Length)
            throw new ArgumentException($"'rows' has {rows.Length} entries and 'labels' {labels.Count}; expected at least 2, and as many.", nameof(labels));
        int counted = Math.Clamp(neighbors, 1, rows.Length - 1);
        var shares = new double[rows.Length];
        Workers.InParts(rows.Length, 16, run, () => (Distances: new double[rows.Length], Order: new int[rows.Length]), (own, first, length) =>
        {
            for (int i = first; i < first + length; i++)
            {
                for (int j = 0; j < rows.Length; j++)
                    (own.Distances[j], own.Order[j]) = (j == i ? double.PositiveInfinity : TensorPrimitives.Distance<double>(rows[i], rows[j]), j);
                Array.Sort(own.Order, (a, b) => own.Distances[a] != own.Distances[b] ? own.Distances[a].CompareTo(own.Distances[b]) : a.CompareTo(b));
                shares[i] = own.Order.Take(counted).Count(j => labels[j] == labels[i]) / (double)counted;
            }
        });
        return shares.Sum() / shares.Length;
    }

    /// <summary>The agreement that random neighbors would have.</summary>
    /// <param name="labels">Shape [rows]; at least 2.</param>
    /// <returns>In [0, 1].</returns>
    public static double OfChance(IReadOnlyList<string> labels) =>
        labels.GroupBy(label => label).Sum(same => (double)same.Count() * (same.Count() - 1)) / ((double)labels.Count * (labels.Count - 1));
}
