using System.Collections.Immutable;

namespace Crease.Certificates;

/// <summary>One linear inequality on the outputs: Σ a y + c at most 0.</summary>
/// <remarks>Notation: a ↔ <see cref="Coefficients"/>; c is a decimal number of a text and lies in [<see cref="ConstantBelow"/>, <see cref="ConstantAbove"/>], two neighboring doubles or one.</remarks>
public sealed class OutputConstraint
{
    /// <summary>Makes a constraint.</summary>
    /// <param name="coefficients">a, finite. Shape [outputs].</param>
    /// <param name="constant">c, finite.</param>
    /// <param name="isStrict">Whether 0 itself violates the constraint.</param>
    public OutputConstraint(ReadOnlySpan<double> coefficients, double constant, bool isStrict = false)
        : this(coefficients.ToArray(), constant, constant, isStrict)
    {
    }

    internal OutputConstraint(double[] coefficients, double below, double above, bool isStrict)
    {
        foreach (double number in (ReadOnlySpan<double>)[.. coefficients, below, above])
        {
            if (!double.IsFinite(number))
                throw new ArgumentException($"A coefficient is {number}; expected finite numbers.", nameof(coefficients));
        }
        (Row, ConstantBelow, ConstantAbove, IsStrict) = (coefficients, below, above, isStrict);
    }

    /// <summary>a. Shape [outputs].</summary>
    public ImmutableArray<double> Coefficients => [.. Row];

    /// <summary>The largest double not above c.</summary>
    public double ConstantBelow { get; }

    /// <summary>The smallest double not below c.</summary>
    public double ConstantAbove { get; }

    /// <summary>Whether the sum must be below 0 and not merely at most 0.</summary>
    public bool IsStrict { get; }

    internal double[] Row { get; }

    /// <summary>A proved lower bound of Σ a y + c for outputs between limits.</summary>
    internal double LeastOn(double[] lower, double[] upper)
    {
        double sum = ConstantBelow, total = Math.Abs(sum);
        for (int i = 0; i < Row.Length; i++)
        {
            double part = Row[i] == 0 ? 0 : Row[i] * (Row[i] > 0 ? lower[i] : upper[i]);
            sum += part;
            total += Math.Abs(part);
        }
        return RoundingError.Down(sum, RoundingError.Slack * RoundingError.Gamma(Row.Length + 2) * total + RoundingError.Tiny);
    }

    /// <summary>Σ a y + c in plain float64: below or at 0 where the constraint holds, up to rounding.</summary>
    /// <param name="outputs">Shape [outputs].</param>
    public double At(ReadOnlySpan<double> outputs)
    {
        double sum = ConstantAbove;
        for (int i = 0; i < Row.Length; i++)
            sum += Row[i] == 0 ? 0 : Row[i] * outputs[i];
        return sum;
    }
}
