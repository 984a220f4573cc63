using Crease.Geometry;
using Crease.Networks;

namespace Crease.Measures;

/// <summary>What the losses along a line of weights take besides their layers.</summary>
internal static class LossLine
{
    /// <summary>Refuses a range, inputs or targets that do not fit.</summary>
    /// <param name="network">A network with one input, piecewise affine except for a final monotone node, which is set aside.</param>
    /// <param name="low">Smallest t.</param>
    /// <param name="high">Largest t, above <paramref name="low"/>.</param>
    /// <param name="inputs">One array per sample.</param>
    /// <param name="targets">One array per sample, each of shape [outputs].</param>
    /// <returns>Index of the node whose value is compared with the targets.</returns>
    /// <exception cref="ArgumentException">Something does not fit.</exception>
    /// <exception cref="NotSupportedException">A node before the output is smooth.</exception>
    public static int Check(Network network, double low, double high, IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> targets)
    {
        if (!(low < high) || !double.IsFinite(high - low))
            throw new ArgumentException(FormattableString.Invariant($"The line runs from {low} to {high}; expected finite numbers, the lower first."), nameof(low));
        int output = PiecewiseGraph.LastAffineOrPiecewise(network), outputs = network.Nodes[output].Shape.Size;
        if (inputs.Count == 0 || targets.Count != inputs.Count || inputs.Any(input => input.Length != network.InputShape.Size) || targets.Any(target => target.Length != outputs))
            throw new ArgumentException($"There are {inputs.Count} inputs and {targets.Count} targets; expected as many of each, at least one, {network.InputShape.Size} numbers per input and {outputs} numbers per target.", nameof(targets));
        Batches.Check(inputs);
        return output;
    }
}
