using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Accuracy, attacks, proofs and losses of networks of few bits.</summary>
public sealed class QuantizationCurveTests
{
    private static readonly QuantizationCurveOptions Usual = new() { Bits = [1, 2, 3, 5, 16], Attack = new AttackOptions { Box = null }, Epsilons = [0, 0.05, 0.2], Distances = 10 };

    [Fact]
    public void Losses_add_up_and_proofs_stay_below_attacks()
    {
        (Network network, double[][] inputs, int[] labels) = Case(3);
        QuantizationCurve found = QuantizationCurve.Of(network, inputs, labels, Usual with { Audit = false });
        Assert.Equal([1, 2, 3, 5, 16], found.Results.Select(result => result.Bits!.Value));
        foreach (QuantizedResult result in found.Results.Prepend(found.Before))
        {
            Assert.Equal(Right(result.Network, inputs, labels), result.Accuracy!.Value);
            // A ball of radius 0 is the input.
            Assert.Equal(result.Accuracy, result.Robust[0]);
            Assert.Equal(result.Accuracy.Value, result.Certified[0], 1e-12);
            for (int e = 0; e < 3; e++)
            {
                Assert.True(result.CertifiedByIntervals[e] <= result.Certified[e] && result.Certified[e] <= result.Robust[e], $"{result.Bits}: {result.CertifiedByIntervals[e]}, {result.Certified[e]}, {result.Robust[e]}");
                Assert.Equal(result.JointLoss(found.Before, e)!.Value, result.QuantizationLoss(found.Before)!.Value + result.AdversarialLoss(e)!.Value, 1e-12);
            }
        }
        Assert.Equal(0, found.Before.QuantizationLoss(found.Before));
        Assert.Contains(found.Results, result => result.QuantizationLoss(found.Before) > 0.02);
    }

    [Fact]
    public void Sixteen_bits_change_next_to_nothing()
    {
        (Network network, double[][] inputs, int[] labels) = Case(4);
        QuantizationCurve found = QuantizationCurve.Of(network, inputs, labels, Usual with { Bits = [16], Audit = false });
        QuantizedResult fine = found.Results[0];
        Assert.Equal((found.Before.Accuracy, 0.0), (fine.Accuracy, fine.Change!.ChangedClasses));
        Assert.True(fine.Change.HammingShares.Max() < 0.01);
        Assert.Equal(found.Before.Robust[1], fine.Robust[1], 0.02);
        Assert.Equal(fine.Robust[1], fine.Transferred[1], 0.05);
    }

    // Logits so large that the gradient of the cross-entropy vanishes: the attack finds less, and the network is the same classifier.
    [Fact]
    public void Masked_gradients_are_suspect_and_prove_nothing_more()
    {
        Network network = Classifiers.Folded(6, 9, 16, 16, 4);
        (double[][] inputs, int[] labels) = Classifiers.Points(new NetworkClassifier(network), 40, mistakes: 0);
        Network Scaled(Network given, double scale)
        {
            var builder = new NetworkBuilder("scaled");
            foreach (Node node in given.Nodes)
            {
                if (node.Layer is InputLayer)
                    builder.Input(node.Name, node.Shape);
                else
                    builder.Add(node.Name, node.Layer, node.Inputs.AsSpan());
            }
            return builder.Build(builder.Add(new Scaling(given.OutputShape, [scale], null), given.Outputs[0]));
        }
        QuantizationCurveOptions wide = Usual with { Bits = [6], Epsilons = [0, 0.05, 0.4] };
        QuantizationCurve plain = QuantizationCurve.Of(network, inputs, labels, wide), masked = QuantizationCurve.Of(Scaled(network, 1e6), inputs, labels, wide);
        Assert.Contains("transfer", plain.Results[0].Audit.Select(line => line.Name));
        Assert.DoesNotContain("transfer", plain.Before.Audit.Select(line => line.Name));
        Assert.False(masked.Results[0].IsBelieved);
        Assert.False(masked.Results[0].Audit.Single(line => line.Name == "zero gradients").Passes);
        // Apparent robustness rises, what is proved does not.
        Assert.True(masked.Results[0].Robust[2] > plain.Results[0].Robust[2] + 0.1, $"{masked.Results[0].Robust[2]} and {plain.Results[0].Robust[2]}");
        Assert.Equal(plain.Results[0].Certified, masked.Results[0].Certified);
    }

    [Fact]
    public void Threads_do_not_matter_and_what_is_not_measured_is_said()
    {
        (Network network, double[][] inputs, int[] labels) = Case(6);
        QuantizedResult[] Of(int threads) => [.. QuantizationCurve.Of(network, inputs[..30], labels[..30], Usual with { Bits = [2, 4] }, new RunContext { Threads = threads }).Results];
        foreach ((QuantizedResult one, QuantizedResult other) in Of(1).Zip(Of(3)))
        {
            Assert.Equal(one.Robust, other.Robust);
            Assert.Equal(one.Transferred, other.Transferred);
            Assert.Equal(one.Audit, other.Audit);
            Assert.Equal(one.Change!.Creases.After, other.Change!.Creases.After);
        }
        QuantizationCurve inL2 = QuantizationCurve.Of(network, inputs[..10], labels[..10], Usual with { Audit = false, Attack = new AttackOptions { Box = null, Distance = Attacks.L2 } });
        Assert.Empty(inL2.Before.Certified);
        Assert.Contains("bounds are for linf", Assert.Single(inL2.Remarks), StringComparison.Ordinal);
        QuantizationCurve soft = QuantizationCurve.Of(SoftUnits.Of(network, 0.5), inputs[..10], labels[..10], Usual with { Audit = false });
        Assert.Null(soft.Results[0].Change);
        Assert.NotNull(soft.Results[0].Accuracy);
        Assert.Equal(2, soft.Remarks.Length);
        QuantizationCurve bare = QuantizationCurve.Of(network, [], null, Usual with { Attack = null, Epsilons = [] });
        Assert.Equal(5, bare.Results.Length);
        Assert.Null(bare.Before.Accuracy);
        Assert.Throws<ArgumentException>(() => QuantizationCurve.Of(network, inputs, null, Usual));
    }

    private static (Network, double[][], int[]) Case(ulong seed)
    {
        Network network = Classifiers.Folded(seed, 6, 16, 16, 4);
        (double[][] inputs, int[] labels) = Classifiers.Points(new NetworkClassifier(network), 80, low: -1, high: 1, mistakes: 0.1);
        return (network, inputs, labels);
    }

    private static double Right(Network network, double[][] inputs, int[] labels) => inputs.Where((input, i) => Array.IndexOf(network.Evaluate(input), network.Evaluate(input).Max()) == labels[i]).Count() / (double)inputs.Length;
}
