using System.Collections.Immutable;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>Networks of soft units, with a fixed or a learned β.</summary>
public sealed class SoftTrainingTests
{
    private static readonly TrainingOptions Moons = new()
    {
        Data = new() { Data = "synthetic:moons,samples=200,noise=0.1", Samples = 200 },
        Network = new() { Net = "2-8-8-2" },
        Optimizer = new() { Rate = 1e-2, WeightDecay = 0 },
        Steps = 60,
        Batch = 50,
        Precision = Precision.Bits64,
        Metrics = "every:20",
        Checkpoints = "every:20",
    };

    [Theory]
    [InlineData(Activation.Relu, "0.3", 0)]
    [InlineData(Activation.Leaky, "0.7", 0)]
    [InlineData(Activation.Abs, "0.6", 0)]
    [InlineData(Activation.Relu, "learned", 2)]
    [InlineData(Activation.Leaky, "learned:network", 1)]
    [InlineData(Activation.Abs, "learned:unit", 16)]
    public void A_trained_soft_network_is_read_back_with_the_loss_of_its_training(Activation activation, string beta, int logits)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var lines = new List<TrainingMetrics>();
        TrainingRun.Create(folder.At("run"), Moons with { Network = Moons.Network with { Activation = activation, Beta = beta } }).Train(null, lines.Add);
        Network network = Model.Load(folder.At("run"));
        SoftPiecewiseLinear[] soft = [.. network.Nodes.Select(node => node.Layer).OfType<SoftPiecewiseLinear>()];
        Assert.Equal(2, soft.Length);
        double[] betas = [.. soft.SelectMany(layer => layer.Betas)];
        Assert.Equal(Math.Max(2, logits), betas.Length);
        if (logits == 0)
            Assert.All(betas, found => Assert.Equal(double.Parse(beta, System.Globalization.CultureInfo.InvariantCulture), found));
        else
            Assert.All(betas, found => Assert.True(found is > 0 and < 1 && Math.Abs(found - 0.5) > 1e-4, $"{found}"));
        Assert.Equal(logits == 16, betas.Distinct().Count() > 2);
        DataSet data = DataSource.Load("synthetic:moons,samples=200,noise=0.1");
        double loss = Enumerable.Range(0, 200).Average(row =>
        {
            double[] outputs = network.Evaluate(data.Row(row));
            return Math.Log(outputs.Sum(Math.Exp)) - outputs[data.Labels![row]];
        });
        Assert.Equal(lines[^1].TrainLoss, loss, 1e-9);
    }

    [Theory]
    [InlineData("cnn:3-5/4", false, Activation.Leaky)]
    [InlineData("cnn:3-5/4", false, Activation.Abs)]
    [InlineData("resnet18:2", true, Activation.Relu)]
    public void Units_behind_a_convolution_learn_a_beta_per_channel(string net, bool batchNormalization, Activation activation)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var lines = new List<TrainingMetrics>();
        TrainingOptions options = Moons with
        {
            Data = new() { Data = "example:digits", Test = "example:digits" },
            Network = new() { Net = net, Activation = activation, Beta = "learned:unit", BatchNormalization = batchNormalization },
            Steps = 20,
        };
        TrainingRun.Create(folder.At("run"), options).Train(null, lines.Add);
        Network network = Model.Load(folder.At("run"));
        SoftPiecewiseLinear[] soft = [.. network.Nodes.Select(node => node.Layer).OfType<SoftPiecewiseLinear>()];
        Assert.Equal(batchNormalization ? 16 : 3, soft.Length);
        foreach (SoftPiecewiseLinear layer in soft)
        {
            int channels = layer.OutputShape[0], positions = layer.OutputShape.Size / channels;
            double[] betas = [.. layer.Betas.Where((_, unit) => unit % positions == 0)];
            Assert.Equal(layer.OutputShape.Size, layer.Betas.Length);
            Assert.All(layer.Betas, (beta, unit) => Assert.Equal(betas[unit / positions], beta));
            Assert.True(betas.Distinct().Count() > 1, $"{string.Join(", ", betas)}");
            Assert.All(betas, beta => Assert.True(beta is > 0 and < 1));
        }
        DataSet data = DataSource.Load("example:digits");
        double loss = Enumerable.Range(0, data.Inputs.Length).Average(row =>
        {
            double[] outputs = network.Evaluate(data.Row(row));
            return Math.Log(outputs.Sum(Math.Exp)) - outputs[data.Labels![row]];
        });
        Assert.Equal(lines[^1].TrainLoss, loss, 1e-9);
    }

    // No architecture pools by a maximum, and a described network may: its steps are those of the library's layer.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Soft_max_pooling_in_training_is_that_of_the_library(int logits)
    {
        LibTorch.Require();
        using torch.Tensor logit = torch.tensor(Enumerable.Range(0, logits).Select(channel => 0.7 * channel - 0.4).ToArray());
        var pooling = new MaxPooling(new Shape(3, 6, 4), new Windows(2, 2) { StrideY = 2, StrideX = 2 });
        double[] betas = [.. Enumerable.Range(0, logits == 1 ? 1 : pooling.Units).Select(unit => SoftUnits.Beta(0.7 * (logits == 1 ? 0 : unit / 6) - 0.4))], input = [.. Enumerable.Range(0, 72).Select(i => Math.Sin(3.7 * i))], expected = new double[18];
        new SoftMaxPooling(pooling, betas).Evaluate([input], 1, expected);
        using torch.Tensor found = SoftUnitSteps.Of(new NodeDescription("pool", NodeKinds.MaxPooling, ["x"]) { Settings = ImmutableSortedDictionary<string, double>.Empty.Add("kernel", 2).Add("stride", 2) }, logit)!(torch.tensor(input).view(1, 3, 6, 4));
        Assert.Equal(expected, found.flatten().data<double>().ToArray(), (a, b) => Math.Abs(a - b) <= 1e-12);
    }

    [Fact]
    public void Weights_start_from_the_same_numbers_as_those_of_the_hard_network()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingRun.Create(folder.At("hard"), Moons with { Steps = 1 }).Train();
        TrainingRun.Create(folder.At("soft"), Moons with { Steps = 1, Network = Moons.Network with { Beta = "learned" } }).Train();
        double[] Start(string run) => ((Dense)Model.Load(Path.Combine(folder.At(run), "checkpoints", WeightsLocation.CheckpointName(0))).Nodes[1].Layer).Weights.Values.ToArray();
        Assert.Equal(Start("hard"), Start("soft"));
    }

    [Fact]
    public void Soft_and_penalized_training_goes_on_to_the_same_bytes()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingOptions options = Moons with { TemplatePenalty = 0.1, Network = Moons.Network with { Beta = "learned:unit" } };
        TrainingRun.Create(folder.At("whole"), options).Train();
        using var stop = new CancellationTokenSource();
        TrainingRun.Create(folder.At("stopped"), options).Train(new Numerics.RunContext { Cancellation = stop.Token }, _ => stop.Cancel());
        Assert.Equal(60, TrainingRun.Resume(folder.At("stopped")).Train());
        foreach (string file in Directory.GetFiles(folder.At("whole"), "*", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder.At("stopped"), Path.GetRelativePath(folder.At("whole"), file))));
    }

    [Theory]
    [InlineData("2-8-2", null, "1", "'beta' is '1'; expected a number in (0, 1)")]
    [InlineData("2-8-2", null, "warm", "'beta' is 'warm'")]
    [InlineData("2-8-2", Activation.Gelu, "0.5", "the activation is gelu")]
    [InlineData("2-2", null, "0.5", "the network has none")]
    public void What_has_no_soft_form_is_refused(string net, Activation? activation, string beta, string says)
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = Moons with { Network = new() { Net = net, Activation = activation, Beta = beta } };
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => TrainingRun.Create(folder.At("run"), options)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("run")));
    }
}
