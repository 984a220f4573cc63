using Crease.Networks;
using Crease.Networks.Layers;
using TorchSharp;

namespace Crease.Lab;

/// <summary>One hidden layer of ReLU over the place itself.</summary>
internal sealed class CurvePerceptron(int units) : CurveModel
{
    // Biases as wide as the domain spread the creases -b / w over it.
    public override IReadOnlyList<TensorPlan> Tensors { get; } =
    [
        new("hidden.weight", [units, 1], TensorStart.Uniform, 1, true),
        new("hidden.bias", [units], TensorStart.Uniform, TargetCurve.End, true),
        new("output.weight", [1, units], TensorStart.Uniform, 1 / Math.Sqrt(units), true),
        new("output.bias", [1], TensorStart.Constant, 0, true),
    ];

    public override int Width => 1;

    public override double[] Inputs(ReadOnlySpan<double> places, Func<double, double> curve) => places.ToArray();

    public override (torch.Tensor Outputs, torch.Tensor Gates) Run(IReadOnlyList<torch.Tensor> weights, torch.Tensor inputs)
    {
        torch.Tensor gates = torch.nn.functional.linear(inputs, weights[0], weights[1]);
        return (torch.nn.functional.linear(gates.relu(), weights[2], weights[3]).squeeze(1), gates);
    }

    /// <summary>The trained network as Crease's own, which engines cut exactly.</summary>
    /// <param name="weights">Values of the tensors, in order.</param>
    public static Network Network(double[][] weights)
    {
        int units = weights[1].Length;
        var builder = new NetworkBuilder("perceptron");
        int at = builder.Input("t", new Shape(1));
        at = builder.Add(new Dense(weights[0], weights[1], new Shape(1)), at);
        at = builder.Add(PiecewiseLinear.Relu(new Shape(units)), at);
        return builder.Build(builder.Add(new Dense(weights[2], weights[3], new Shape(units)), at));
    }
}
