using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>Pictures of attacks: curves, methods by themselves, transfer, and what the audit says of them.</summary>
public sealed class AttackFigureTests : IDisposable
{
    private static readonly string[] Few = ["attack", "example:moons", "--data", "example:moons", "--epsilon", "0.1,0.3", "--samples", "12", "--quiet"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Curves_say_that_no_audit_was_run_and_how_to_run_it()
    {
        string svg = Drawn("curves.svg", "--norm", "l2", "--width", "700", "--title", "Mine");
        Assert.All((string[])["Mine", "under pgd", "ε in L2, in units of the input", "12 inputs of example:moons", "Masking audit: not run", "--audit"], text => Assert.Contains(text, svg, StringComparison.Ordinal));
        Assert.Contains("width=\"700\"", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Transfer", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_of_the_audit_stands_below()
    {
        string svg = Drawn("audited.svg", "--audit");
        Assert.Contains("Masking audit at ε = 0.3: ", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("not run", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_and_transfer_have_pictures_and_threads_do_not_matter()
    {
        string[] words = ["--attack", "autoattack", "--individual", "--transfer", "example:moons", "--transfer", "example:moons"];
        string svg = Drawn("all.svg", [.. words, "--threads", "1"]);
        Assert.Equal(svg, Drawn("again.svg", [.. words, "--threads", "3"]));
        Assert.All((string[])["after apgd-ce", "after square", "Each method by itself", "smallest distance at which an input was fooled", "fab-t: ", "Transfer", "found against", "shown to", ">100<", "Masking audit"], text => Assert.Contains(text, svg, StringComparison.Ordinal));
        foreach (string ending in new[] { "png", "pdf" })
        {
            Assert.Equal(0, Call.Of([.. Few, "-o", _folder["a." + ending]]).Status);
            Assert.True(new FileInfo(_folder["a." + ending]).Length > 2000);
        }
    }

    [Fact]
    public void Quantized_networks_are_audited_below_their_curves()
    {
        string[] call = ["quantize", "example:moons", "--bits", "2,5", "--data", "example:moons", "--samples", "20", "--distance-samples", "0", "--quiet", "--epsilon", "0.15"];
        Assert.Equal(0, Call.Of([.. call, "-o", _folder["q.svg"]]).Status);
        Assert.StartsWith("Masking audit at ε = 0.15: believed for ", AuditedFigure.LineOf(File.ReadAllText(_folder["q.svg"])), StringComparison.Ordinal);
        Assert.Equal(0, Call.Of([.. call, "--no-audit", "-o", _folder["n.svg"]]).Status);
        Assert.Contains("Masking audit: not run", File.ReadAllText(_folder["n.svg"]), StringComparison.Ordinal);
        Assert.Equal(0, Call.Of([.. call[..10], "-o", _folder["p.svg"]]).Status);
        Assert.DoesNotContain("Masking", File.ReadAllText(_folder["p.svg"]), StringComparison.Ordinal);
    }

    private string Drawn(string name, params string[] words)
    {
        Assert.Equal(0, Call.Of([.. Few, .. words, "-o", _folder[name]]).Status);
        string svg = File.ReadAllText(_folder[name]);
        Assert.NotNull(AuditedFigure.LineOf(svg));
        return svg;
    }
}
