using Crease.Numerics;

namespace Crease.Models;

/// <summary>Addition modulo p: pairs (a, b) as two one-hot vectors, with the class (a + b) mod p.</summary>
/// <remarks>Source: Power et al. (<c>power2022grokking</c>), section 3: a network learns the table from a part of its entries.</remarks>
public sealed record AdditionTable : ISyntheticSet
{
    /// <summary>p, in [2, 512].</summary>
    public int Modulus { get; init; } = 113;

    /// <summary>Number of pairs: p².</summary>
    public int Pairs => Modulus * Modulus;

    /// <inheritdoc/>
    /// <returns>Rows of 2p numbers. All pairs, by a and then b, where <paramref name="samples"/> is p²; else as many of them at random, in that order.</returns>
    public DataSet Draw(int samples, RandomSource random)
    {
        if (Modulus is < 2 or > 512)
            throw new ArgumentException($"'Modulus' is {Modulus}; expected 2 to 512.");
        SyntheticFaults.Check(samples, 2L * Modulus, samples <= Pairs ? null : $"'samples' is {samples}; there are {Pairs} pairs.");
        int[] pairs = samples == Pairs ? [.. Enumerable.Range(0, Pairs)] : RandomRows.Of(Pairs, samples, random);
        var inputs = new double[samples][];
        for (int row = 0; row < samples; row++)
        {
            inputs[row] = new double[2 * Modulus];
            inputs[row][pairs[row] / Modulus] = inputs[row][Modulus + pairs[row] % Modulus] = 1;
        }
        return new DataSet("modular-addition", inputs, Array.ConvertAll(pairs, pair => (pair / Modulus + pair % Modulus) % Modulus)) { Classes = Modulus, Range = new DataRange(0, 1, IsMeasured: false) };
    }
}
