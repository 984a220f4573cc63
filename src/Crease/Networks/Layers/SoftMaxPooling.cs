using System.Collections.Immutable;

namespace Crease.Networks.Layers;

/// <summary>The soft version of max pooling: the candidates of a window, weighted by a softmax.</summary>
/// <remarks>Notation: t = softmax(κ s) over the window, κ = β / (1 - β), output Σ t_r s_r; β to 1 is the maximum, β to 0 the mean. Source: β-VQ units, <c>balestriero2019hard</c>.</remarks>
public sealed class SoftMaxPooling : SmoothLayer
{
    private readonly double[] _betas, _sharpness;

    /// <summary>Softens a layer.</summary>
    /// <param name="hard">A max pooling.</param>
    /// <param name="betas">β, in (0, 1). Shape [1] for one of all units, or [units].</param>
    /// <exception cref="ArgumentException">A β is out of range.</exception>
    public SoftMaxPooling(MaxPooling hard, params ReadOnlySpan<double> betas)
        : base(hard.InputShapes, hard.OutputShape)
    {
        SoftCode.Check(betas, hard.Units);
        Hard = hard;
        _betas = betas.ToArray();
        _sharpness = Array.ConvertAll(_betas, SoftCode.Sharpness);
    }

    /// <summary>The pooling that this becomes as β goes to 1.</summary>
    public MaxPooling Hard { get; }

    /// <summary>β. Shape [1] or [units].</summary>
    public ImmutableArray<double> Betas => [.. _betas];

    /// <inheritdoc/>
    public override string Kind => "soft max pooling";

    /// <inheritdoc/>
    public override long Flops => 4 * Hard.Flops;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output)
    {
        int size = InputShapes[0].Size;
        double[] values = inputs[0], code = [];
        foreach ((int unit, List<int> candidates) in Windows())
        {
            code = code.Length == candidates.Count ? code : new double[candidates.Count];
            for (int v = 0; v < count; v++)
            {
                Code(unit, candidates, values.AsSpan(v * size, size), code);
                double sum = 0;
                for (int r = 0; r < code.Length; r++)
                    sum += code[r] * values[v * size + candidates[r]];
                output[v * Hard.Units + unit] = sum;
            }
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        if (inputGradients[0].Length == 0)
            return;
        int size = InputShapes[0].Size;
        double[] values = inputs[0], code = [];
        foreach ((int unit, List<int> candidates) in Windows())
        {
            code = code.Length == candidates.Count ? code : new double[candidates.Count];
            for (int v = 0; v < count; v++)
            {
                Code(unit, candidates, values.AsSpan(v * size, size), code);
                double mean = output[v * Hard.Units + unit], slope = gradient[v * Hard.Units + unit];
                for (int r = 0; r < code.Length; r++)
                    inputGradients[0][v * size + candidates[r]] += slope * code[r] * (1 + Sharpness(unit) * (values[v * size + candidates[r]] - mean));
            }
        }
    }

    /// <summary>The derivative of one unit's output by its β.</summary>
    /// <param name="unit">0-based unit.</param>
    /// <param name="values">One input. Shape [size of the input].</param>
    public double BetaSlope(int unit, double[] values)
    {
        var candidates = new List<int>();
        Hard.Candidates(unit, candidates);
        var code = new double[candidates.Count];
        Code(unit, candidates, values, code);
        return SoftCode.BetaSlope(code, r => values[candidates[r]], _betas[_betas.Length == 1 ? 0 : unit]);
    }

    private void Code(int unit, List<int> candidates, ReadOnlySpan<double> values, Span<double> code)
    {
        for (int r = 0; r < code.Length; r++)
            code[r] = values[candidates[r]];
        SoftCode.Of(code, Sharpness(unit));
    }

    private IEnumerable<(int, List<int>)> Windows()
    {
        var candidates = new List<int>();
        for (int unit = 0; unit < Hard.Units; unit++)
        {
            Hard.Candidates(unit, candidates);
            yield return (unit, candidates);
        }
    }

    private double Sharpness(int unit) => _sharpness[_sharpness.Length == 1 ? 0 : unit];
}
