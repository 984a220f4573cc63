namespace Crease.Networks;

/// <summary>An affine function A x + b, as a network is on one region.</summary>
/// <remarks>Notation: A_ω ↔ <see cref="Slopes"/>, b_ω ↔ <see cref="Offsets"/>.</remarks>
public sealed class AffineMap
{
    private readonly double[] _slopes;
    private readonly double[] _offsets;

    /// <summary>Makes an affine map; the arrays must not change afterwards.</summary>
    /// <param name="slopes">Shape [outputs, inputs], row-major.</param>
    /// <param name="offsets">Shape [outputs].</param>
    /// <exception cref="ArgumentException"><paramref name="slopes"/> is not a whole number of rows.</exception>
    public AffineMap(double[] slopes, double[] offsets)
    {
        if (offsets.Length == 0 || slopes.Length % offsets.Length != 0)
            throw new ArgumentException($"'slopes' has {slopes.Length} entries, which is not a whole number of rows of 'offsets' ({offsets.Length} rows). Pass slopes row-major with shape [outputs, inputs].", nameof(slopes));
        (_slopes, _offsets) = (slopes, offsets);
    }

    /// <summary>A. Shape [outputs, inputs], row-major.</summary>
    public ReadOnlySpan<double> Slopes => _slopes;

    /// <summary>b. Shape [outputs].</summary>
    public ReadOnlySpan<double> Offsets => _offsets;

    /// <summary>Number of rows.</summary>
    public int Outputs => _offsets.Length;

    /// <summary>Number of columns.</summary>
    public int Inputs => _slopes.Length / _offsets.Length;

    /// <summary>Frobenius norm of A.</summary>
    public double SlopeNorm => Math.Sqrt(_slopes.Sum(a => a * a));

    /// <summary>The value at a point.</summary>
    /// <param name="x">Shape [inputs].</param>
    /// <returns>Shape [outputs].</returns>
    public double[] At(ReadOnlySpan<double> x)
    {
        var y = (double[])_offsets.Clone();
        for (int o = 0; o < y.Length; o++)
        {
            for (int i = 0; i < x.Length; i++)
                y[o] += _slopes[o * x.Length + i] * x[i];
        }
        return y;
    }
}
