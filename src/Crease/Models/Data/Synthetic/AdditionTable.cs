using Crease.Numerics;

namespace Crease.Models;

/// <summary>Addition modulo p: pairs (a, b) as two one-hot vectors or as tokens, with the class (a + b) mod p.</summary>
/// <remarks>Source: Power et al. (<c>power2022grokking</c>), section 3: a network learns the table from a part of its entries.</remarks>
public sealed record AdditionTable : ISyntheticSet
{
    private const int LargestOneHot = 512, LargestTokens = 1009;

    /// <summary>p, in [2, 512], or in [2, 1009] as tokens.</summary>
    public int Modulus { get; init; } = 113;

    /// <summary>How a pair is written.</summary>
    public AdditionForm Form { get; init; }

    /// <summary>Number of pairs: p².</summary>
    public int Pairs => Modulus * Modulus;

    /// <inheritdoc/>
    /// <returns>Rows of 2p numbers, or of 3. All pairs, by a and then b, where <paramref name="samples"/> is p²; else as many of them at random, in that order.</returns>
    public DataSet Draw(int samples, RandomSource random)
    {
        int largest = Form == AdditionForm.Tokens ? LargestTokens : LargestOneHot;
        if (Modulus < 2 || Modulus > largest)
            throw new ArgumentException($"'Modulus' is {Modulus}; expected 2 to {largest}.");
        SyntheticFaults.Check(samples, Form == AdditionForm.Tokens ? 3 : 2L * Modulus, samples <= Pairs ? null : $"'samples' is {samples}; there are {Pairs} pairs.");
        int[] pairs = samples == Pairs ? [.. Enumerable.Range(0, Pairs)] : RandomRows.Of(Pairs, samples, random);
        return new DataSet("modular-addition", Array.ConvertAll(pairs, Row), Array.ConvertAll(pairs, pair => (pair / Modulus + pair % Modulus) % Modulus))
        {
            Classes = Modulus,
            Range = new DataRange(0, Form == AdditionForm.Tokens ? Modulus : 1, IsMeasured: false),
        };
    }

    private double[] Row(int pair)
    {
        (int a, int b) = Math.DivRem(pair, Modulus);
        if (Form == AdditionForm.Tokens)
            return [a, b, Modulus];
        var row = new double[2 * Modulus];
        row[a] = row[Modulus + b] = 1;
        return row;
    }
}
