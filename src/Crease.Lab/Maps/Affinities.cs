using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>How likely rows pick each other as neighbors: symmetric, and 1 in total.</summary>
/// <remarks>
/// Notation: p_j|i falls with exp(-β_i |x_i - x_j|²), where β_i makes the entropy of row i the logarithm of the perplexity; p_ij is the mean of both
/// over all rows. Source: van der Maaten and Hinton (<c>vandermaaten2008tsne</c>), equations 1 and 2.
/// </remarks>
internal sealed class Affinities
{
    private const int MostHalvings = 200;

    private Affinities(int[] starts, int[] others, double[] weights, double[] perplexities) => (Starts, Others, Weights, Perplexities) = (starts, others, weights, perplexities);

    /// <summary>Where each row's entries begin, and the end. Shape [rows + 1].</summary>
    public int[] Starts { get; }

    /// <summary>The other row of each entry, ascending within a row.</summary>
    public int[] Others { get; }

    /// <summary>p_ij of each entry.</summary>
    public double[] Weights { get; }

    /// <summary>The perplexity that each row reached before both directions were averaged. Shape [rows].</summary>
    public double[] Perplexities { get; }

    /// <param name="rows">Shape [rows][columns].</param>
    /// <param name="perplexity">Wanted number of neighbors.</param>
    /// <param name="neighbors">How many nearest rows count; all others where it is their number.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static Affinities Of(double[][] rows, double perplexity, int neighbors, RunContext run)
    {
        int count = rows.Length;
        var near = new int[count][];
        var shares = new double[count][];
        var reached = new double[count];
        Workers.InParts(count, 16, run, () => (Squares: new double[count], Order: new int[count]), (own, first, length) =>
        {
            for (int i = first; i < first + length; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    double distance = TensorPrimitives.Distance<double>(rows[i], rows[j]);
                    (own.Squares[j], own.Order[j]) = (distance * distance, j);
                }
                own.Squares[i] = double.PositiveInfinity;
                if (neighbors < count - 1)
                    Array.Sort(own.Order, (a, b) => own.Squares[a] != own.Squares[b] ? own.Squares[a].CompareTo(own.Squares[b]) : a.CompareTo(b));
                int[] mine = [.. own.Order.Where(j => j != i).Take(neighbors).Order()];
                (near[i], (shares[i], reached[i])) = (mine, Shares(Array.ConvertAll(mine, j => own.Squares[j]), perplexity));
            }
        });
        return Symmetric(near, shares, reached);
    }

    // Shares of one row's neighbors, whose entropy is searched for by halving.
    private static (double[] Shares, double Perplexity) Shares(double[] squares, double perplexity)
    {
        double least = squares.Min(), mean = squares.Average() - least, beta = mean > 0 ? 1 / mean : 1, low = 0, high = double.PositiveInfinity, entropy = 0;
        var shares = new double[squares.Length];
        for (int halving = 0; halving < MostHalvings; halving++)
        {
            double sum = 0, moment = 0;
            for (int j = 0; j < shares.Length; j++)
            {
                double weight = shares[j] = Math.Exp(-beta * (squares[j] - least));
                sum += weight;
                moment += weight * beta * (squares[j] - least);
            }
            entropy = Math.Log(sum) + moment / sum;
            TensorPrimitives.Divide(shares, sum, shares);
            if (Math.Abs(entropy - Math.Log(perplexity)) < 1e-10)
                break;
            (low, high) = entropy > Math.Log(perplexity) ? (beta, high) : (low, beta);
            beta = double.IsInfinity(high) ? 2 * beta : (low + high) / 2;
            // Equal rows have any perplexity.
            if (!double.IsFinite(beta) || beta == 0)
                break;
        }
        return (shares, Math.Exp(entropy));
    }

    private static Affinities Symmetric(int[][] near, double[][] shares, double[] reached)
    {
        int count = near.Length;
        if (near.All(others => others.Length == count - 1))
            return Full(near, shares, reached);
        var entries = new List<(int Other, double Weight)>[count];
        for (int i = 0; i < count; i++)
            entries[i] = new List<(int, double)>(2 * near[i].Length);
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < near[i].Length; k++)
            {
                double half = shares[i][k] / (2.0 * count);
                entries[i].Add((near[i][k], half));
                entries[near[i][k]].Add((i, half));
            }
        }
        var starts = new int[count + 1];
        List<int> others = [];
        List<double> weights = [];
        for (int i = 0; i < count; i++)
        {
            foreach (IGrouping<int, (int Other, double Weight)> pair in entries[i].GroupBy(entry => entry.Other).OrderBy(pair => pair.Key))
            {
                others.Add(pair.Key);
                weights.Add(pair.Sum(entry => entry.Weight));
            }
            starts[i + 1] = others.Count;
        }
        return new Affinities(starts, [.. others], [.. weights], reached);
    }

    private static Affinities Full(int[][] near, double[][] shares, double[] reached)
    {
        int count = near.Length;
        var weights = new double[count * (count - 1)];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < count - 1; k++)
            {
                int j = near[i][k];
                weights[i * (count - 1) + k] = (shares[i][k] + shares[j][i < j ? i : i - 1]) / (2.0 * count);
            }
        }
        return new Affinities([.. Enumerable.Range(0, count + 1).Select(i => i * (count - 1))], [.. near.SelectMany(others => others)], weights, reached);
    }
}
