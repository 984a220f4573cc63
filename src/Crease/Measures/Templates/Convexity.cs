using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>Whether every output of a network is a convex function of its input: then each output is the largest of its affine pieces.</summary>
/// <remarks>
/// Sufficient conditions, node by node: affine values are convex; sums of convex values with weights of at least 0 are; a convex unit of an affine value, a convex nondecreasing
/// unit of a convex value and the maximum of convex values are. Source: <c>balestriero2018spline</c>. Exactness: a network that passes is convex (a theorem); one that fails need not be
/// non-convex, since the conditions are sufficient only.
/// </remarks>
public sealed class Convexity
{
    private Convexity(Node? node, string reason) => (FirstNode, Reason) = (node, reason);

    /// <summary>Whether every output is convex in the input.</summary>
    public bool IsConvex => FirstNode is null;

    /// <summary>The first node at which convexity cannot be shown, or null.</summary>
    public Node? FirstNode { get; }

    /// <summary>Why, in one sentence.</summary>
    public string Reason { get; }

    /// <summary>Checks a network.</summary>
    /// <param name="graph">The network, prepared.</param>
    public static Convexity Of(PiecewiseGraph graph)
    {
        Network network = graph.Network;
        bool[] needed = PiecewiseGraph.Needed(network, graph.Output);
        var isAffine = new bool[network.Nodes.Length];
        foreach (Node node in network.Nodes)
        {
            if (!needed[node.Index])
                continue;
            bool readsAffine = node.Inputs.All(input => isAffine[input]);
            isAffine[node.Index] = readsAffine && node.Layer.Class == LayerClass.Affine;
            if (Fault(node, isAffine, readsAffine) is string fault)
                return new Convexity(node, $"node '{node.Name}' ({node.Layer.Kind}) {fault}");
        }
        return new Convexity(null, "every unit is convex, and from the second layer on every weight is at least 0 and every unit nondecreasing");
    }

    private static string? Fault(Node node, bool[] isAffine, bool readsAffine)
    {
        if (node.Layer is PiecewiseLinear function)
        {
            for (int unit = 0; unit < function.Units; unit++)
            {
                for (int piece = 1; piece < function.Pieces; piece++)
                {
                    if (function.Slope(unit, piece) < function.Slope(unit, piece - 1))
                        return "has a unit whose slopes fall, which is not convex";
                }
                if (!readsAffine && function.Slope(unit, 0) < 0)
                    return "has a unit that falls somewhere, on values that are convex and not affine";
            }
        }
        if (node.Layer is not AffineLayer affine || readsAffine)
            return null;
        var terms = new List<Term>();
        for (int output = 0; output < node.Shape.Size; output++)
        {
            affine.Row(output, terms);
            foreach (Term term in terms)
            {
                if (term.Weight < 0 && !isAffine[node.Inputs[term.Input]])
                    return FormattableString.Invariant($"takes values that are convex and not affine with a negative weight ({term.Weight:G4})");
            }
        }
        return null;
    }
}
