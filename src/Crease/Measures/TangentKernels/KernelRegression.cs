using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Kernel ridge regression on the residuals of a network: where gradient descent under a fixed kernel ends, by a linear solve.</summary>
/// <remarks>
/// f(x) = f_0(x) + Θ(x, X) (Θ + ridge I)⁻¹ (y - f_0). Source: <c>lee2019wide</c>, equation 15 at t = ∞. Cost: rows³ / 3 FLOPs. Exactness: float64.
/// </remarks>
public sealed class KernelRegression
{
    private readonly double[] _weights;

    private KernelRegression(KernelStatus status, int rows, int outputs, double[] weights) => (Status, Rows, Outputs, _weights) = (status, rows, outputs, weights);

    /// <summary>Complete, or why there is no solution.</summary>
    public KernelStatus Status { get; }

    /// <summary>Number of training rows.</summary>
    public int Rows { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Solves.</summary>
    /// <param name="kernel">Θ(X, X), square and symmetric.</param>
    /// <param name="residuals">y - f_0. Shape [rows, outputs].</param>
    /// <param name="ridge">Added to the diagonal, at least 0.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or the ridge is out of range.</exception>
    public static KernelRegression Of(KernelMatrix kernel, double[] residuals, double ridge = 0)
    {
        kernel.RequireSquare(nameof(kernel));
        int rows = kernel.Rows, outputs = residuals.Length / rows;
        if (outputs == 0 || residuals.Length != rows * outputs)
            throw new ArgumentException($"'residuals' has {residuals.Length} entries; expected [rows, outputs] with {rows} rows.", nameof(residuals));
        if (!(ridge >= 0) || !double.IsFinite(ridge))
            throw new ArgumentException(FormattableString.Invariant($"'ridge' is {ridge}; expected a number of at least 0."), nameof(ridge));
        if (!kernel.IsFinite)
            return new KernelRegression(KernelStatus.NotFinite, rows, outputs, []);
        if (Cholesky.Of(kernel.Values, rows, ridge) is not { } factor)
            return new KernelRegression(KernelStatus.RankDeficient, rows, outputs, []);
        double[] weights = new double[residuals.Length], column = new double[rows];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < rows; i++)
                column[i] = residuals[i * outputs + o];
            factor.Solve(column);
            for (int i = 0; i < rows; i++)
                weights[i * outputs + o] = column[i];
        }
        return new KernelRegression(Array.TrueForAll(weights, double.IsFinite) ? KernelStatus.Complete : KernelStatus.NotFinite, rows, outputs, weights);
    }

    /// <summary>The outputs at other inputs.</summary>
    /// <param name="cross">Θ(x, X). Shape [inputs, rows].</param>
    /// <param name="initial">f_0(x). Shape [inputs, outputs].</param>
    /// <returns>Shape [inputs, outputs].</returns>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    /// <exception cref="InvalidOperationException">There is no solution; see <see cref="Status"/>.</exception>
    public double[] Predict(KernelMatrix cross, double[] initial)
    {
        if (Status != KernelStatus.Complete)
            throw new InvalidOperationException(KernelAdvice.Of(Status));
        if (cross.Columns != Rows || initial.Length != cross.Rows * Outputs)
            throw new ArgumentException($"'cross' is [{cross.Rows}, {cross.Columns}] and 'initial' has {initial.Length} entries; expected [inputs, {Rows}] and [inputs, {Outputs}].", nameof(cross));
        return cross.Applied(_weights, initial);
    }
}
