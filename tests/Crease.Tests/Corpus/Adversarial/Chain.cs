using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Tests.Corpus;

/// <summary>A network under construction from two inputs: dense layers and what follows them, by small matrices.</summary>
public sealed class Chain
{
    private readonly NetworkBuilder _builder;

    public Chain(string name, int inputs = 2)
    {
        _builder = new NetworkBuilder(name);
        At = _builder.Input("x", new Shape(inputs));
    }

    /// <summary>The node that the next layer reads.</summary>
    public int At { get; private set; }

    public int Width => _builder.ShapeOf(At).Size;

    public Chain Dense(double[] weights, params double[]? bias) => Add(new Dense(weights, bias is { Length: > 0 } ? (Weights)bias : null, new Shape(Width)));

    public Chain Relu() => Add(PiecewiseLinear.Relu(new Shape(Width)));

    /// <summary>A hidden layer with ReLU.</summary>
    public Chain Hidden(double[] weights, params double[] bias) => Dense(weights, bias).Relu();

    public Chain Fold(Func<Shape, Layer> layer) => Add(layer(new Shape(Width)));

    /// <summary>The maximum over neighbors: windows of a width at every stride-th unit.</summary>
    public Chain Max(int width, int stride = 1)
    {
        Add(new Reshape(new Shape(Width), new Shape(1, 1, Width)));
        Add(new MaxPooling(_builder.ShapeOf(At), new Windows(1, width) { StrideX = stride }));
        return Add(new Reshape(_builder.ShapeOf(At), new Shape(Width)));
    }

    /// <summary>Adds an earlier node of the same width, times a sign.</summary>
    public Chain Plus(int node, double sign = 1)
    {
        At = _builder.Add(new Sum(new Shape(Width), 1, sign), At, node);
        return this;
    }

    /// <summary>Joins an earlier node behind this one.</summary>
    public Chain With(int node)
    {
        At = _builder.Add(new Concatenation([new Shape(Width), _builder.ShapeOf(node)], 0), At, node);
        return this;
    }

    public Chain Add(Layer layer)
    {
        At = _builder.Add(layer, At);
        return this;
    }

    /// <summary>The network; its output is the last node.</summary>
    public Network Build() => _builder.Build(At);

    /// <summary>The network with one output, the sum of the last units.</summary>
    public Network Summed() => Dense([.. Enumerable.Repeat(1.0, Width)]).Build();
}
