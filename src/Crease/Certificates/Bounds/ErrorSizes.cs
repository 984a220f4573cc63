using System.Numerics.Tensors;

namespace Crease.Certificates;

/// <summary>How large the values of a network get on a box of inputs: what rounding errors of relaxations are measured by.</summary>
/// <remarks>
/// Notation: m_n ↔ <see cref="Magnitudes"/>, s_n = |W_n| m + |b_n| ↔ <see cref="Terms"/>. A row λ that has reached node n stands for λ · v_n, and the computed
/// row λ' = fl(λ W_n) differs from λ W_n by at most γ |λ| |W_n| element-wise. So replacing one by the other changes the value that the row stands for by at
/// most γ |λ| · s_n, on every input of the box. The bound holds for every box within.
/// </remarks>
internal sealed class ErrorSizes(int nodes)
{
    /// <summary>Largest magnitude of every element, by node.</summary>
    public double[][] Magnitudes { get; } = new double[nodes][];

    /// <summary>By affine node: sums of magnitudes behind every output element.</summary>
    public double[][] Terms { get; } = new double[nodes][];

    /// <summary>By node: what underflow may take away from a row that is pulled through it.</summary>
    public double[] Underflow { get; } = new double[nodes];

    public static double[] MagnitudesOf(double[] lower, double[] upper)
    {
        var sizes = new double[lower.Length];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Max(Math.Abs(lower[i]), Math.Abs(upper[i]));
        return sizes;
    }

    public static double Total(double[] magnitudes) => RoundingError.Slack * TensorPrimitives.Sum<double>(magnitudes);
}
