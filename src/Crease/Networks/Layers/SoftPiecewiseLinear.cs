using System.Collections.Immutable;

namespace Crease.Networks.Layers;

/// <summary>The soft version of an element-wise piecewise-linear unit: its pieces, weighted by a softmax instead of chosen by a maximum.</summary>
/// <remarks>
/// Notation: scores s_r = slope_r z + offset_r, code t = softmax(κ s), κ = β / (1 - β), output Σ t_r s_r; it maximizes β Σ t_r s_r + (1 - β) H(t). ReLU becomes z σ(κz) (β = ½: SiLU),
/// |z| becomes z tanh(κz). β to 1 is the hard unit, β to 0 the mean of its pieces. Source: β-VQ units, <c>balestriero2019hard</c>. Scores are shifted by their maximum, so nothing overflows.
/// </remarks>
public sealed class SoftPiecewiseLinear : SmoothLayer
{
    private readonly double[] _betas, _sharpness;

    /// <summary>Softens a layer.</summary>
    /// <param name="hard">A layer whose units are convex: each is the largest of its pieces.</param>
    /// <param name="betas">β, in (0, 1). Shape [1] for one of all units, or [units].</param>
    /// <exception cref="ArgumentException">A unit is not convex, or a β is out of range.</exception>
    public SoftPiecewiseLinear(PiecewiseLinear hard, params ReadOnlySpan<double> betas)
        : base([hard.OutputShape], hard.OutputShape)
    {
        SoftCode.Check(betas, hard.Units);
        for (int unit = 0; unit < hard.Units; unit++)
        {
            for (int piece = 1; piece < hard.Pieces; piece++)
            {
                if (hard.Slope(unit, piece) < hard.Slope(unit, piece - 1))
                    throw new ArgumentException($"unit {unit} ({hard.Kind}) is not convex: its slope falls from {hard.Slope(unit, piece - 1)} to {hard.Slope(unit, piece)}. A soft version exists for units that are the largest of their pieces.", nameof(hard));
            }
        }
        Hard = hard;
        _betas = betas.ToArray();
        _sharpness = Array.ConvertAll(_betas, SoftCode.Sharpness);
    }

    /// <summary>The unit that this becomes as β goes to 1.</summary>
    public PiecewiseLinear Hard { get; }

    /// <summary>β. Shape [1] or [units].</summary>
    public ImmutableArray<double> Betas => [.. _betas];

    /// <inheritdoc/>
    public override string Kind => "soft " + Hard.Kind;

    /// <summary>The code of one unit: the weights of its pieces.</summary>
    /// <param name="unit">0-based unit.</param>
    /// <param name="z">Pre-activation.</param>
    /// <param name="code">Overwritten with positive numbers of sum 1. Shape [pieces].</param>
    public void Code(int unit, double z, Span<double> code)
    {
        for (int r = 0; r < code.Length; r++)
            code[r] = Hard.Slope(unit, r) * z + Hard.Offset(unit, r);
        SoftCode.Of(code, Sharpness(unit));
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output)
    {
        Span<double> code = stackalloc double[Math.Min(Hard.Pieces, 64)];
        code = Hard.Pieces <= 64 ? code : new double[Hard.Pieces];
        for (int i = 0; i < count * Hard.Units; i++)
        {
            int unit = i % Hard.Units;
            double z = inputs[0][i], value = 0;
            Code(unit, z, code);
            for (int r = 0; r < code.Length; r++)
                value += code[r] == 0 ? 0 : code[r] * (Hard.Slope(unit, r) * z + Hard.Offset(unit, r));
            output[i] = value;
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        var code = new double[Hard.Pieces];
        int length = inputGradients[0].Length == 0 ? 0 : count * Hard.Units;
        for (int i = 0; i < length; i++)
        {
            int unit = i % Hard.Units;
            double z = inputs[0][i], mean = 0, slope = 0;
            Code(unit, z, code);
            for (int r = 0; r < code.Length; r++)
                (mean, slope) = (mean + code[r] * (Hard.Slope(unit, r) * z + Hard.Offset(unit, r)), slope + code[r] * Hard.Slope(unit, r));
            double bend = 0;
            for (int r = 0; r < code.Length; r++)
                bend += code[r] * (Hard.Slope(unit, r) * z + Hard.Offset(unit, r) - mean) * Hard.Slope(unit, r);
            inputGradients[0][i] += gradient[i] * (slope + Sharpness(unit) * bend);
        }
    }

    /// <summary>The derivative of one unit's output by its β: the variance of its scores times dκ/dβ.</summary>
    /// <param name="unit">0-based unit.</param>
    /// <param name="z">Pre-activation.</param>
    public double BetaSlope(int unit, double z)
    {
        double[] code = new double[Hard.Pieces];
        Code(unit, z, code);
        return SoftCode.BetaSlope(code, r => Hard.Slope(unit, r) * z + Hard.Offset(unit, r), _betas[_betas.Length == 1 ? 0 : unit]);
    }

    private double Sharpness(int unit) => _sharpness[_sharpness.Length == 1 ? 0 : unit];
}
