using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How many units two inputs have on the same piece, and how far a tangent kernel is that count.</summary>
/// <remarks>
/// The slopes in a tangent kernel depend on the region code alone. For one hidden layer of ReLU units the kernel is ⟨z, z'⟩ plus (⟨x, x'⟩ + 1) times an overlap of codes weighted by the outgoing weights; the plain
/// overlap Σ q q' of the active units leaves the weights out. Cost: a forward pass per input and units · rows² operations.
/// </remarks>
public static class CodeOverlap
{
    /// <summary>Number of units of element-wise piecewise-linear layers that are above their first knot at both inputs.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="inputs">Shape [rows, inputs], row-major.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <returns>Shape [rows, rows], whole numbers; null where the network has no such layer.</returns>
    public static KernelMatrix? Of(Network network, double[] inputs, RunContext? run = null)
    {
        run ??= RunContext.Default;
        int rows = KernelInputs.Count(inputs, network.InputShape.Size);
        Node[] layers = [.. network.Nodes.Where(node => node.Layer is PiecewiseLinear)];
        if (layers.Length == 0)
            return null;
        var sum = new KernelSum(rows, null, run.MemoryBudget / 2);
        foreach (Node node in layers)
        {
            int units = node.Shape.Size;
            double[] values = new ReverseSweep(network, node.Inputs[0]).Values(inputs, rows, run), bits = new double[values.Length];
            double knot = ((PiecewiseLinear)node.Layer).Knots[0];
            for (int i = 0; i < bits.Length; i++)
                bits[i] = values[i] > knot ? 1 : 0;
            sum.AddProduct(bits, bits, units, run);
        }
        return sum.Result(1);
    }

    /// <summary>Spearman's rank correlation of two kernels over the pairs of different inputs.</summary>
    /// <param name="one">Square, at least 3 rows.</param>
    /// <param name="other">Of the same shape.</param>
    /// <returns>In [-1, 1]; null where there are fewer than 3 rows, a number is not finite or all pairs are alike.</returns>
    public static double? Correlation(KernelMatrix one, KernelMatrix other)
    {
        if (one.Rows < 3 || one.Rows != one.Columns || other.Rows != one.Rows || other.Columns != one.Columns || !one.IsFinite || !other.IsFinite)
            return null;
        int at = 0, pairs = one.Rows * (one.Rows - 1) / 2;
        double[] a = new double[pairs], b = new double[pairs];
        for (int i = 0; i < one.Rows; i++)
        {
            for (int j = 0; j < i; j++, at++)
                (a[at], b[at]) = (one[i, j], other[i, j]);
        }
        return a.Length < 2 || IsConstant(a) || IsConstant(b) ? null : RankCorrelation.Of(a, b);
    }

    private static bool IsConstant(double[] values) => !values.AsSpan().ContainsAnyExcept(values[0]);
}
