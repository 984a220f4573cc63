using System.Collections.Immutable;
using Crease.Networks;

namespace Crease.Certificates;

/// <summary>Proved lower bounds of the smallest difference between the logit of a class and any other, over a ball in L∞: by bounds alone, without a search.</summary>
/// <remarks>
/// Source: interval arithmetic (<c>gowal2018effectiveness</c>) and CROWN (<c>zhang2018efficient</c>). Cost: one pass of intervals, and one back-substitution per layer. Exactness: certified. One thread
/// at a time.
/// </remarks>
public sealed class MarginBounds
{
    private const int Capacity = 64;

    private readonly BoundGraph _graph;
    private readonly Network _network;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">One input; affine and piecewise-affine layers up to the logits.</param>
    /// <exception cref="ArgumentException">The network has several inputs, or a smooth layer, which is named.</exception>
    public MarginBounds(Network network) => (_network, _graph) = (network, new BoundGraph(network));

    /// <summary>Bounds at one input.</summary>
    /// <param name="input">Shape [inputs].</param>
    /// <param name="label">The class.</param>
    /// <param name="epsilon">Radius in L∞, at least 0.</param>
    /// <param name="low">Lower limit of all elements, or -∞.</param>
    /// <param name="high">Upper limit of all elements, or ∞.</param>
    /// <returns>A bound by intervals and one by back-substitution, at least the former; above 0, every input of the ball and the limits is given the class.</returns>
    /// <exception cref="ArgumentException">The label is no class, or ε or the input is out of range.</exception>
    public (double Interval, double Relaxed) Least(double[] input, int label, double epsilon, double low, double high)
    {
        int outputs = _graph.Sizes[_graph.Output];
        if (label < 0 || label >= Margins.Classes(outputs))
            throw new ArgumentException($"'label' is {label}; the network has classes 0 to {Margins.Classes(outputs) - 1}", nameof(label));
        InputRegion region = InputRegion.Around(input, epsilon, low, high);
        Ranges plain = new RangeFinder(_graph, new ErrorSizes(_graph.Sizes.Length), 1).Root(region, relaxed: false);
        double interval = ByIntervals(plain.Lower[_graph.Output], plain.Upper[_graph.Output], label);
        var finder = new RangeFinder(_graph, new ErrorSizes(_graph.Sizes.Length), Capacity);
        ImmutableArray<ImmutableArray<OutputConstraint>> others = Margins.Others(outputs, label);
        double relaxed = OpenSets.Of(finder.Rows, others, [.. Enumerable.Range(0, others.Length)], finder.Root(region, relaxed: true)).Least;
        return (interval, Math.Max(interval, relaxed));
    }

    private static double ByIntervals(double[] lower, double[] upper, int label)
    {
        if (lower.Length == 1)
            return label == 1 ? lower[0] : -upper[0];
        double least = double.PositiveInfinity;
        for (int other = 0; other < lower.Length; other++)
        {
            if (other != label)
                least = Math.Min(least, Math.BitDecrement(lower[label] - upper[other]));
        }
        return least;
    }
}
