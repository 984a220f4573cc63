using System.Globalization;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>Certificates are saved as tables and as curves over the radius.</summary>
public sealed class CertifyFigureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("--distance --norm l2", "Distances of example:moons to another class", "radius in L2")]
    [InlineData("--epsilon 0.01,0.1", "Certified accuracy of example:moons", "proved by bounds alone")]
    [InlineData("--smoothing 0.2 --draws 200 --selection 20", "smoothed with σ = 0.2", "radius in L2")]
    public void Curves_of_every_certificate_are_drawn(string words, string title, string label)
    {
        string figure = _folder["certified.svg"];
        Assert.Equal(0, Call.Of([.. "certify example:moons --data example:moons --samples 5".Split(' '), .. words.Split(' '), "-o", figure]).Status);
        string svg = File.ReadAllText(figure);
        Assert.Contains(title, svg, StringComparison.Ordinal);
        Assert.Contains(label, svg, StringComparison.Ordinal);
        Assert.Contains("5 rows", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_of_distances_are_in_order_in_the_table()
    {
        string table = _folder["distances.csv"];
        Assert.Equal(0, Call.Of([.. "certify example:moons --data example:moons --samples 5 --distance --norm l2 -o".Split(' '), table]).Status);
        string[][] rows = [.. File.ReadAllLines(table).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(5, rows.Length);
        Assert.All(rows, row =>
        {
            double[] numbers = [.. row[3..7].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.True(Math.Min(numbers[0], numbers[1]) <= numbers[3] && numbers[2] <= numbers[3]);
            Assert.Equal(numbers[2], numbers[3], 1e-7 * numbers[3]);
        });
    }

    public void Dispose() => _folder.Dispose();
}
