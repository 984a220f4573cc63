using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>Training with the template-orthogonality penalty.</summary>
public sealed class TemplateTrainingTests
{
    private static readonly double[] Weights = [0, 0.003, 0.3, 1];

    // A step of plain descent with all rows: what the penalty changes is its gradient times the rate.
    [Theory]
    [InlineData("2-7-3", Activation.Relu)]
    [InlineData("2-7-5-3", Activation.Leaky)]
    public void A_step_follows_the_exact_gradient_of_the_penalty(string net, Activation activation)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        const double rate = 1e-3;
        TrainingOptions options = new()
        {
            Data = new() { Data = "synthetic:blobs,samples=40,clouds=3" },
            Network = new() { Net = net, Activation = activation, InitialScale = 2 },
            Optimizer = new() { Kind = OptimizerKind.Sgd, Rate = rate, WeightDecay = 0 },
            Steps = 1,
            Batch = 0,
            Precision = Precision.Bits64,
            Checkpoints = "ends",
        };
        Dense[] plain = Layers(folder, "plain", options), penalized = Layers(folder, "penalized", options with { TemplatePenalty = 0.7 });
        DataParts parts = TrainingSource.Load(options.Data, false, options.Seed);
        Network start = Model.Load(Path.Combine(folder.At("plain"), "checkpoints", WeightsLocation.CheckpointName(0)));
        TemplatePenalty exact = TemplatePenalty.Of(new PiecewiseGraph(start), [.. Enumerable.Range(0, parts.Train.Inputs.Length).Select(parts.Train.Row)], 0.7);
        Assert.True(exact.Value > 1e-3, $"{exact.Value}");
        for (int l = 0; l < plain.Length; l++)
        {
            double largest = exact.Gradient(l).ToArray().Max(Math.Abs);
            Assert.True(largest > 1e-3, $"{largest}");
            for (int i = 0; i < plain[l].Weights.Count; i++)
                Assert.Equal(exact.Gradient(l)[i], (plain[l].Weights.Values[i] - penalized[l].Weights.Values[i]) / rate, 1e-8 * largest);
        }
    }

    // Behind convolutions the exact gradient is a difference of penalties, since codes stay as they are.
    [Theory]
    [InlineData("cnn:3-4/5", Activation.Relu)]
    [InlineData("cnn:2/3", Activation.Abs)]
    public void A_step_of_a_convolutional_network_follows_the_slope_of_the_penalty(string net, Activation activation)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        const double rate = 1e-3;
        TrainingOptions options = new()
        {
            Data = new() { Data = "example:digits", Test = "example:digits" },
            Network = new() { Net = net, Activation = activation, InitialScale = 3 },
            Optimizer = new() { Kind = OptimizerKind.Sgd, Rate = rate, WeightDecay = 0 },
            Steps = 1,
            Batch = 0,
            Precision = Precision.Bits64,
            Checkpoints = "ends",
        };
        TrainingRun.Create(folder.At("plain"), options).Train();
        TrainingRun.Create(folder.At("penalized"), options with { TemplatePenalty = 0.7 }).Train();
        Network start = Model.Load(Path.Combine(folder.At("plain"), "checkpoints", WeightsLocation.CheckpointName(0)));
        double[] plain = ParameterVector.Of(Model.Load(folder.At("plain"))), penalized = ParameterVector.Of(Model.Load(folder.At("penalized")));
        double[] steps = [.. plain.Zip(penalized, (a, b) => (a - b) / rate)];
        double[][] rows = DataSource.Load("example:digits").Inputs;
        double largest = steps.Max(Math.Abs);
        Assert.True(largest > 1e-3, $"{largest}");
        int at = 0, checkedWeights = 0;
        foreach (Node node in start.Nodes.Where(node => node.Layer is Convolution or Dense))
        {
            (Weights weights, Weights? bias) = node.Layer is Convolution filter ? (filter.Weights, filter.Bias) : (((Dense)node.Layer).Weights, ((Dense)node.Layer).Bias);
            for (int i = 0; i < weights.Count; i += 1 + weights.Count / 7, checkedWeights++)
                Assert.Equal((Penalty(node, i, 1e-6) - Penalty(node, i, -1e-6)) / 2e-6, steps[at + i], 1e-6 * largest);
            at += weights.Count + (bias?.Count ?? 0);
        }
        Assert.Equal(steps.Length, at);
        Assert.True(checkedWeights > 10);

        double Penalty(Node moved, int weight, double by)
        {
            var builder = new NetworkBuilder("moved");
            foreach (Node node in start.Nodes)
                _ = node.Layer is InputLayer ? builder.Input(node.Name, node.Shape) : builder.Add(node.Index == moved.Index ? Layer(node.Layer) : node.Layer, node.Inputs.AsSpan());
            TemplateSet set = new Templates(builder.Build(start.Outputs.AsSpan())).Of(rows);
            double sum = 0;
            for (int sample = 0; sample < rows.Length; sample++)
            {
                for (int a = 0; a < set.Outputs; a++)
                {
                    for (int c = 0; c < set.Outputs; c++)
                        sum += a == c ? 0 : Math.Pow(TensorPrimitives.Dot(set.Template(sample, a), set.Template(sample, c)), 2);
                }
            }
            return 0.7 * sum / ((double)set.Outputs * set.Outputs * rows.Length);

            Layer Layer(Layer layer) => layer is Convolution filter
                ? new Convolution(filter.InputShapes[0], Moved(filter.Weights), filter.Bias, filter.Windows, filter.Groups)
                : new Dense(Moved(((Dense)layer).Weights), ((Dense)layer).Bias, layer.InputShapes[0]);

            double[] Moved(Weights weights)
            {
                double[] values = weights.Values.ToArray();
                values[weight] += by;
                return values;
            }
        }
    }

    [Fact]
    public void The_penalty_makes_templates_of_digits_less_alike()
    {
        LibTorch.Require();
        double plain = Cosine(0, PenaltyForm.Templates, 0, 300), penalized = Cosine(1, PenaltyForm.Templates, 0, 300);
        Assert.True(penalized < 0.5 * plain, $"{penalized} with, {plain} without");
    }

    // Test 6 of the specification, on the bundled digits: about two minutes.
    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Cosines_fall_with_the_penalty_and_hardly_with_its_last_layer_form()
    {
        LibTorch.Require();
        double[] cosines = [.. Weights.Select(weight => Mean(weight, PenaltyForm.Templates))], last = [.. Weights.Select(weight => Mean(weight, PenaltyForm.LastLayer))];
        TestContext.Current.TestOutputHelper?.WriteLine($"templates {string.Join(", ", cosines.Select(cosine => cosine.ToString("F4")))}; last layer {string.Join(", ", last.Select(cosine => cosine.ToString("F4")))}");
        Assert.Equal(cosines.OrderDescending(), cosines);
        Assert.Equal(cosines.Length, cosines.Distinct().Count());
        Assert.True(cosines[^1] < 0.3 * cosines[0], $"{cosines[^1]} of {cosines[0]}");
        Assert.All(last, cosine => Assert.True(cosine >= 0.7 * last[0], $"{cosine} of {last[0]}"));
    }

    [Theory]
    [InlineData(-1.0, "2-4-2", "template penalty is -1; expected a finite number of at least 0")]
    [InlineData(double.NaN, "2-4-2", "template penalty is NaN")]
    [InlineData(1.0, "gpt:1-1-8", "tokens have none; leave it out")]
    public void A_penalty_that_cannot_be_is_refused(double weight, string net, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => new TrainingOptions { Data = new() { Data = "example:moons" }, Network = new() { Net = net }, TemplatePenalty = weight }.Check()).Message, StringComparison.Ordinal);

    private static double Mean(double weight, PenaltyForm form) => Enumerable.Range(0, 3).Average(seed => Cosine(weight, form, (ulong)seed, 900));

    private static double Cosine(double weight, PenaltyForm form, ulong seed, int steps)
    {
        using var folder = new TemporaryFolder();
        TrainingRun.Create(folder.At("run"), new TrainingOptions
        {
            Data = new() { Data = "example:optdigits", Samples = 2000 },
            Network = new() { Net = "64-64-10", InitialScale = 2.45 },
            Optimizer = new() { Kind = OptimizerKind.Adam, WeightDecay = 0 },
            Steps = steps,
            Batch = 50,
            Metrics = "ends",
            Checkpoints = "ends",
            Seed = seed,
            TemplatePenalty = weight,
            PenaltyForm = form,
        }).Train();
        Network network = Model.Load(folder.At("run"));
        DataSet data = DataSource.Load("example:optdigits#test");
        return TemplateCorrelation.Of(new Templates(network), [.. Enumerable.Range(0, 500).Select(data.Row)]).MeanCosine!.Value;
    }

    private static Dense[] Layers(TemporaryFolder folder, string run, TrainingOptions options)
    {
        TrainingRun.Create(folder.At(run), options).Train();
        return [.. Model.Load(folder.At(run)).Nodes.Select(node => node.Layer).OfType<Dense>()];
    }
}
