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
        Assert.Equal(["zero gradients", "budget", "black box", "larger epsilon", "whole range", "more steps", "other loss", "random starts"], audit.Lines.Select(line => line.Name));
        Assert.StartsWith("believed", audit.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Saturated_gradients_are_suspect()
    {
        var classifier = new NetworkClassifier(Classifiers.Folded(6, 1e6, 9, 16, 16, 4));
        (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 60, mistakes: 0);
        MaskingAudit audit = MaskingAudit.Of(classifier, inputs, labels, new AttackOptions { Epsilon = 0.2 });
        Assert.False(audit.IsBelieved);
        string[] failing = [.. audit.Lines.Where(line => !line.Passes).Select(line => line.Name)];
        Assert.Equal(["zero gradients", "black box", "whole range", "other loss", "random starts"], failing);
        Assert.StartsWith("suspect: zero gradients (exactly zero at 100.0", audit.Verdict, StringComparison.Ordinal);
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
