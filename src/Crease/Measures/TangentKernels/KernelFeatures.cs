using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>What one layer adds to a tangent kernel, as rows whose inner products are taken.</summary>
/// <remarks>
/// A dense layer on one vector adds (⟨z, z'⟩ + 1) Σ_o ⟨b_o, b'_o⟩ with its input z and the slopes b_o of output o by its pre-activations: both are short. Any other layer has its slopes by its parameters as rows.
/// </remarks>
internal sealed class KernelFeatures
{
    private readonly int _width;
    private readonly Dense? _dense;

    /// <summary>Makes room for some outputs of a layer at a number of inputs.</summary>
    public KernelFeatures(Node node, int count, int outputs)
    {
        (Node, Outputs) = (node, outputs);
        _dense = IsShort(node.Layer) ? (Dense)node.Layer : null;
        _width = Width(node.Layer);
        Slopes = new double[(long)count * outputs * _width];
        Inputs = _dense is not null ? new double[(long)count * _dense.Inputs] : [];
    }

    public Node Node { get; }

    /// <summary>Number of outputs in a row of <see cref="Slopes"/>.</summary>
    public int Outputs { get; }

    /// <summary>Whether the layer adds a product of two inner products.</summary>
    public bool IsProduct => _dense is not null;

    /// <summary>What is added to the inner product of the inputs: 1 for a bias.</summary>
    public double Constant => _dense?.Bias is null ? 0 : 1;

    /// <summary>Inputs of a dense layer. Shape [count, inputs], or empty.</summary>
    public double[] Inputs { get; }

    /// <summary>Length of a row of <see cref="Inputs"/>.</summary>
    public int InputTerms => _dense?.Inputs ?? 0;

    /// <summary>Shape [count, outputs, width].</summary>
    public double[] Slopes { get; }

    /// <summary>Numbers of one output in a row of <see cref="Slopes"/>.</summary>
    public int SlopeWidth => _width;

    /// <summary>Length of a row of <see cref="Slopes"/>.</summary>
    public int SlopeTerms => Outputs * _width;

    /// <summary>Numbers that one output of a layer takes at one input.</summary>
    public static int Width(Layer layer) => IsShort(layer) ? layer.OutputShape.Size : (int)layer.Parameters;

    /// <summary>Numbers that the input of a layer takes.</summary>
    public static int InputWidth(Layer layer) => IsShort(layer) ? layer.InputShapes[0].Size : 0;

    /// <summary>Keeps the inputs of a part of the batch.</summary>
    public void SetInputs(double[] values, int first, int length)
    {
        if (_dense is not null)
            values.AsSpan(0, length * _dense.Inputs).CopyTo(Inputs.AsSpan(first * _dense.Inputs));
    }

    /// <summary>Keeps the slopes of one output at a part of the batch.</summary>
    public void SetSlopes(double[] values, double[] gradients, int first, int length, int output, PatchProduct? patches)
    {
        int size = Node.Shape.Size, inputs = Node.Layer.InputShapes[0].Size;
        for (int i = 0; i < length; i++)
        {
            Span<double> row = Slopes.AsSpan(((first + i) * Outputs + output) * _width, _width);
            ReadOnlySpan<double> slopes = gradients.AsSpan(i * size, size), x = values.AsSpan(i * inputs, inputs);
            if (_dense is not null)
                slopes.CopyTo(row);
            else if (patches is not null)
                patches.Set(i, gradients, i * size, row);
            else
                ParameterGradient.Add(Node.Layer, x, slopes, row);
        }
    }

    private static bool IsShort(Layer layer) => layer is Dense dense && dense.Outputs == dense.OutputShape.Size;
}
