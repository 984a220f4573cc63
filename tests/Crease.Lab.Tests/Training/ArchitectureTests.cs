using Crease.Models;
using Crease.Networks;
using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>What is trained is what every reader of models loads: libtorch and the intermediate representation compute the same.</summary>
public sealed class ArchitectureTests
{
    [Theory]
    [InlineData("6-9-7-4", "6", Activation.Relu, false)]
    [InlineData("6-9-7-4", "6", Activation.Gelu, true)]
    [InlineData("6-9-4", "6", Activation.Leaky, false)]
    [InlineData("6-9-4", "6", Activation.Silu, false)]
    [InlineData("6-9-4", "6", Activation.Abs, true)]
    [InlineData("cnn:4-5-6/7", "2,8,8", Activation.Relu, false)]
    [InlineData("cnn:4-5-6/7", "2,8,8", Activation.Relu, true)]
    [InlineData("resnet18:4", "3,8,8", Activation.Relu, false)]
    [InlineData("resnet18:4", "3,8,8", Activation.Relu, true)]
    public void Networks_load_as_they_were_trained(string net, string shape, Activation activation, bool normalized)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        using DisposeScope scope = torch.NewDisposeScope();
        var input = new Shape([.. shape.Split(',').Select(int.Parse)]);
        NetworkPlan plan = (Architecture.Parse(net) with { Activation = activation, BatchNormalization = normalized }).Plan(input, 4);
        using var parameters = new TrainedParameters(plan, Precision.Bits64, torch.CPU);
        double[][] values = plan.Draw(3);
        for (int i = 0; i < values.Length; i++)
            parameters.Set(plan.Tensors[i].Name, values[i]);
        var network = new TorchNetwork(plan.Description, parameters.Tensors);
        const int Rows = 7;
        double[] inputs = [.. Enumerable.Range(0, Rows * input.Size).Select(i => Math.Sin(1.3 * i))];
        torch.Tensor batch = torch.tensor(inputs, [Rows, .. input.Extents.Select(extent => (long)extent)]);
        // Running statistics that are not those of the start.
        network.Value(batch, isTraining: true);
        double[] theirs = network.Value(batch, isTraining: false).data<double>().ToArray();
        RunFolder.Write(folder.At("network.json"), plan.Description.Write);
        RunFolder.Write(folder.At("w.safetensors"), stream => SafetensorsWriter.Write(stream, parameters.Snapshot()));
        double[] ours = Model.Load(folder.At("w.safetensors")).Evaluate(inputs, Rows);
        Assert.Equal(theirs.Length, ours.Length);
        Assert.True(theirs.Distinct().Count() > Rows);
        Assert.All(Enumerable.Range(0, ours.Length), i => Assert.Equal(theirs[i], ours[i], 1e-10 * (1 + Math.Abs(theirs[i]))));
    }

    [Fact]
    public void The_same_seed_draws_the_same_numbers_within_the_usual_range()
    {
        NetworkPlan plan = Architecture.Parse("784-200-10").Plan(new Shape(784), 10);
        double[][] one = plan.Draw(5), same = plan.Draw(5), other = plan.Draw(6), large = plan.Draw(5, 8);
        Assert.Equal(one, same);
        Assert.NotEqual(one[0], other[0]);
        Assert.All(one[0], weight => Assert.InRange(Math.Abs(weight), 0, 1 / Math.Sqrt(784)));
        Assert.InRange(one[0].Max(), 0.99 / Math.Sqrt(784), 1 / Math.Sqrt(784));
        Assert.Equal(one[1].Select(bias => 8 * bias), large[1]);
    }

    [Theory]
    [InlineData("2-")]
    [InlineData("resnet50")]
    [InlineData("gpt:2-4")]
    [InlineData("2-0-2")]
    public void Unknown_networks_are_refused_in_one_line(string net) =>
        Assert.Contains("expected widths like", Assert.Throws<ArgumentException>(() => Architecture.Parse(net)).Message, StringComparison.Ordinal);
}
