using Xunit;

namespace Crease.Lab.Tests;

/// <summary>An audit passes ordinary networks and fails where gradients are gone or the attack is weak, and names the line.</summary>
public sealed class MaskingAuditTests
{
    [Fact]
    public void Ordinary_networks_are_believed()
    {
        var classifier = new NetworkClassifier(Classifiers.Linear(7, 9, 2));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 100);
        MaskingAudit audit = MaskingAudit.Of(classifier, inputs, labels, new AttackOptions { Epsilon = 0.05 });
        Assert.True(audit.IsBelieved, audit.Verdict);
        Assert.Equal(["zero gradients", "budget", "black box", "larger epsilon", "whole range", "flatness", "more steps", "other loss", "loss gap", "scaled logits", "precision", "random starts", "random classifier", "probabilities", "classes", "exact search"], audit.Lines.Select(line => line.Name));
        Assert.StartsWith("believed", audit.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_known_already_changes_no_line()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(2, 9, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 40);
        foreach (IAttack attack in (IAttack[])[Attacks.ProjectedGradient, Attacks.AutoCrossEntropy])
        {
            var options = new AttackOptions { Attack = attack, Epsilon = 0.1, Seed = 3 };
            RobustAccuracy found = RobustAccuracy.Of(classifier, inputs, labels, options, [0.2, 0.1]);
            Assert.Equal(MaskingAudit.Of(classifier, inputs, labels, options).Lines, MaskingAudit.Of(classifier, inputs, labels, options, found: found).Lines);
            Assert.Contains("epsilon is 0.3", Assert.Throws<ArgumentException>(() => MaskingAudit.Of(classifier, inputs, labels, options with { Epsilon = 0.3 }, found: found)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Saturated_gradients_are_suspect()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(6, 1e6, 9, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 60, mistakes: 0);
        MaskingAudit audit = MaskingAudit.Of(classifier, inputs, labels, new AttackOptions { Epsilon = 0.2 });
        Assert.False(audit.IsBelieved);
        string[] failing = [.. audit.Lines.Where(line => !line.Passes).Select(line => line.Name)];
        Assert.Equal(["zero gradients", "black box", "whole range", "other loss", "loss gap", "scaled logits", "random starts", "exact search"], failing);
        Assert.StartsWith("suspect: zero gradients (exactly zero at 100.0", audit.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Probabilities_and_noise_without_averages_are_named()
    {
        var inner = new NetworkClassifier(Classifiers.Linear(7, 9, 2));
        (double[][] inputs, int[] labels) = Classifiers.Points(inner, 30);
        string[] Failing(IClassifier classifier, AttackOptions options) => [.. MaskingAudit.Of(classifier, inputs, labels, options).Lines.Where(line => !line.Passes).Select(line => line.Name)];
        var noisy = new NoisyClassifier(inner, 0.3, 1);
        Assert.Contains("random classifier", Failing(noisy, new AttackOptions { Epsilon = 0.05 }));
        Assert.DoesNotContain("random classifier", Failing(noisy, new AttackOptions { Epsilon = 0.05, Averages = 5 }));
        Assert.Contains("probabilities", Failing(new Softened(inner), new AttackOptions { Epsilon = 0.05 }));
    }

    [Fact]
    public void A_plateau_below_clean_accuracy_is_suspect()
    {
        // A quarter of the inputs lies near the boundary; the others sit where the function is flat, and gradients with it.
        var classifier = new NetworkClassifier(Flat());
        double[][] inputs = [.. Enumerable.Range(0, 40).Select(i => (double[])[i % 4 == 0 ? 0.48 : 0.1])];
        MaskingAudit audit = MaskingAudit.Of(classifier, inputs, new int[40], new AttackOptions { Epsilon = 0.05 });
        string[] failing = [.. audit.Lines.Where(line => !line.Passes).Select(line => line.Name)];
        Assert.DoesNotContain("exact search", failing);
        Assert.Contains("flatness", failing);
        Assert.Contains("zero gradients", failing);
    }

    // relu(x - 0.4) - 0.1: class 1 from 0.5 on, and no slope below 0.4.
    private static Crease.Networks.Network Flat()
    {
        var builder = new Crease.Networks.NetworkBuilder("flat");
        var one = new Crease.Networks.Shape(1);
        int x = builder.Input("x", one);
        int hidden = builder.Add(Crease.Networks.Layers.PiecewiseLinear.Relu(one), builder.Add(new Crease.Networks.Layers.Dense(new double[] { 1 }, new double[] { -0.4 }, one), x));
        return builder.Build(builder.Add(new Crease.Networks.Layers.Dense(new double[] { 1 }, new double[] { -0.1 }, one), hidden));
    }

    /// <summary>The softmax of two logits in place of them.</summary>
    private sealed class Softened(IClassifier inner) : IClassifier
    {
        public string Name => inner.Name;

        public int Inputs => inner.Inputs;

        public int Classes => inner.Classes;

        public string Remark => "";

        public int Rows => inner.Rows;

        public IClassifierWorker Worker() => new Own(inner.Worker());

        private sealed class Own(IClassifierWorker worker) : IClassifierWorker
        {
            private double[] _shares = [];

            public ReadOnlySpan<double> Logits(ReadOnlySpan<double> inputs, int count)
            {
                ReadOnlySpan<double> logits = worker.Logits(inputs, count);
                _shares = new double[2 * count];
                for (int i = 0; i < count; i++)
                    _shares[2 * i] = 1 - (_shares[2 * i + 1] = 1 / (1 + Math.Exp(logits[2 * i] - logits[2 * i + 1])));
                return _shares;
            }

            public ReadOnlySpan<double> Gradients(ReadOnlySpan<double> logitGradients)
            {
                var slopes = new double[logitGradients.Length];
                for (int i = 0; i < slopes.Length; i += 2)
                {
                    slopes[i] = _shares[i] * _shares[i + 1] * (logitGradients[i] - logitGradients[i + 1]);
                    slopes[i + 1] = -slopes[i];
                }
                return worker.Gradients(slopes);
            }
        }
    }

    [Fact]
    public void Attacks_of_too_few_steps_are_suspect()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(2, 9, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 60, mistakes: 0);
        MaskingAudit audit = MaskingAudit.Of(classifier, inputs, labels, new AttackOptions { Epsilon = 0.2, Steps = 3, StepSize = 0.01 });
        string[] failing = [.. audit.Lines.Where(line => !line.Passes).Select(line => line.Name)];
        Assert.Contains("budget", failing);
        Assert.Contains("more steps", failing);
    }
}
