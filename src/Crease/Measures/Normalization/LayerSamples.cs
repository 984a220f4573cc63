using System.Numerics.Tensors;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>What the units of a dense or convolutional layer see of a batch, written out: points, weight rows and offsets.</summary>
/// <remarks>The points of a convolution are its windows, with zeros for padding; those of one group of channels at a time. It is the slow twin of a layer's product, term by term.</remarks>
internal sealed class LayerSamples
{
    private const long MostNumbers = 1L << 24;

    private LayerSamples(int firstUnit, int size, int units, double[] weights, double[] offsets, List<double[]> points, bool isWhole) =>
        (FirstUnit, Size, Units, Weights, Offsets, Points, IsWhole) = (firstUnit, size, units, weights, offsets, points, isWhole);

    /// <summary>Channel of the layer that unit 0 is: other than 0 in later groups of a convolution.</summary>
    public int FirstUnit { get; }

    /// <summary>Numbers of a point.</summary>
    public int Size { get; }

    /// <summary>Units with a row of weights each.</summary>
    public int Units { get; }

    /// <summary>Shape [units, size].</summary>
    public double[] Weights { get; }

    /// <summary>Shape [units].</summary>
    public double[] Offsets { get; }

    /// <summary>The points.</summary>
    public IReadOnlyList<double[]> Points { get; }

    /// <summary>Whether the points are all that the batch has; else the first ones, for lack of room.</summary>
    public bool IsWhole { get; }

    public ReadOnlySpan<double> Row(int unit) => Weights.AsSpan(unit * Size, Size);

    public double Norm(int unit) => Math.Sqrt(TensorPrimitives.SumOfSquares(Row(unit)));

    /// <summary>The mean of the points. Shape [size].</summary>
    public double[] Mean()
    {
        var mean = new double[Size];
        foreach (double[] point in Points)
            TensorPrimitives.MultiplyAdd(point, 1.0 / Points.Count, mean, mean);
        return mean;
    }

    /// <summary>Value of a unit at a point, term by term.</summary>
    public double Value(int unit, double[] point)
    {
        double sum = Offsets[unit];
        ReadOnlySpan<double> row = Row(unit);
        for (int i = 0; i < row.Length; i++)
            sum += row[i] * point[i];
        return sum;
    }

    /// <summary>Norms of the weight rows of a layer, or null for a layer that has none. Shape [channels].</summary>
    public static double[]? Norms(Layer layer)
    {
        Weights? weights = layer switch
        {
            Dense { OutputShape.Rank: 1 } dense => dense.Weights,
            Convolution convolution => convolution.Weights,
            _ => null,
        };
        if (weights is null)
            return null;
        int channels = layer.OutputShape[0], size = weights.Count / channels;
        double[] all = weights.Values.ToArray();
        return [.. Enumerable.Range(0, channels).Select(c => Math.Sqrt(TensorPrimitives.SumOfSquares<double>(all.AsSpan(c * size, size))))];
    }

    /// <summary>Groups of units that see the same points: those of a convolution, else one; 0 for a layer that has none.</summary>
    public static int Groups(Layer layer) => layer switch
    {
        Dense { OutputShape.Rank: 1 } => 1,
        Convolution convolution => convolution.Groups,
        _ => 0,
    };

    /// <summary>Writes the points of a group of units out.</summary>
    /// <param name="layer">Dense on a vector, or a convolution.</param>
    /// <param name="inputs">Shape [count, inputs of the layer].</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="group">Below <see cref="Groups"/>.</param>
    public static LayerSamples Of(Layer layer, double[] inputs, int count, int group) => layer is Convolution convolution ? Of(convolution, inputs, count, group) : Of((Dense)layer, inputs, count);

    private static LayerSamples Of(Dense layer, double[] inputs, int count)
    {
        int kept = (int)Math.Clamp(MostNumbers / layer.Inputs, 2, count);
        var points = new List<double[]>(kept);
        for (int sample = 0; sample < kept; sample++)
            points.Add(inputs.AsSpan(sample * layer.Inputs, layer.Inputs).ToArray());
        return new LayerSamples(0, layer.Inputs, layer.Outputs, layer.Weights.Values.ToArray(), Filled(layer.Bias, 0, layer.Outputs), points, kept == count);
    }

    private static LayerSamples Of(Convolution layer, double[] inputs, int count, int group)
    {
        Shape shape = layer.InputShapes[0];
        Windows windows = layer.Windows;
        int outputs = layer.OutputShape[0] / layer.Groups, channels = shape[0] / layer.Groups, rows = layer.OutputShape[1], columns = layer.OutputShape[2];
        int size = channels * windows.Height * windows.Width;
        int kept = (int)Math.Clamp(MostNumbers / ((long)size * rows * columns), 1, count);
        var points = new List<double[]>(kept * rows * columns);
        for (int sample = 0; sample < kept; sample++)
        {
            for (int at = 0; at < rows * columns; at++)
                points.Add(Window(layer, inputs.AsSpan(sample * shape.Size, shape.Size), at / columns, at % columns, group * channels, size));
        }
        return new LayerSamples(group * outputs, size, outputs, layer.Weights.Values.Slice(group * outputs * size, outputs * size).ToArray(), Filled(layer.Bias, group * outputs, outputs), points, kept == count);
    }

    private static double[] Window(Convolution layer, ReadOnlySpan<double> image, int row, int column, int firstChannel, int size)
    {
        Windows windows = layer.Windows;
        (int height, int width) = (layer.InputShapes[0][1], layer.InputShapes[0][2]);
        var point = new double[size];
        for (int i = 0; i < size; i++)
        {
            int kx = i % windows.Width, ky = i / windows.Width % windows.Height, channel = firstChannel + i / (windows.Width * windows.Height);
            int y = row * windows.StrideY - windows.Top + ky * windows.DilationY, x = column * windows.StrideX - windows.Left + kx * windows.DilationX;
            if ((uint)y < (uint)height && (uint)x < (uint)width)
                point[i] = image[(channel * height + y) * width + x];
        }
        return point;
    }

    private static double[] Filled(Weights? bias, int first, int units) => bias is null ? new double[units] : bias.Values.Slice(first, units).ToArray();
}
