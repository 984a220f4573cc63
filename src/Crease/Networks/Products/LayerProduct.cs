using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Networks;

/// <summary>A dense or convolutional layer on many vectors at once, forward and back, as blocked matrix products.</summary>
internal abstract class LayerProduct
{
    /// <summary>The layer's product, or null for other layers.</summary>
    public static LayerProduct? Of(Layer layer) => layer switch
    {
        Dense dense => new DenseProduct(dense),
        Convolution convolution => new ConvolutionProduct(convolution),
        _ => null,
    };

    /// <summary>Applies the layer.</summary>
    /// <param name="x">Shape [count, inputs].</param>
    /// <param name="count">Number of vectors.</param>
    /// <param name="constant">Whether the constant b is added.</param>
    /// <param name="y">Shape [count, outputs]; overwritten.</param>
    /// <param name="scratch">Working memory, kept between calls.</param>
    public abstract void Apply(double[] x, int count, bool constant, double[] y, ProductScratch scratch);

    /// <summary>Adds, to the gradient of the inputs, the transposed linear part applied to the gradient of the outputs.</summary>
    /// <param name="gradient">Shape [count, outputs].</param>
    /// <param name="count">Number of vectors.</param>
    /// <param name="pulled">Shape [count, inputs]; added to.</param>
    /// <param name="scratch">Working memory, kept between calls.</param>
    public abstract void Pull(double[] gradient, int count, double[] pulled, ProductScratch scratch);
}

/// <summary>Working memory of one thread.</summary>
internal sealed class ProductScratch
{
    private double[] _columns = [], _sums = [];
    private int[] _all = [];

    public double[] Columns(int length) => _columns = _columns.Length >= length ? _columns : new double[length];

    public double[] Sums(int length) => _sums = _sums.Length >= length ? _sums : new double[length];

    /// <summary>0, 1, ..., count - 1.</summary>
    public ReadOnlySpan<int> All(int count)
    {
        if (_all.Length < count)
            _all = [.. Enumerable.Range(0, count)];
        return _all.AsSpan(0, count);
    }
}
