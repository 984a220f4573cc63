using Crease.Models;
using Crease.Networks;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Every operation that is read, in its variants, computes what ONNX Runtime computes.</summary>
public sealed class OperationTests(ITestOutputHelper log)
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases => [.. OperationCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Operation_agrees_with_ONNX_Runtime(string name)
    {
        byte[] model = OperationCases.All[name]();
        Network network = Model.Read(model, name);
        using var oracle = new OnnxOracle(model);
        double error = oracle.WorstError(network, 4, seed: 7, low: -2, high: 2);
        log.WriteLine($"{name}: {network.InputShape} -> {network.OutputShape}, relative error {error:E2}");
        Assert.True(error <= Tolerance, $"{name}: relative error {error:E2}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_and_layers_are_finite(string name)
    {
        Network network = Model.Read(OperationCases.All[name](), name);
        double[] output = network.Evaluate(new double[network.InputShape.Size]);
        Assert.All(output, value => Assert.True(double.IsFinite(value)));
        Assert.Equal(network.OutputShape.Size, output.Length);
    }
}
