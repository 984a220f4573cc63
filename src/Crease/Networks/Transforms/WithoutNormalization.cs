using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>Networks without batch normalization: the statistics folded into the weights, or the normalizations left out.</summary>
/// <remarks>
/// Folding keeps the function: W' = γ / √(σ² + ε) W, b' = γ (b - μ) / √(σ² + ε) + β, in double precision. A batch normalization that does not directly and alone follow a dense layer on a vector or a
/// convolution becomes a scale and a shift per channel. Folding the statistics of a batch (<see cref="BatchNormalized"/>) is data-aware initialization (<c>balestriero2022batchnorm</c>).
/// </remarks>
public static class WithoutNormalization
{
    /// <summary>The same function without batch normalizations.</summary>
    /// <param name="network">Any network; one without batch normalizations is copied.</param>
    public static Network Folded(Network network)
    {
        var uses = new int[network.Nodes.Length];
        foreach (int used in network.Nodes.SelectMany(node => node.Inputs).Concat(network.Outputs))
            uses[used]++;
        var folds = new Dictionary<int, BatchNormalization>();
        foreach (Node node in network.Nodes)
        {
            if (node.Layer is BatchNormalization normalization && uses[node.Inputs[0]] == 1 && network.Nodes[node.Inputs[0]].Layer is Convolution or Dense { OutputShape.Rank: 1 })
                folds[node.Inputs[0]] = normalization;
        }
        return RebuiltNetwork.Of(network, node => node.Layer switch
        {
            BatchNormalization when folds.ContainsKey(node.Inputs[0]) => null,
            BatchNormalization normalization => Scaled(normalization),
            Layer layer => folds.TryGetValue(node.Index, out BatchNormalization? into) ? Folded(layer, into) : layer,
        });
    }

    /// <summary>The same weights with every batch normalization left out: another function.</summary>
    /// <param name="network">Any network; one without batch normalizations is copied.</param>
    public static Network Stripped(Network network) => RebuiltNetwork.Of(network, node => node.Layer is BatchNormalization ? null : node.Layer);

    private static Layer Folded(Layer layer, BatchNormalization normalization)
    {
        (double[] scale, double[] shift) = (normalization.Scale, normalization.Shift);
        Weights weights = layer is Dense dense ? dense.Weights : ((Convolution)layer).Weights;
        Weights? bias = layer is Dense same ? same.Bias : ((Convolution)layer).Bias;
        double[] folded = weights.Values.ToArray(), shifted = new double[scale.Length];
        int perChannel = folded.Length / scale.Length;
        for (int c = 0; c < scale.Length; c++)
        {
            foreach (ref double weight in folded.AsSpan(c * perChannel, perChannel))
                weight *= scale[c];
            shifted[c] = bias is null ? shift[c] : scale[c] * (bias.Values[c] - normalization.Mean.Values[c]) + normalization.Bias.Values[c];
        }
        return layer is Convolution convolution
            ? new Convolution(convolution.InputShapes[0], folded, shifted, convolution.Windows, convolution.Groups)
            : new Dense(folded, shifted, layer.InputShapes[0]);
    }

    private static Scaling Scaled(BatchNormalization normalization)
    {
        (double[] scale, double[] shift) = (normalization.Scale, normalization.Shift);
        Shape shape = normalization.OutputShape;
        int inner = shape.Size / scale.Length;
        return new Scaling(shape, [.. Enumerable.Range(0, shape.Size).Select(i => scale[i / inner])], [.. Enumerable.Range(0, shape.Size).Select(i => shift[i / inner])]);
    }
}
