using System.Numerics.Tensors;
using Crease.Networks;

namespace Crease.Measures;

/// <summary>The affine maps of some inputs: templates, offsets, and every score split into &lt;template, input&gt; and offset.</summary>
public sealed class TemplateSet
{
    private readonly double[] _slopes, _offsets, _scores;

    internal TemplateSet(int outputs, int inputs, double[] slopes, double[] offsets, double[] scores) =>
        (Outputs, Inputs, _slopes, _offsets, _scores) = (outputs, inputs, slopes, offsets, scores);

    /// <summary>Number of samples.</summary>
    public int Count => _offsets.Length / Outputs;

    /// <summary>Number of outputs: templates of one sample.</summary>
    public int Outputs { get; }

    /// <summary>Number of inputs: entries of a template.</summary>
    public int Inputs { get; }

    /// <summary>All templates. Shape [samples, outputs, inputs], row-major.</summary>
    public ReadOnlySpan<double> Slopes => _slopes;

    /// <summary>All offsets. Shape [samples, outputs].</summary>
    public ReadOnlySpan<double> Offsets => _offsets;

    /// <summary>The outputs at the inputs. Shape [samples, outputs].</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>One template.</summary>
    /// <param name="sample">0-based sample.</param>
    /// <param name="output">0-based output.</param>
    /// <returns>Shape [inputs].</returns>
    public ReadOnlySpan<double> Template(int sample, int output) => _slopes.AsSpan((sample * Outputs + output) * Inputs, Inputs);

    /// <summary>What the template says of a score: &lt;A_c, x&gt;; the rest of it is the offset.</summary>
    /// <param name="sample">0-based sample.</param>
    /// <param name="output">0-based output.</param>
    public double Match(int sample, int output) => _scores[sample * Outputs + output] - _offsets[sample * Outputs + output];

    /// <summary>The map of one sample.</summary>
    /// <param name="sample">0-based sample.</param>
    public AffineMap Map(int sample) => new(_slopes.AsSpan(sample * Outputs * Inputs, Outputs * Inputs).ToArray(), _offsets.AsSpan(sample * Outputs, Outputs).ToArray());
}
