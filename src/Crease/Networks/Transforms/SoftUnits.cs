using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>A network with soft units in place of its hard ones: the same weights, β-VQ versions of ReLU, leaky ReLU, absolute value and max pooling.</summary>
/// <remarks>
/// Source: <c>balestriero2019hard</c>. β in (0, 1) is kept as a logit where it is learned, κ = β / (1 - β) = exp(logit): a logit of 0 is β = ½. The new network is smooth: geometry engines refuse it, forward
/// passes, attacks and <c>crease complexity</c> take it.
/// </remarks>
public static class SoftUnits
{
    /// <summary>Softens all piecewise layers with one β.</summary>
    /// <param name="network">The network.</param>
    /// <param name="beta">In (0, 1).</param>
    /// <exception cref="ArgumentException">β is out of range, or a unit is not convex; the message names the node.</exception>
    public static Network Of(Network network, double beta) => Of(network, _ => [beta]);

    /// <summary>Softens all piecewise layers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="betas">Given a piecewise layer, its β: one for the layer, or one per unit; or null to keep it hard.</param>
    /// <exception cref="ArgumentException">A β is out of range, or a unit is not convex; the message names the node.</exception>
    public static Network Of(Network network, Func<Node, double[]?> betas) => RebuiltNetwork.Of(network, node => Soft(node, betas));

    /// <summary>β of a logit: 1 / (1 + exp(-logit)).</summary>
    /// <param name="logit">Any finite number.</param>
    public static double Beta(double logit) => logit >= 0 ? 1 / (1 + Math.Exp(-logit)) : Math.Exp(logit) / (1 + Math.Exp(logit));

    private static Layer Soft(Node node, Func<Node, double[]?> betas)
    {
        if (node.Layer is not PiecewiseLayer || betas(node) is not double[] mine)
            return node.Layer;
        try
        {
            return node.Layer is PiecewiseLinear function ? new SoftPiecewiseLinear(function, mine) : new SoftMaxPooling((MaxPooling)node.Layer, mine);
        }
        catch (ArgumentException fault)
        {
            throw new ArgumentException($"node '{node.Name}': {fault.Message}", nameof(betas), fault);
        }
    }
}
