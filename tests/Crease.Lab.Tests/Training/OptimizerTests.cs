using System.Runtime;
using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>Steps of the optimizers, on all numbers at once, are those of torch.optim on tensors of their own.</summary>
public sealed class OptimizerTests
{
    public static TheoryData<string, OptimizerOptions> Rules => new()
    {
        { "sgd", new() { Kind = OptimizerKind.Sgd, Rate = 0.05, WeightDecay = 0 } },
        { "momentum", new() { Kind = OptimizerKind.Sgd, Rate = 0.05, WeightDecay = 0.02, Momentum = 0.9 } },
        { "nesterov", new() { Kind = OptimizerKind.Sgd, Rate = 0.05, WeightDecay = 0.02, Momentum = 0.8, Nesterov = true } },
        { "adam", new() { Kind = OptimizerKind.Adam, Rate = 0.03, WeightDecay = 0.1 } },
        { "adamw", new() { Kind = OptimizerKind.AdamW, Rate = 0.03, WeightDecay = 0.1, Beta1 = 0.8, Beta2 = 0.95 } },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Steps_are_those_of_the_library(string name, OptimizerOptions options)
    {
        LibTorch.Require();
        using DisposeScope scope = torch.NewDisposeScope();
        TensorPlan[] plans = [new("w", [3, 4], TensorStart.Uniform, 1, true), new("b", [5], TensorStart.Uniform, 1, true)];
        using var flat = new FlatParameters(plans, torch.ScalarType.Float64, torch.CPU);
        torch.Tensor[] others = [.. plans.Select((plan, i) => Numbers(plan, i + 1).requires_grad_(true))];
        for (int i = 0; i < plans.Length; i++)
        {
            using var _ = torch.no_grad();
            flat.Views[i].copy_(others[i]);
        }
        using OptimizerStep ours = OptimizerStep.Of(options, flat);
        var parameters = others.Select(tensor => new TorchSharp.Modules.Parameter(tensor)).ToArray();
        torch.optim.Optimizer theirs = options.Kind switch
        {
            OptimizerKind.Sgd => torch.optim.SGD(parameters, options.Rate, options.Momentum, 0, options.WeightDecay, options.Nesterov),
            OptimizerKind.Adam => torch.optim.Adam(parameters, options.Rate, options.Beta1, options.Beta2, options.Epsilon, options.WeightDecay),
            _ => torch.optim.AdamW(parameters, options.Rate, options.Beta1, options.Beta2, options.Epsilon, options.WeightDecay),
        };
        for (int step = 0; step < 20; step++)
        {
            WithoutCollection(() =>
            {
                flat.ClearGradients();
                theirs.zero_grad();
                Cost([.. flat.Views]).backward();
                Cost([.. parameters]).backward();
                ours.Apply(options.Rate, step + 1, wantsNorm: false);
                theirs.step();
            });
        }
        for (int i = 0; i < plans.Length; i++)
            Assert.True((flat.Views[i] - parameters[i]).abs().max().item<double>() < 1e-13, name);
    }

    [Fact]
    public void A_gradient_is_clipped_to_the_given_norm()
    {
        LibTorch.Require();
        using var flat = new FlatParameters([new("w", [2], TensorStart.Uniform, 1, true)], torch.ScalarType.Float64, torch.CPU);
        using OptimizerStep step = OptimizerStep.Of(new() { Kind = OptimizerKind.Sgd, Rate = 1, WeightDecay = 0, Clip = 0.5 }, flat);
        using (torch.no_grad())
            flat.Gradients.narrow(0, 0, 2).copy_(torch.tensor([3.0, 4.0]));
        Assert.Equal(5, step.Apply(1, 1, wantsNorm: true), 1e-12);
        Assert.Equal([-0.3, -0.4], flat.Views[0].data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    // TorchSharp's optimizers hand numbers to libtorch that nothing keeps: a collection at that moment frees them.
    private static void WithoutCollection(Action action)
    {
        GC.TryStartNoGCRegion(16 << 20);
        try
        {
            action();
        }
        finally
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
    }

    // Coupled and not quadratic, so that every step differs.
    private static torch.Tensor Cost(torch.Tensor[] tensors) => (tensors[0].sin().sum() * tensors[1].square().mean() + tensors[0].pow(4).sum() + tensors[1].cos().sum()).mul(0.3);

    private static torch.Tensor Numbers(TensorPlan plan, int seed) =>
        torch.tensor([.. Enumerable.Range(0, plan.Count).Select(i => Math.Sin(seed * (i + 1.7)))], [.. plan.Extents.Select(extent => (long)extent)], torch.ScalarType.Float64);
}
