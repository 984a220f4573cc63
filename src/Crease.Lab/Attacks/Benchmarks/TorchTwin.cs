using Crease.Networks;
using Crease.Networks.Layers;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace Crease.Lab;

/// <summary>A network of the IR as plain calls of libtorch, for comparison: dense and convolutional layers, ReLU, max pooling, reshapes.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TorchTwin : IDisposable
{
    private readonly List<Func<torch.Tensor, torch.Tensor>> _steps = [];
    private readonly List<torch.Tensor> _weights = [];
    private readonly torch.ScalarType _type;

    /// <param name="network">A chain of such layers.</param>
    /// <param name="type">The floating-point format.</param>
    /// <exception cref="ArgumentException">The network has other layers, or is no chain.</exception>
    public TorchTwin(Network network, torch.ScalarType type)
    {
        _type = type;
        foreach (Node node in network.Nodes.Skip(1))
        {
            if (node.Inputs is not [var before] || before != node.Index - 1)
                throw new ArgumentException($"node '{node.Name}' does not follow the one before it; expected a chain", nameof(network));
            _steps.Add(Step(node));
        }
    }

    /// <summary>The logits of a batch, and the gradient of the summed cross-entropy by it: a bare forward and backward pass.</summary>
    /// <param name="inputs">Shape [rows, ...].</param>
    /// <param name="labels">Shape [rows], 64-bit integers.</param>
    /// <returns>The gradient, in the caller's scope.</returns>
    public torch.Tensor Gradient(torch.Tensor inputs, torch.Tensor labels)
    {
        torch.Tensor x = inputs.detach().requires_grad_(true), value = x;
        foreach (Func<torch.Tensor, torch.Tensor> step in _steps)
            value = step(value);
        F.cross_entropy(value, labels, reduction: torch.nn.Reduction.Sum).backward();
        return x.grad!;
    }

    public void Dispose() => _weights.ForEach(weight => weight.Dispose());

    private Func<torch.Tensor, torch.Tensor> Step(Node node)
    {
        switch (node.Layer)
        {
            case Dense dense:
                torch.Tensor matrix = Kept(dense.Weights, dense.Outputs, dense.Inputs), bias = Kept(dense.Bias ?? throw Refused(node), dense.Outputs);
                return x => F.linear(x, matrix, bias);
            case Convolution { Groups: 1 } convolution when convolution.Windows is { Ceiling: false } windows && windows.Top == windows.Bottom && windows.Left == windows.Right:
                torch.Tensor kernels = Kept(convolution.Weights, convolution.OutputShape[0], convolution.InputShapes[0][0], windows.Height, windows.Width), shift = Kept(convolution.Bias ?? throw Refused(node), convolution.OutputShape[0]);
                return x => F.conv2d(x, kernels, shift, [windows.StrideY, windows.StrideX], [windows.Top, windows.Left], [windows.DilationY, windows.DilationX]);
            case MaxPooling { Windows: { Top: 0, Left: 0, Ceiling: false } windows }:
                return x => F.max_pool2d(x, [windows.Height, windows.Width], [windows.StrideY, windows.StrideX]);
            case PiecewiseLinear { Pieces: 2 } relu when relu.Knots[0] == 0 && relu.Slope(0, 0) == 0 && relu.Slope(0, 1) == 1:
                return x => x.relu();
            case Reshape reshape:
                long[] extents = [-1, .. reshape.OutputShape.Extents.Select(extent => (long)extent)];
                return x => x.reshape(extents);
            default:
                throw Refused(node);
        }
    }

    private torch.Tensor Kept(Weights weights, params long[] shape)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor kept = torch.tensor(weights.Values.ToArray(), shape).to(_type).DetachFromDisposeScope();
        _weights.Add(kept);
        return kept;
    }

    private static ArgumentException Refused(Node node) => new($"node '{node.Name}' is {node.Layer.Kind}; expected dense, convolution, relu, max pooling or reshape");
}
