using System.Numerics;

namespace Crease.Lab;

/// <summary>Most linear regions that one hidden layer can cut an affine set into.</summary>
/// <remarks>
/// Notation: n units, d the dimension of the set. The bound is the sum over i from 0 to d of C(n, i); without biases all creases pass through one
/// point and it is twice the sum over i from 0 to d - 1 of C(n - 1, i). Source: Cosentino and Shekkizhar (<c>cosentino2024reasoning</c>), figure 3.
/// Exactness: exact, reached by creases in general position.
/// </remarks>
public static class RegionBound
{
    /// <summary>The bound for units with biases.</summary>
    /// <param name="units">Number of hidden units, from 0.</param>
    /// <param name="dimension">Dimension of the set, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public static BigInteger Of(int units, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        BigInteger sum = 1, choices = 1;
        for (int i = 1; i <= Math.Min(dimension, units); i++)
        {
            choices = choices * (units - i + 1) / i;
            sum += choices;
        }
        return sum;
    }

    /// <summary>The bound for units without biases on a linear set.</summary>
    /// <param name="units">Number of hidden units, from 0.</param>
    /// <param name="dimension">Dimension of the set, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public static BigInteger WithoutBias(int units, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        return units == 0 || dimension == 0 ? 1 : 2 * Of(units - 1, dimension - 1);
    }
}
