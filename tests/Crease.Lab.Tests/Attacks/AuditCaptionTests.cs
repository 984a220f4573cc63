using Xunit;

namespace Crease.Lab.Tests;

/// <summary>What stands below figures of accuracy under attack: the verdict, the checks that fail, or that there was no audit.</summary>
public sealed class AuditCaptionTests
{
    [Fact]
    public void A_verdict_names_the_checks_that_fail_and_no_other()
    {
        var sound = new NetworkClassifier(Classifiers.Linear(7, 9, 2));
        (double[][] inputs, int[] labels) = Classifiers.Points(sound, 60);
        MaskingAudit believed = MaskingAudit.Of(sound, inputs, labels, new AttackOptions { Epsilon = 0.05 });
        Assert.Equal("Masking audit at ε = 0.05: believed. None of 16 checks finds a symptom of masked gradients, which is no certificate.", AuditCaption.Of(believed));
        var saturated = new NetworkClassifier(Classifiers.Folded(6, 1e6, 9, 16, 16, 4));
        (inputs, labels) = Classifiers.Points(saturated, 40, mistakes: 0);
        MaskingAudit doubted = MaskingAudit.Of(saturated, inputs, labels, new AttackOptions { Epsilon = 0.2 });
        string caption = AuditCaption.Of(doubted);
        Assert.StartsWith("Masking audit at ε = 0.2: suspect, not to be quoted.", caption, StringComparison.Ordinal);
        Assert.All(doubted.Lines, line => Assert.Equal(!line.Passes, caption.Contains($" {line.Name} (", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_many_networks_those_that_are_doubted_are_named()
    {
        Assert.Equal("Masking audit at ε = 0.1: believed for 2 of 5 networks. Suspect, not to be quoted: 2 bits (zero gradients, black box); noise 0.5 (2 of 3: flatness, budget).",
            AuditCaption.OfMany(0.1, [("before", 1, []), ("2 bits", 1, [["zero gradients", "black box"]]), ("noise 0.5", 3, [["flatness"], ["flatness", "budget"]])]));
        Assert.StartsWith("Masking audit at ε = 0.1: believed for 4 of 4 networks. No check", AuditCaption.OfMany(0.1, [("before", 4, [])]), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_audit_the_line_says_so_and_how_to_run_it()
    {
        Assert.Equal("Masking audit: not run, so that nothing says whether accuracy under attack can be believed. To run it: crease attack M --audit", AuditCaption.NotRun("crease attack M --audit"));
        Assert.Contains("exactly zero at none of the attacked inputs.", AuditCaption.NotRun("x", 0), StringComparison.Ordinal);
        Assert.Contains("exactly zero at up to 34.5 % of the attacked inputs, which is suspect.", AuditCaption.NotRun("x", 0.345), StringComparison.Ordinal);
    }
}
