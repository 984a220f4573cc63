using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Parameters in one row, in the order in which they are derived by.</summary>
public sealed class ParameterVectorTests
{
    public static TheoryData<string> Kinds { get; } = ["dense", "convolution", "batch normalization", "layer normalization"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_network_of_one_layer_is_its_linearization_at_any_other_parameters(string kind)
    {
        Network first = Single(kind, 1), other = Single(kind, 2);
        double[] from = ParameterVector.Of(first), to = ParameterVector.Of(other);
        Assert.Equal(first.Parameters, from.Length);
        Assert.NotEqual(from, to);
        double[] inputs = KernelCases.Inputs(first, 5), change = [.. to.Zip(from, (b, a) => b - a)];
        double[] linear = new LinearizedNetwork(first, inputs, 5).Values(change), values = new EmpiricalKernel(other).Values(inputs, 5);
        Assert.InRange(KernelCases.Distance(values, linear), 0, 1e-12);
    }

    [Fact]
    public void The_full_kernel_by_contraction_holds_the_kernel_of_each_output()
    {
        Network network = KernelCases.Networks["groups, strides, layer normalization"]();
        ParameterJacobian jacobian = ParameterJacobian.Of(network, KernelCases.Inputs(network, 3), 3);
        KernelMatrix full = jacobian.Full();
        for (int o = 0; o < jacobian.Outputs; o++)
        {
            KernelMatrix one = jacobian.OfOutput(o);
            for (int i = 0; i < 9; i++)
                Assert.Equal(one[i / 3, i % 3], full[i / 3 * jacobian.Outputs + o, i % 3 * jacobian.Outputs + o], 1e-9 * Math.Abs(one[0, 0]));
        }
    }

    private static Network Single(string kind, ulong seed)
    {
        var random = new RandomSource(seed);
        var builder = new NetworkBuilder(kind);
        Shape shape = kind is "dense" or "layer normalization" ? new Shape(6) : new Shape(4, 5, 5);
        int at = builder.Input("x", shape);
        double[] Draw(int count) => LayerCases.Normals(random, count);
        return builder.Build(builder.Add(kind switch
        {
            "dense" => new Dense(Draw(18), Draw(3), shape),
            "convolution" => new Convolution(shape, Draw(6 * 2 * 6), Draw(6), new Windows(2, 3) { StrideX = 2, Top = 1 }, 2),
            "batch normalization" => (Layer)new BatchNormalization(shape, Draw(4), Draw(4), new double[] { 1, 2, 3, 4 }, new double[] { 0.5, 1, 2, 3 }, 1e-3),
            _ => new LayerNormalization(shape, Draw(6), Draw(6), 1e-3),
        }, at));
    }
}
