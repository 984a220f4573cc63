using System.Text.RegularExpressions;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>Names of layers are cells of tables whatever they hold.</summary>
public sealed class TableNameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("concentration", "--epsilon 0.3 --samples 40", "adversarial nearest crease of re,\n1\"")]
    [InlineData("normalization", "--samples 60 --batches 4 --probes 20 --distance-samples 0", "8,\"de,\n1\",0,")]
    public void Commas_and_line_breaks_stay_in_their_cell(string verb, string words, string cell)
    {
        string net = _folder["net"], table = _folder["t.csv"], description = Path.Combine(net, "network.json");
        Assert.Equal(0, Call.Of("quantize", "example:moons", "--bits", "16", "--quiet", "-o", net).Status);
        File.WriteAllText(description, File.ReadAllText(description).Replace("\"relu1\"", "\"re,\\n1\"", StringComparison.Ordinal).Replace("\"dense1\"", "\"de,\\n1\"", StringComparison.Ordinal));
        Assert.Equal(0, Call.Of([verb, net, "--data", "example:moons", "--quiet", "-o", table, .. words.Split(' ')]).Status);
        string text = File.ReadAllText(table);
        Assert.Contains(cell, text, StringComparison.Ordinal);
        string[] lines = Regex.Replace(text, "\"(?:[^\"]|\"\")*\"", "x").TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 2, int.MaxValue);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(character => character == ','), line.Count(character => character == ',')));
    }

    public void Dispose() => _folder.Dispose();
}
