using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Tests.Corpus;

/// <summary>Graphs of well-known image classifiers for 224 × 224 pixels, with zeros for weights: only their sizes matter.</summary>
internal sealed class VisionNetworks
{
    private readonly NetworkBuilder _builder;
    private int _at;

    private VisionNetworks(string name)
    {
        _builder = new NetworkBuilder(name);
        _at = _builder.Input("image", new Shape(3, 224, 224));
    }

    private Shape Shape => _builder.ShapeOf(_at);

    public static Network Of(string name) => name switch
    {
        "ResNet-18" => ResNet(name, [2, 2, 2, 2], isDeep: false),
        "ResNet-34" => ResNet(name, [3, 4, 6, 3], isDeep: false),
        "ResNet-50" => ResNet(name, [3, 4, 6, 3], isDeep: true),
        "ResNet-152" => ResNet(name, [3, 8, 36, 3], isDeep: true),
        "VGG-13" => Vgg(name, [2, 2, 2, 2, 2]),
        "VGG-16" => Vgg(name, [2, 2, 3, 3, 3]),
        "AlexNet" => AlexNet(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "unknown"),
    };

    private static Network ResNet(string name, int[] blocks, bool isDeep)
    {
        var net = new VisionNetworks(name);
        net.Normalized(64, 7, 2);
        net.Activate();
        net.Pool(3, 2, 1);
        for (int stage = 0; stage < 4; stage++)
        {
            for (int block = 0; block < blocks[stage]; block++)
                net.Block(64 << stage, block == 0 && stage > 0 ? 2 : 1, isDeep);
        }
        net.Add(new AveragePooling(net.Shape, new Windows(7, 7)));
        net.Flatten();
        net.Full(1000);
        return net._builder.Build(net._at);
    }

    private static Network Vgg(string name, int[] convolutions)
    {
        var net = new VisionNetworks(name);
        for (int stage = 0; stage < 5; stage++)
        {
            for (int i = 0; i < convolutions[stage]; i++)
            {
                net.Filter(Math.Min(64 << stage, 512), 3, 1, 1, hasBias: true);
                net.Activate();
            }
            net.Pool(2, 2, 0);
        }
        net.Classify(4096);
        return net._builder.Build(net._at);
    }

    private static Network AlexNet()
    {
        var net = new VisionNetworks("AlexNet");
        foreach ((int outputs, int size, int stride, int padding, bool isPooled) in new[] { (64, 11, 4, 2, true), (192, 5, 1, 2, true), (384, 3, 1, 1, false), (256, 3, 1, 1, false), (256, 3, 1, 1, true) })
        {
            net.Filter(outputs, size, stride, padding, hasBias: true);
            net.Activate();
            if (isPooled)
                net.Pool(3, 2, 0);
        }
        net.Classify(4096);
        return net._builder.Build(net._at);
    }

    private void Block(int width, int stride, bool isDeep)
    {
        (int input, Shape shape) = (_at, Shape);
        int outputs = isDeep ? 4 * width : width;
        if (isDeep)
        {
            Normalized(width, 1, 1);
            Activate();
        }
        Normalized(width, 3, stride);
        Activate();
        Normalized(outputs, isDeep ? 1 : 3, 1);
        int main = _at;
        if (stride != 1 || shape[0] != outputs)
        {
            _at = input;
            Normalized(outputs, 1, stride);
            input = _at;
        }
        _at = _builder.Add(new Sum(_builder.ShapeOf(main), 1, 1), main, input);
        Activate();
    }

    private void Normalized(int outputs, int size, int stride)
    {
        Filter(outputs, size, stride, size / 2, hasBias: false);
        float[] Ones() => [.. Enumerable.Repeat(1f, outputs)];
        Add(new BatchNormalization(Shape, Ones(), new float[outputs], new float[outputs], Ones(), 1e-5));
    }

    private void Filter(int outputs, int size, int stride, int padding, bool hasBias) => Add(new Convolution(Shape, new float[outputs * Shape[0] * size * size], hasBias ? new Weights(new float[outputs]) : null, Squares(size, stride, padding)));

    private void Classify(int hidden)
    {
        Flatten();
        Full(hidden);
        Activate();
        Full(hidden);
        Activate();
        Full(1000);
    }

    private void Full(int outputs) => Add(new Dense(new float[outputs * Shape.Size], new float[outputs], Shape));

    private void Flatten() => Add(new Reshape(Shape, new Shape(Shape.Size)));

    private void Activate() => Add(PiecewiseLinear.Relu(Shape));

    private void Pool(int size, int stride, int padding) => Add(new MaxPooling(Shape, Squares(size, stride, padding)));

    private void Add(Layer layer) => _at = _builder.Add(layer, _at);

    private static Windows Squares(int size, int stride, int padding) => new(size, size) { StrideX = stride, StrideY = stride, Left = padding, Right = padding, Top = padding, Bottom = padding };
}
