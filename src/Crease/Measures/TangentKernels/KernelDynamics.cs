using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Gradient descent under a kernel that stays fixed, in closed form at any time.</summary>
/// <remarks>
/// Notation: loss ½ ‖f - y‖² summed over rows and outputs, rate 1, continuous time t (a rate η is the time η t; the loss of a mean over "size" numbers, ½ ‖f - y‖² / size, is the time t / size).
/// f_t(X) = f_0 + (I - exp(-Θ t)) (y - f_0); f_t(x) = f_0(x) + Θ(x, X) Θ⁻¹ (I - exp(-Θ t)) (y - f_0). With Θ = V diag(λ) Vᵀ the factor (1 - exp(-λ t)) / λ is taken by expm1, and is t at λ = 0; at t = ∞ the space of λ = 0 is
/// left out (pseudo-inverse). Source: <c>lee2019wide</c>, equations 8 to 15. Cost: about 9 rows³ FLOPs once, then rows² · outputs per time.
/// It describes training near its start or at large width: look at the drift of the kernel beside it.
/// </remarks>
public sealed class KernelDynamics
{
    private readonly double[] _values, _residuals, _initial;
    private readonly double[][] _vectors;

    /// <summary>Prepares the kernel of the training rows.</summary>
    /// <param name="kernel">Θ(X, X), square and symmetric.</param>
    /// <param name="targets">y. Shape [rows, outputs], finite.</param>
    /// <param name="initial">f_0(X). Shape [rows, outputs], finite.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a target or an initial value is not finite.</exception>
    public KernelDynamics(KernelMatrix kernel, double[] targets, double[] initial)
    {
        kernel.RequireSquare(nameof(kernel));
        Rows = kernel.Rows;
        Outputs = targets.Length / Rows;
        if (Outputs == 0 || targets.Length != Rows * Outputs || initial.Length != targets.Length)
            throw new ArgumentException($"'targets' has {targets.Length} entries and 'initial' {initial.Length}; expected [rows, outputs] with {Rows} rows for both.", nameof(targets));
        if (Array.Exists(targets, value => !double.IsFinite(value)) || Array.Exists(initial, value => !double.IsFinite(value)))
            throw new ArgumentException("'targets' or 'initial' holds a number that is not finite; expected finite numbers.", nameof(targets));
        _initial = initial;
        if (!kernel.IsFinite || KernelSpectrum.Overflows(kernel))
        {
            Spectrum = new KernelSpectrum { Status = KernelStatus.NotFinite, Values = [] };
            (_values, _vectors, _residuals) = ([], [], []);
            return;
        }
        (_values, _vectors) = SymmetricEigen.Of(kernel.ToRows());
        Spectrum = KernelSpectrum.Of(_values);
        double[] difference = new double[targets.Length];
        TensorPrimitives.Subtract(targets, initial, difference);
        _residuals = Project(difference, Outputs);
    }

