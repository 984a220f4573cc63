using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
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
    [InlineData("cnn:4/8", null, "learned:unit", "follows no dense layer")]
    public void What_has_no_soft_form_is_refused(string net, Activation? activation, string beta, string says)
    {
        using var folder = new TemporaryFolder();
        string data = net.StartsWith("cnn", StringComparison.Ordinal) ? "example:digits" : Moons.Data.Data;
        TrainingOptions options = Moons with { Data = new() { Data = data }, Network = new() { Net = net, Activation = activation, Beta = beta } };
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => TrainingRun.Create(folder.At("run"), options)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("run")));
    }
}
