using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>A layer on many vectors at once in single precision, forward and back.</summary>
internal abstract class SingleLayer
{
    /// <summary>The layer in single precision; one without a kernel of its own is converted around.</summary>
    public static SingleLayer Of(Layer layer) => layer switch
    {
        Dense dense => new SingleDense(dense),
        Convolution convolution => new SingleConvolution(convolution),
        PiecewiseLinear function when SingleUnits.Takes(function) => new SingleUnits(function),
        MaxPooling pooling => SinglePairPooling.Takes(pooling) ? new SinglePairPooling(pooling) : new SingleMaxPooling(pooling),
        AveragePooling pooling => new SingleAveragePooling(pooling),
        BatchNormalization or Scaling => new SingleScaling((AffineLayer)layer),
        Sum sum => new SingleSum(sum),
        _ => new ConvertedLayer(layer),
    };

    /// <summary>Applies the layer.</summary>
    /// <param name="inputs">One array per input, each of shape [count, size of that input].</param>
    /// <param name="count">Number of vectors.</param>
    /// <param name="output">Shape [count, outputs]; overwritten.</param>
    /// <param name="scratch">Working memory, kept between calls.</param>
    public abstract void Apply(float[][] inputs, int count, float[] output, SingleScratch scratch);

    /// <summary>Adds, to the gradient of each input, what the gradient of the output says about it.</summary>
    /// <param name="inputs">What <see cref="Apply"/> was given.</param>
    /// <param name="output">What it made. Shape [count, outputs].</param>
    /// <param name="gradient">Shape [count, outputs].</param>
    /// <param name="count">Number of vectors.</param>
    /// <param name="pulled">One array per input, added to; the same array may occur twice.</param>
    /// <param name="scratch">Working memory, kept between calls.</param>
    public abstract void Pull(float[][] inputs, float[] output, float[] gradient, int count, float[][] pulled, SingleScratch scratch);
}
