namespace Crease.Measures;

/// <summary>How alike two kernels are, and how well a kernel suits targets.</summary>
/// <remarks>Source: alignment of <c>cristianini2001alignment</c>, centered as in <c>cortes2012algorithms</c>; drift and velocity as in <c>fort2020deep</c>.</remarks>
public static class KernelComparison
{
    /// <summary>‖Θ_t - Θ_0‖ / ‖Θ_0‖: 0 for a kernel that stays.</summary>
    /// <param name="first">Θ_0, finite.</param>
    /// <param name="now">Θ_t, finite, of the same shape.</param>
    /// <returns>At least 0; null where Θ_0 is 0 or a number is not finite.</returns>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static double? Drift(KernelMatrix first, KernelMatrix now)
    {
        RequireEqual(first, now);
        double norm = first.Norm();
        if (!first.IsFinite || !now.IsFinite || norm == 0)
            return null;
        var difference = new double[first.Values.Length];
        for (int i = 0; i < difference.Length; i++)
            difference[i] = now.Values[i] / norm - first.Values[i] / norm;
        return Finite(new KernelMatrix(first.Rows, first.Columns, difference).Norm());
    }

    /// <summary>1 - ⟨Θ_t, Θ_s⟩ / (‖Θ_t‖ ‖Θ_s‖): 0 for kernels that differ by a factor only.</summary>
    /// <param name="one">A kernel.</param>
    /// <param name="other">Another of the same shape.</param>
    /// <returns>In [0, 2]; null where one is 0 or not finite.</returns>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static double? Distance(KernelMatrix one, KernelMatrix other)
    {
        RequireEqual(one, other);
        return Cosine(one.Values, other.Values) is double cosine ? Math.Max(0, 1 - cosine) : null;
    }

    /// <summary>⟨Θ, Y Yᵀ⟩ / (‖Θ‖ ‖Y Yᵀ‖): how much of the kernel says which inputs share a target.</summary>
    /// <param name="kernel">Square.</param>
    /// <param name="targets">Y. Shape [rows, outputs].</param>
    /// <param name="isCentered">Whether rows and columns of both are first freed of their means, so that a constant kernel aligns with nothing.</param>
    /// <returns>In [-1, 1]; null where one of the two is 0 or not finite.</returns>
    /// <exception cref="ArgumentException">The kernel is not square, or the targets are no whole number of its rows.</exception>
    public static double? Alignment(KernelMatrix kernel, double[] targets, bool isCentered = false)
    {
        kernel.RequireSquare(nameof(kernel));
        int size = kernel.Rows, outputs = targets.Length / size;
        if (outputs == 0 || targets.Length != size * outputs)
            throw new ArgumentException($"'targets' has {targets.Length} entries; expected [rows, outputs] for {size} rows.", nameof(targets));
        var products = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                products[i * size + j] = System.Numerics.Tensors.TensorPrimitives.Dot<double>(targets.AsSpan(i * outputs, outputs), targets.AsSpan(j * outputs, outputs));
        }
        double[] values = kernel.Values.ToArray();
        if (isCentered)
        {
            Center(values, size);
            Center(products, size);
        }
        return Cosine(values, products);
    }

    private static void Center(double[] values, int size)
    {
        double[] means = [.. Enumerable.Range(0, size).Select(i => values.AsSpan(i * size, size).ToArray().Average())];
        double all = means.Average();
        for (int i = 0; i < values.Length; i++)
            values[i] += all - means[i / size] - means[i % size];
    }

    private static double? Cosine(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        double a = 0, b = 0, dot = 0, aa = 0, bb = 0;
        for (int i = 0; i < one.Length; i++)
            (a, b) = (Math.Max(a, Math.Abs(one[i])), Math.Max(b, Math.Abs(other[i])));
        if (a == 0 || b == 0 || !double.IsFinite(a) || !double.IsFinite(b))
            return null;
        for (int i = 0; i < one.Length; i++)
        {
            double x = one[i] / a, y = other[i] / b;
            (dot, aa, bb) = (dot + x * y, aa + x * x, bb + y * y);
        }
        return Finite(Math.Clamp(dot / Math.Sqrt(aa * bb), -1, 1));
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static void RequireEqual(KernelMatrix one, KernelMatrix other)
    {
        if (one.Rows != other.Rows || one.Columns != other.Columns)
            throw new ArgumentException($"'{nameof(other)}' has shape [{other.Rows}, {other.Columns}]; expected [{one.Rows}, {one.Columns}].", nameof(other));
    }
}
