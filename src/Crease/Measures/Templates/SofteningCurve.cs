using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How a network changes when all of its units are softened by one β.</summary>
/// <param name="Beta">β, in (0, 1).</param>
/// <param name="Difference">Mean absolute difference of an output to the hard network's.</param>
/// <param name="Agreement">Share of inputs with the same class as the hard network.</param>
/// <param name="Accuracy">Share of inputs with the right class, or null without labels.</param>
public sealed record SofteningPoint(double Beta, double Difference, double Agreement, double? Accuracy);

/// <summary>A hard network and its soft versions on the same inputs.</summary>
/// <remarks>Source: <c>balestriero2019hard</c>. Cost: one forward pass per input and β. Weights are those of the hard network: nothing is trained.</remarks>
/// <param name="HardAccuracy">Share of inputs that the hard network gets right, or null without labels.</param>
/// <param name="Points">One per β, in the order given.</param>
public sealed record SofteningCurve(double? HardAccuracy, ImmutableArray<SofteningPoint> Points)
{
    /// <summary>Compares.</summary>
    /// <param name="network">A network with one input and units that are the largest of their pieces.</param>
    /// <param name="betas">Numbers in (0, 1).</param>
    /// <param name="inputs">One array per sample, each of shape [inputs], finite.</param>
    /// <param name="labels">0-based class of each sample, or null.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">A number is out of range, or a unit has no soft version; the message names the node.</exception>
    public static SofteningCurve Of(Network network, IReadOnlyList<double> betas, IReadOnlyList<double[]> inputs, IReadOnlyList<int>? labels, RunContext? run = null)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; this takes a network with one.", nameof(network));
        Templates.CheckInputs(inputs, network.InputShape.Size);
        double[] flat = [.. inputs.SelectMany(row => row)];
        int outputs = network.OutputShape.Size;
        double[] hard = new ReverseSweep(network).Values(flat, inputs.Count, run);
        int[] classes = Classes(hard, outputs);
        var points = new List<SofteningPoint>();
        foreach (double beta in betas)
        {
            double[] soft = new ReverseSweep(SoftUnits.Of(network, beta)).Values(flat, inputs.Count, run);
            int[] found = Classes(soft, outputs);
            points.Add(new SofteningPoint(beta, hard.Zip(soft, (a, b) => Math.Abs(a - b)).Average(), Share(classes, found), labels is null ? null : Share(labels, found)));
        }
        return new SofteningCurve(labels is null ? null : Share(labels, classes), [.. points]);
    }

    private static double Share(IReadOnlyList<int> expected, int[] found) => found.Select((c, i) => c == expected[i] ? 1.0 : 0).Average();

    private static int[] Classes(double[] values, int outputs) =>
        [.. Enumerable.Range(0, values.Length / outputs).Select(i => outputs == 1 ? (values[i] > 0 ? 1 : 0) : Array.IndexOf(values, values.AsSpan(i * outputs, outputs).ToArray().Max(), i * outputs) - i * outputs)];
}
