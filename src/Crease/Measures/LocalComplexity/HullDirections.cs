using System.Numerics.Tensors;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>Directions pushed through the part of a network that is affine in its input: with them every vertex there is known.</summary>
internal sealed class HullDirections
{
    private HullDirections(double[][] values, double[][] extents) => (Values, Extents) = (values, extents);

    /// <summary>r times the image of each direction at each affine node. Shape [nodes][directions, size]; empty for other nodes.</summary>
    public double[][] Values { get; }

    /// <summary>The largest of its absolute values over the directions, for each counted affine layer. Shape [layers][units]; empty for other layers.</summary>
    public double[][] Extents { get; }

    public static HullDirections Of(HullPlan plan, OrthonormalDirections directions, double radius, ProductScratch scratch)
    {
        int count = directions.Count;
        var values = new double[plan.Network.Nodes.Length][];
        foreach (Node node in plan.Network.Nodes)
        {
            int index = node.Index;
            if (!plan.IsAffine[index] || !plan.IsNeeded[index])
                values[index] = [];
            else if (node.Layer is InputLayer)
                values[index] = directions.Array;
            else
                Push(plan, node, [.. node.Inputs.Select(i => values[i])], count, false, values[index] = new double[(long)count * node.Shape.Size], scratch);
        }
        var scaled = new double[values.Length][];
        for (int n = 0; n < values.Length; n++)
        {
            scaled[n] = new double[values[n].Length];
            TensorPrimitives.Multiply(values[n], radius, scaled[n]);
        }
        return new HullDirections(scaled, [.. plan.Layers.Select(layer => Largest(scaled[layer.Source], layer.Units))]);
    }

    /// <summary>Applies an affine node to vectors, with its constant or without.</summary>
    public static void Push(HullPlan plan, Node node, double[][] arguments, int count, bool constant, double[] output, ProductScratch scratch)
    {
        if (plan.Products[node.Index] is LayerProduct product)
            product.Apply(arguments[0], count, constant, output, scratch);
        else
            ((AffineLayer)node.Layer).Push(arguments, count, constant ? 0 : count, output);
    }

    private static double[] Largest(double[] values, int units)
    {
        if (values.Length == 0)
            return [];
        var largest = new double[units];
        for (int at = 0; at < values.Length; at += units)
        {
            for (int unit = 0; unit < units; unit++)
                largest[unit] = Math.Max(largest[unit], Math.Abs(values[at + unit]));
        }
        return largest;
    }
}
