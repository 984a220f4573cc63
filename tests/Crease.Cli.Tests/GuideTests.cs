using Xunit;

namespace Crease.Cli.Tests;

/// <summary>What the guide prints is what the command prints.</summary>
public sealed class GuideTests
{
    [Theory]
    [InlineData("partition", "partition")]
    [InlineData("explain", "explain")]
    [InlineData("segment", "segment")]
    [InlineData("data", "data")]
    [InlineData("complexity", "complexity")]
    [InlineData("dimension", "dimension")]
    [InlineData("compute", "compute")]
    [InlineData("attack", "attack")]
    [InlineData("certify", "certify")]
    [InlineData("templates", "explain")]
    [InlineData("power-diagrams", "distances")]
    [InlineData("kernel", "kernel")]
    [InlineData("normalization", "normalization")]
    [InlineData("quantize", "quantize")]
    [InlineData("generator", "generator")]
    [InlineData("loss", "loss")]
    [InlineData("concentration", "concentration")]
    [InlineData("measures", "measures")]
    public void First_example_of_a_page_is_the_output_of_its_call(string page, string verb)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root(), "docs", "guide", page + ".md"));
        string[] call = Block(lines, "```bash")[0].Split(' ');
        Assert.Equal(["crease", verb], call[..2]);
        Call made = Call.Of([.. call[1..], "--quiet"]);
        Assert.Equal((0, ""), (made.Status, made.Errors));
        Assert.Equal(Stable(Block(lines, "```text")), Stable(made.Output.TrimEnd().Split('\n')));
    }

    private static string[] Block(string[] lines, string fence)
    {
        int start = Array.IndexOf(lines, fence) + 1;
        return lines[start..Array.IndexOf(lines, "```", start)];
    }

    // The time differs from run to run.
    private static string[] Stable(string[] lines) => [.. lines.Select(line => line.TrimEnd()).Where(line => !line.StartsWith("time ", StringComparison.Ordinal))];

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Crease.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Crease.slnx is in no folder above the tests");
        return folder.FullName;
    }
}
