using Crease.Networks;

namespace Crease.Lab;

/// <summary>The table of a + b modulo p as sequences of three tokens: a, b and the sign of equality.</summary>
/// <remarks>Source: Power et al. (<c>power2022grokking</c>), section 3.</remarks>
public static class ModularAddition
{
    /// <summary>The largest modulus: its table has about a million rows.</summary>
    public const int LargestModulus = 1009;

    /// <summary>All pairs, by a and then b; the sign of equality is token p, so that the vocabulary has p + 1 tokens.</summary>
    /// <param name="modulus">p, from 2 to <see cref="LargestModulus"/>.</param>
    public static TrainingData Table(int modulus)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modulus, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(modulus, LargestModulus);
        var inputs = new double[modulus * modulus][];
        var labels = new int[inputs.Length];
        for (int a = 0; a < modulus; a++)
        {
            for (int b = 0; b < modulus; b++)
                (inputs[a * modulus + b], labels[a * modulus + b]) = ([a, b, modulus], (a + b) % modulus);
        }
        return new TrainingData($"modular-addition:{modulus}", inputs, labels, null, new Shape(3));
    }
}
