using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The kernels of convolutional networks with infinitely many channels, without pooling, flattened before a last dense layer.</summary>
/// <remarks>
/// Notation: a convolution computes h = σ_w Σ W z / √(channels · kernel entries) + σ_b b at each position; padding is 0. Without pooling only covariances between equal positions reach the output:
/// Σ_p ← σ_w² mean over the kernel of E[φ φ] + σ_b², Θ_p ← Σ_p + σ_w² mean over the kernel of E[φ' φ'] Θ; the dense layer takes the mean over positions.
/// Source: <c>novak2019bayesian</c>, <c>arora2019exact</c>. Cost: positions · (kernel entries + 30) operations per pair and layer. Exactness: float64.
/// </remarks>
public sealed record ConvolutionalKernel
{
    /// <summary>Kernels of the convolutions, the first on the input; an activation follows each.</summary>
    public IReadOnlyList<Windows> Layers { get; init; } = [];

    /// <summary>σ_w², positive.</summary>
    public double WeightVariance { get; init; } = 2;

    /// <summary>σ_b², at least 0.</summary>
    public double BiasVariance { get; init; }

    /// <summary>φ.</summary>
    public KernelActivation Activation { get; init; } = KernelActivation.Relu;

    /// <summary>Hidden dense layers between the flattened positions and the output, at least 0.</summary>
    public int HiddenLayers { get; init; }

    /// <summary>Both kernels.</summary>
    /// <param name="left">Shape [rows, channels, height, width], row-major.</param>
    /// <param name="shape">[channels, height, width].</param>
    /// <param name="right">Shape [columns, channels, height, width], or null for <paramref name="left"/>.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, a kernel does not fit, or an array is no whole number of images.</exception>
    public InfiniteKernels Of(double[] left, Shape shape, double[]? right = null, RunContext? run = null)
    {
        Check(shape);
        run ??= RunContext.Default;
        var dense = new FullyConnectedKernel { HiddenLayers = HiddenLayers, WeightVariance = WeightVariance, BiasVariance = BiasVariance, Activation = Activation };
        double[] other = right ?? left;
        int size = shape.Size, rows = KernelInputs.Count(left, size), columns = KernelInputs.Count(other, size);
        double[][][] a = Variances(left, shape, rows, dense), b = right is null ? a : Variances(other, shape, columns, dense);
        double[] covariance = new double[(long)rows * columns], tangent = new double[(long)rows * columns];
        Workers.InParts(rows, 1, run, () => 0, (_, i, _) =>
        {
            for (int j = 0; j < columns; j++)
                (covariance[i * columns + j], tangent[i * columns + j]) = Pair(left.AsSpan(i * size, size), other.AsSpan(j * size, size), shape, a[i], b[j], dense);
        });
        return new InfiniteKernels(new KernelMatrix(rows, columns, covariance), new KernelMatrix(rows, columns, tangent));
    }

    private (double, double) Pair(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Shape shape, double[][] xs, double[][] ys, FullyConnectedKernel dense)
    {
        (int height, int width) = (shape[1], shape[2]);
        double[] covariance = Products(x, y, shape), tangent = new double[covariance.Length];
        for (int l = 0; l < Layers.Count; l++)
        {
            covariance = Mean(covariance, height, width, Layers[l], BiasVariance);
            tangent = Mean(tangent, height, width, Layers[l], 0);
            (height, width) = Layers[l].Output(height, width);
            for (int p = 0; p < covariance.Length; p++)
            {
                tangent[p] += covariance[p];
                (double values, double slopes) = Activation.Moments(xs[l][p], covariance[p], ys[l][p]);
                (covariance[p], tangent[p]) = (values, slopes * tangent[p]);
            }
        }
        double meanCovariance = WeightVariance * covariance.Average() + BiasVariance, meanTangent = WeightVariance * tangent.Average() + meanCovariance;
        return dense.Through(meanCovariance, meanTangent, xs[^1], ys[^1]);
    }

    // Variances before each activation, position by position; last those behind the flattened positions, before each hidden layer.
    private double[][][] Variances(double[] inputs, Shape shape, int count, FullyConnectedKernel dense)
    {
        var found = new double[count][][];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> x = inputs.AsSpan(i * shape.Size, shape.Size);
            (int height, int width) = (shape[1], shape[2]);
            double[] variances = Products(x, x, shape);
            found[i] = new double[Layers.Count + 1][];
            for (int l = 0; l < Layers.Count; l++)
            {
                found[i][l] = Mean(variances, height, width, Layers[l], BiasVariance);
                (height, width) = Layers[l].Output(height, width);
                variances = Array.ConvertAll(found[i][l], variance => Activation.Moments(variance, variance, variance).Values);
            }
            found[i][^1] = dense.Variances(WeightVariance * variances.Average() + BiasVariance);
        }
        return found;
    }

    // Mean over channels of the products at each position.
    private static double[] Products(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Shape shape)
    {
        var products = new double[shape[1] * shape[2]];
        for (int i = 0; i < x.Length; i++)
            products[i % products.Length] += x[i] * y[i] / shape[0];
        return products;
    }

    private double[] Mean(double[] values, int height, int width, Windows windows, double added)
    {
        (int rows, int columns) = windows.Output(height, width);
        var means = new double[rows * columns];
        double factor = WeightVariance / (windows.Height * windows.Width);
        for (int p = 0; p < means.Length; p++)
        {
            double sum = 0;
            for (int ky = 0; ky < windows.Height; ky++)
            {
                int y = p / columns * windows.StrideY - windows.Top + ky * windows.DilationY;
                for (int kx = 0; kx < windows.Width && (uint)y < (uint)height; kx++)
                {
                    int x = p % columns * windows.StrideX - windows.Left + kx * windows.DilationX;
                    sum += (uint)x < (uint)width ? values[y * width + x] : 0;
                }
            }
            means[p] = factor * sum + added;
        }
        return means;
    }

    private void Check(Shape shape)
    {
        var faults = new List<string>();
        if (shape.Rank != 3)
            faults.Add($"'shape' is {shape}; expected [channels, height, width].");
        if (HiddenLayers is < 0 or > 10_000)
            faults.Add($"'{nameof(HiddenLayers)}' is {HiddenLayers}; expected 0 to 10000.");
        KernelInputs.Check(faults, WeightVariance, BiasVariance);
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
