using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How alike the templates of different outputs are: their absolute cosines, averaged over inputs.</summary>
/// <remarks>Notation: |&lt;A_a, A_c&gt;| / (‖A_a‖ ‖A_c‖). Source: <c>balestriero2021madmax</c>. 0 is orthogonal templates, 1 parallel ones. Cost: that of the templates.</remarks>
public sealed class TemplateCorrelation
{
    private const int MostInputs = 4096;

    private readonly double[] _sums;
    private readonly int[] _counts;

    private TemplateCorrelation(int outputs, int samples, double[] sums, int[] counts, double[] norms, double? identity)
    {
        (Outputs, Samples, _sums, _counts) = (outputs, samples, sums, counts);
        (MeanNorms, IdentityError) = ([.. norms], identity);
        double sum = 0;
        for (int a = 0; a < outputs; a++)
        {
            for (int c = 0; c < a; c++)
            {
                Pairs += counts[a * outputs + c];
                sum += sums[a * outputs + c];
            }
        }
        MeanCosine = Pairs > 0 ? sum / Pairs : null;
    }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Number of inputs that were averaged over.</summary>
    public int Samples { get; }

    /// <summary>Pairs of templates, neither of them zero, over all samples.</summary>
    public long Pairs { get; }

    /// <summary>Mean over pairs and samples; null where no pair has two templates that are not zero.</summary>
    public double? MeanCosine { get; }

    /// <summary>Mean Euclidean norm of each output's template. Shape [outputs].</summary>
    public System.Collections.Immutable.ImmutableArray<double> MeanNorms { get; }

    /// <summary>‖A x + c - f(x)‖ / (1 + ‖f(x)‖) with A and c of the forward recursion at the first input: how well two ways agree; null for networks of more than 4,096 inputs, where it would take too long.</summary>
    public double? IdentityError { get; }

    /// <summary>Mean absolute cosine of two outputs' templates; null where one of them is zero at every sample.</summary>
    /// <param name="first">0-based output.</param>
    /// <param name="second">0-based output.</param>
    public double? Cosine(int first, int second) => _counts[first * Outputs + second] is > 0 and int count ? _sums[first * Outputs + second] / count : null;

    /// <summary>Measures.</summary>
    /// <param name="templates">The network, prepared.</param>
    /// <param name="inputs">One array per sample, each of shape [inputs], finite.</param>
    /// <param name="run">Threads and cancellation; null for the defaults. Results do not depend on the number of threads.</param>
    /// <exception cref="ArgumentException">There is no input, or one has another length or is not finite.</exception>
    public static TemplateCorrelation Of(Templates templates, IReadOnlyList<double[]> inputs, RunContext? run = null)
    {
        int outputs = templates.Graph.Outputs, size = templates.Graph.Inputs;
        var cosines = new double[inputs.Count][];
        var norms = new double[inputs.Count][];
        templates.Visit(inputs, (input, slopes, _, _) =>
        {
            double[] own = norms[input] = new double[outputs], found = cosines[input] = new double[outputs * outputs];
            for (int a = 0; a < outputs; a++)
            {
                ReadOnlySpan<double> template = slopes.Slice(a * size, size);
                own[a] = TensorPrimitives.Norm(template);
                for (int c = 0; c <= a; c++)
                {
                    double product = Math.Abs(TensorPrimitives.Dot(template, slopes.Slice(c * size, size)));
                    found[a * outputs + c] = found[c * outputs + a] = own[a] > 0 && own[c] > 0 ? Math.Min(1, product / own[a] / own[c]) : double.NaN;
                }
            }
        }, run);
        // Summed in the order of the samples, so that threads change nothing.
        var sums = new double[outputs * outputs];
        var counts = new int[outputs * outputs];
        var meanNorms = new double[outputs];
        for (int i = 0; i < inputs.Count; i++)
        {
            TensorPrimitives.Add(meanNorms, norms[i], meanNorms);
            for (int p = 0; p < sums.Length; p++)
            {
                if (double.IsNaN(cosines[i][p]))
                    continue;
                sums[p] += cosines[i][p];
                counts[p]++;
            }
        }
        TensorPrimitives.Divide(meanNorms, inputs.Count, meanNorms);
        return new TemplateCorrelation(outputs, inputs.Count, sums, counts, meanNorms, Identity(templates, inputs[0], run));
    }

    private static double? Identity(Templates templates, double[] input, RunContext? run)
    {
        if (input.Length > MostInputs)
            return null;
        var at = new Geometry.Linearization(templates.Graph, input);
        double[] found = ForwardRecursion.Map(at, run).At(input);
        ReadOnlySpan<double> scores = at.Value(at.Output);
        return TensorPrimitives.Distance(found, scores) / (1 + TensorPrimitives.Norm(scores));
    }
}
