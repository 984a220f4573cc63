using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Certificates;

/// <summary>All values of a network at a point, in exact arithmetic: the oracle of bounds.</summary>
internal static class ExactValues
{
    public static Dyadic[][] Of(Network network, double[] point)
    {
        var values = new Dyadic[network.Nodes.Length][];
        var terms = new List<Term>();
        foreach (Node node in network.Nodes)
        {
            values[node.Index] = node.Layer switch
            {
                InputLayer => Array.ConvertAll(point, x => (Dyadic)x),
                AffineLayer layer => [.. Enumerable.Range(0, layer.OutputShape.Size).Select(o =>
                {
                    Dyadic sum = layer.Row(o, terms);
                    foreach (Term term in terms)
                        sum += term.Weight * values[node.Inputs[term.Input]][term.Element];
                    return sum;
                })],
                PiecewiseLinear function => [.. values[node.Inputs[0]].Select((z, unit) =>
                {
                    int piece = function.Knots.Count(knot => (z - knot).Sign > 0);
                    return function.Slope(unit, piece) * z + function.Offset(unit, piece);
                })],
                _ => throw new NotSupportedException(node.Layer.Kind),
            };
        }
        return values;
    }
}
