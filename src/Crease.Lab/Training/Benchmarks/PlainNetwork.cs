using Crease.Networks;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Crease.Lab;

/// <summary>The benchmarked architectures with ReLU as modules of TorchSharp, parameters in the order of our plans.</summary>
internal static class PlainNetwork
{
    public static Module<torch.Tensor, torch.Tensor> Of(Architecture architecture, Shape input, int outputs) => architecture switch
    {
        MultilayerPerceptron dense => Sequential(Dense([.. dense.Widths])),
        ConvolutionalNetwork convolutions => Sequential(Convolutions(convolutions, input, outputs)),
        ResidualNetwork residual => Sequential(Residual(residual.Filters, input, outputs)),
        _ => throw new ArgumentException($"'architecture' is {architecture.Net}; expected widths, cnn or resnet18.", nameof(architecture)),
    };

    private static IEnumerable<Module<torch.Tensor, torch.Tensor>> Dense(int[] widths)
    {
        for (int layer = 1; layer < widths.Length; layer++)
        {
            yield return Linear(widths[layer - 1], widths[layer]);
            if (layer < widths.Length - 1)
                yield return ReLU();
        }
    }

    private static IEnumerable<Module<torch.Tensor, torch.Tensor>> Convolutions(ConvolutionalNetwork network, Shape input, int outputs)
    {
        int channels = input[0], height = input[1], width = input[2];
        for (int layer = 0; layer < network.Channels.Length; layer++)
        {
            int stride = layer % 2 == 1 ? 2 : 1;
            yield return Conv2d(channels, network.Channels[layer], 3, stride, 1);
            yield return ReLU();
            (channels, height, width) = (network.Channels[layer], (height - 1) / stride + 1, (width - 1) / stride + 1);
        }
        yield return Flatten();
        foreach (Module<torch.Tensor, torch.Tensor> module in Dense([channels * height * width, .. network.Hidden, outputs]))
            yield return module;
    }

    private static IEnumerable<Module<torch.Tensor, torch.Tensor>> Residual(int filters, Shape input, int outputs)
    {
        int channels = filters;
        yield return Conv2d(input[0], filters, 3, 1, 1, bias: false);
        for (int block = 0; block < 8; block++)
        {
            int wider = filters << (block / 2);
            yield return new ResidualBlock(channels, wider, block > 0 && block % 2 == 0 ? 2 : 1);
            channels = wider;
        }
        yield return AdaptiveAvgPool2d(1);
        yield return Flatten();
        yield return Linear(channels, outputs);
    }

    // x + conv(relu(conv(relu(x)))), with a 1 x 1 convolution of relu(x) where the shape changes.
    private sealed class ResidualBlock : Module<torch.Tensor, torch.Tensor>
    {
        private readonly Module<torch.Tensor, torch.Tensor>? _shortcut;
        private readonly Module<torch.Tensor, torch.Tensor> _first, _second;

        public ResidualBlock(int channels, int outputs, int stride)
            : base("block")
        {
            _shortcut = channels == outputs ? null : Conv2d(channels, outputs, 1, stride, bias: false);
            _first = Conv2d(channels, outputs, 3, stride, 1, bias: false);
            _second = Conv2d(outputs, outputs, 3, 1, 1, bias: false);
            RegisterComponents();
        }

        public override torch.Tensor forward(torch.Tensor input)
        {
            torch.Tensor active = functional.relu(input);
            torch.Tensor inner = _second.call(functional.relu(_first.call(active)));
            return inner + (_shortcut is null ? input : _shortcut.call(active));
        }
    }
}