    /// <summary>Number of training rows.</summary>
    public int Rows { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Eigenvalues, and whether they mean something.</summary>
    public KernelSpectrum Spectrum { get; }

    /// <summary>Whether predictions can be made: the kernel is finite and has no clearly negative eigenvalue.</summary>
    public bool IsSolved => Spectrum.Status is KernelStatus.Complete or KernelStatus.RankDeficient;

    /// <summary>Share of ‖y - f_0‖² along each eigenvector, of the largest eigenvalue first. Shape [rows]; empty where the outputs are the targets or the kernel is not finite.</summary>
    public double[] TargetShares()
    {
        double all = TensorPrimitives.SumOfSquares<double>(_residuals);
        return all > 0 ? [.. Enumerable.Range(0, _values.Length).Select(k => TensorPrimitives.SumOfSquares<double>(_residuals.AsSpan(k * Outputs, Outputs)) / all)] : [];
    }

    /// <summary>The outputs at the training rows.</summary>
    /// <param name="time">η t, at least 0; infinity for the end.</param>
    /// <returns>Shape [rows, outputs].</returns>
    /// <exception cref="InvalidOperationException">The kernel is not solved; see <see cref="IsSolved"/>.</exception>
    public double[] Training(double time)
    {
        Check(time);
        var outputs = (double[])_initial.Clone();
        for (int k = 0; k < Rows; k++)
        {
            double learned = Learned(k, time);
            for (int i = 0; i < Rows; i++)
                TensorPrimitives.MultiplyAdd(_residuals.AsSpan(k * Outputs, Outputs), learned * _vectors[k][i], outputs.AsSpan(i * Outputs, Outputs), outputs.AsSpan(i * Outputs, Outputs));
        }
        return outputs;
    }

    /// <summary>The outputs at other inputs.</summary>
    /// <param name="cross">Θ(x, X). Shape [inputs, rows], finite.</param>
    /// <param name="initial">f_0(x). Shape [inputs, outputs].</param>
    /// <param name="time">η t, at least 0; infinity for the end.</param>
    /// <returns>Shape [inputs, outputs].</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or a number is not finite.</exception>
    /// <exception cref="InvalidOperationException">The kernel is not solved.</exception>
    public double[] Test(KernelMatrix cross, double[] initial, double time)
    {
        RequireCross(cross);
        if (initial.Length != cross.Rows * Outputs)
            throw new ArgumentException($"'initial' has {initial.Length} entries; expected [inputs, outputs] = [{cross.Rows}, {Outputs}].", nameof(initial));
        return cross.Applied(Weights(time), initial);
    }

    /// <summary>What each training row adds to the outputs at other inputs: the terms of the sum behind <see cref="Test"/>.</summary>
    /// <param name="cross">Θ(x, X). Shape [inputs, rows], finite.</param>
    /// <param name="time">η t, at least 0; infinity for the end.</param>
    /// <returns>Shape [inputs, rows, outputs]; the sum over rows plus f_0(x) is the prediction.</returns>
    /// <exception cref="InvalidOperationException">The kernel is not solved.</exception>
    public double[] Influence(KernelMatrix cross, double time)
    {
        RequireCross(cross);
        double[] weights = Weights(time), terms = new double[(long)cross.Rows * weights.Length];
        for (int i = 0; i < cross.Rows; i++)
        {
            for (int at = 0; at < weights.Length; at++)
                terms[i * weights.Length + at] = cross[i, at / Outputs] * weights[at];
        }
        return terms;
    }

    /// <summary>Covariance over random starts of an ensemble of wide networks after training.</summary>
    /// <remarks>K** + T E' K E' Tᵀ - (T E' K(X, x*) + transpose) with E' = Θ⁻¹ (I - exp(-Θ t)). Source: <c>lee2019wide</c>, equation 16.</remarks>
    /// <param name="cross">T = Θ(x, X). Shape [inputs, rows].</param>
    /// <param name="start">K(X, X) of the outputs at the start. Shape [rows, rows].</param>
    /// <param name="startCross">K(x, X). Shape [inputs, rows].</param>
    /// <param name="startTest">K(x, x). Shape [inputs, inputs].</param>
    /// <param name="time">η t, at least 0; infinity for the end.</param>
    /// <returns>Shape [inputs, inputs].</returns>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    /// <exception cref="InvalidOperationException">The kernel is not solved.</exception>
    public KernelMatrix Covariance(KernelMatrix cross, KernelMatrix start, KernelMatrix startCross, KernelMatrix startTest, double time)
    {
        RequireCross(cross);
        RequireCross(startCross);
        if (start.Rows != Rows || start.Columns != Rows || startTest.Rows != cross.Rows || startTest.Columns != cross.Rows || startCross.Rows != cross.Rows)
            throw new ArgumentException($"'start' is [{start.Rows}, {start.Columns}], 'startCross' [{startCross.Rows}, {startCross.Columns}], 'startTest' [{startTest.Rows}, {startTest.Columns}]; expected [{Rows}, {Rows}], [{cross.Rows}, {Rows}] and [{cross.Rows}, {cross.Rows}].", nameof(start));
        Check(time);
        int tests = cross.Rows;
        var gains = new double[tests * Rows];
        for (int i = 0; i < tests; i++)
        {
            for (int k = 0; k < Rows; k++)
            {
                double along = TensorPrimitives.Dot(cross.Values.Slice(i * Rows, Rows), _vectors[k]) * Factor(k, time);
                TensorPrimitives.MultiplyAdd(_vectors[k], along, gains.AsSpan(i * Rows, Rows), gains.AsSpan(i * Rows, Rows));
            }
        }
        double[] covariance = startTest.Values.ToArray(), moved = new double[Rows];
        for (int i = 0; i < tests; i++)
        {
            ReadOnlySpan<double> gain = gains.AsSpan(i * Rows, Rows);
            for (int r = 0; r < Rows; r++)
                moved[r] = TensorPrimitives.Dot(start.Values.Slice(r * Rows, Rows), gain);
            for (int j = 0; j < tests; j++)
            {
                ReadOnlySpan<double> other = gains.AsSpan(j * Rows, Rows);
                covariance[i * tests + j] += TensorPrimitives.Dot(moved, other) - TensorPrimitives.Dot(gain, startCross.Values.Slice(j * Rows, Rows)) - TensorPrimitives.Dot(other, startCross.Values.Slice(i * Rows, Rows));
            }
        }
        return new KernelMatrix(tests, tests, covariance);
    }

    // Θ⁻¹ (I - exp(-Θ t)) (y - f_0). Shape [rows, outputs].
    private double[] Weights(double time)
    {
        Check(time);
        var weights = new double[Rows * Outputs];
        for (int k = 0; k < Rows; k++)
        {
            double factor = Factor(k, time);
            for (int i = 0; i < Rows && factor != 0; i++)
                TensorPrimitives.MultiplyAdd(_residuals.AsSpan(k * Outputs, Outputs), factor * _vectors[k][i], weights.AsSpan(i * Outputs, Outputs), weights.AsSpan(i * Outputs, Outputs));
        }
        return weights;
    }

    private bool IsZero(int k) => _values[k] <= Rows * KernelSpectrum.RankTolerance * Math.Max(0, _values[0]);

    private double Factor(int k, double time) => !IsZero(k) ? Learned(k, time) / _values[k] : double.IsPositiveInfinity(time) ? 0 : time;

    // 1 - exp(-λ t). Math has no expm1: the product form keeps all digits of small exponents.
    private double Learned(int k, double time)
    {
        double exponent = IsZero(k) ? 0 : -_values[k] * time;
        return exponent < -0.5 ? 1 - Math.Exp(exponent) : -2 * Math.Exp(exponent / 2) * Math.Sinh(exponent / 2);
    }

    private double[] Project(double[] rows, int outputs)
    {
        var projected = new double[rows.Length];
        for (int k = 0; k < Rows; k++)
        {
            for (int i = 0; i < Rows; i++)
                TensorPrimitives.MultiplyAdd(rows.AsSpan(i * outputs, outputs), _vectors[k][i], projected.AsSpan(k * outputs, outputs), projected.AsSpan(k * outputs, outputs));
        }
        return projected;
    }

    private void RequireCross(KernelMatrix cross)
    {
        if (cross.Columns != Rows || !cross.IsFinite)
            throw new ArgumentException($"'cross' has shape [{cross.Rows}, {cross.Columns}]{(cross.IsFinite ? "" : " and holds a number that is not finite")}; expected finite numbers of shape [inputs, {Rows}].", nameof(cross));
    }

    private void Check(double time)
    {
        if (!(time >= 0))
            throw new ArgumentException($"'time' is {time}; expected at least 0.", nameof(time));
        if (!IsSolved)
            throw new InvalidOperationException(KernelAdvice.Of(Spectrum.Status));
    }
}
