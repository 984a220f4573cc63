using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>Counts the operations of a network's graph.</summary>
public static class NetworkOperations
{
    /// <summary>Counts one pass.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Inputs per pass, at least 1.</param>
    /// <returns>One row per node that is no input. Backward operations are those of training every weight.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch"/> is below 1.</exception>
    public static ModelOperations Of(Network network, long batch = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var rows = ImmutableArray.CreateBuilder<LayerOperations>();
        var known = new HashSet<Weights>(ReferenceEqualityComparer.Instance);
        // Whether a trained number lies before the node: then the gradient by its input is needed.
        var trained = new bool[network.Nodes.Length];
        foreach (Node node in network.Nodes)
        {
            if (node.Layer is InputLayer)
                continue;
            bool passesOn = node.Inputs.Any(input => trained[input]);
            trained[node.Index] = passesOn || node.Layer.Parameters > 0;
            (OperationCount forward, bool isCounted) = Forward(node.Layer, batch);
            rows.Add(new LayerOperations(node.Name, node.Layer.Kind, node.Shape, 1, Parameters(node.Layer, known), forward, Backward(node.Layer, forward, passesOn), isCounted));
        }
        return new ModelOperations(rows.DrainToImmutable());
    }

    private static (OperationCount Count, bool IsCounted) Forward(Layer layer, long batch)
    {
        Int128 elements = (Int128)batch * layer.OutputShape.Size;
        return layer switch
        {
            Dense dense => (CountingRules.Dense(elements / dense.Outputs, dense.Inputs, dense.Outputs, dense.Bias is not null), true),
            Convolution filter => (CountingRules.Convolution(batch, layer.OutputShape[1], layer.OutputShape[2], layer.OutputShape[0], filter.InputShapes[0][0] / filter.Groups, filter.Windows.Height, filter.Windows.Width, filter.Bias is not null), true),
            BatchNormalization or LayerNormalization => (CountingRules.Elements(elements, CountingRules.Normalization), true),
            AveragePooling average => (CountingRules.Elements(elements, average.Windows.Height * average.Windows.Width), true),
            MaxPooling most => (CountingRules.Elements(elements, most.Windows.Height * most.Windows.Width), true),
            Product { IsMatrix: true } => (new OperationCount(0, elements * layer.InputShapes[0][-1], 0), true),
            Product or PiecewiseLinear or SmoothFunction or Softmax or Scaling => (CountingRules.Elements(elements, 1), true),
            Sum sum => (CountingRules.Elements(elements, sum.InputShapes.Length), true),
            Reshape or Rearrangement or Concatenation => (default, true),
            _ => (default, false),
        };
    }

    // Products cost a gradient by the weights and one by the input, attention two by its inputs; what acts on each element costs one.
    private static OperationCount Backward(Layer layer, OperationCount forward, bool passesOn)
    {
        int times = (layer.Parameters > 0 ? 1 : 0) + (passesOn ? 1 : 0);
        return new OperationCount(times * forward.Products, (passesOn ? 2 : 0) * forward.Attention, times * forward.Others);
    }

    private static Int128 Parameters(Layer layer, HashSet<Weights> known) => layer switch
    {
        Dense dense => New(dense.Weights, known) + New(dense.Bias, known),
        Convolution filter => New(filter.Weights, known) + New(filter.Bias, known),
        _ => layer.Parameters,
    };

    private static Int128 New(Weights? weights, HashSet<Weights> known) => weights is not null && known.Add(weights) ? weights.Count : 0;
}
