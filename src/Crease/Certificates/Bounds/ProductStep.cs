using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Certificates;

/// <summary>A dense or convolutional layer, as blocked matrix products.</summary>
internal sealed class ProductStep : AffineStep
{
    private readonly LayerProduct _product, _magnitudes;

    public ProductStep(AffineLayer layer)
    {
        _product = LayerProduct.Of(layer)!;
        int size = layer.OutputShape.Size;
        switch (layer)
        {
            case Dense dense:
                _magnitudes = LayerProduct.Of(new Dense(Magnitudes(dense.Weights)!, Magnitudes(dense.Bias), dense.InputShapes[0]))!;
                Bias = Repeated(dense.Bias, size, i => i % dense.Outputs);
                Terms = Math.Max(dense.Inputs, dense.Outputs) + 3;
                break;
            case Convolution convolution:
                _magnitudes = LayerProduct.Of(new Convolution(convolution.InputShapes[0], Magnitudes(convolution.Weights)!, Magnitudes(convolution.Bias), convolution.Windows, convolution.Groups))!;
                int plane = size / convolution.OutputShape[0], kernel = convolution.Windows.Height * convolution.Windows.Width;
                Bias = Repeated(convolution.Bias, size, i => i / plane);
                Terms = Math.Max(convolution.InputShapes[0][0], convolution.OutputShape[0]) / convolution.Groups * kernel + kernel + 3;
                break;
            default:
                throw new ArgumentException($"'layer' is {layer.Kind}; expected a dense or convolutional one.", nameof(layer));
        }
    }

    public override void Pull(int input, double[] rows, int count, double[] pulled, ProductScratch scratch) => _product.Pull(rows, count, pulled, scratch);

    public override void PullMagnitudes(int input, double[] rows, int count, double[] pulled, ProductScratch scratch) => _magnitudes.Pull(rows, count, pulled, scratch);

    public override void Apply(double[][] x, int count, double[] y, ProductScratch scratch) => _product.Apply(x[0], count, true, y, scratch);

    public override void ApplyMagnitudes(double[][] x, bool constant, double[] y, ProductScratch scratch) => _magnitudes.Apply(x[0], 1, constant, y, scratch);

    private static Weights? Magnitudes(Weights? weights) => weights is null ? null : new Weights(Array.ConvertAll(weights.Doubles, Math.Abs));

    private static double[]? Repeated(Weights? bias, int size, Func<int, int> entry) =>
        bias is null ? null : [.. Enumerable.Range(0, size).Select(i => bias.Doubles[entry(i)])];
}
