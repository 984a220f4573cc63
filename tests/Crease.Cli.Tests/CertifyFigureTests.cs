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
    [InlineData("--epsilon 0.01,0.1 --norm l1 --radius", "Certified accuracy of example:moons", "ε in L1")]
    [InlineData("--radius --norm l2", "Radii of example:moons that bounds prove", "radius in L2")]
    [InlineData("--smoothing 0.2 --draws 200 --selection 20", "smoothed with σ = 0.2", "radius in L2")]
    public void Curves_of_every_certificate_are_drawn(string words, string title, string label)
    {
        string figure = _folder["certified.svg"];
        Assert.Equal(0, Call.Of([.. "certify example:moons --data example:moons --samples 5".Split(' '), .. words.Split(' '), "-o", figure]).Status);
        string svg = File.ReadAllText(figure);
        Assert.Contains(title, svg, StringComparison.Ordinal);
        Assert.Contains(label, svg, StringComparison.Ordinal);
        Assert.Contains("5 rows", svg, StringComparison.Ordinal);
        Assert.Equal(words.Contains("--distance", StringComparison.Ordinal) || words.Contains("--epsilon", StringComparison.Ordinal), svg.Contains("Masking audit: not needed for what is proved", StringComparison.Ordinal));
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

    [Theory]
    [InlineData("l2")]
    [InlineData("l1")]
    public void Verdicts_of_balls_are_those_of_distances_and_radii_are_below_them(string norm)
    {
        string distances = _folder["distances.csv"], verdicts = _folder["verdicts.csv"], radii = _folder["radii.csv"];
        string[] call = [.. $"certify example:moons --data example:moons --samples 6 --norm {norm}".Split(' ')];
        Assert.Equal(0, Call.Of([.. call, "--distance", "-o", distances]).Status);
        Assert.Equal(0, Call.Of([.. call, "--epsilon", "0.3,0.5", "--radius", "-o", verdicts]).Status);
        Assert.Equal(0, Call.Of([.. call, "--radius", "-o", radii]).Status);
        string[][] far = Rows(distances), decided = Rows(verdicts), proved = Rows(radii);
        Assert.Equal(12, decided.Length);
        Assert.Equal(2, decided.Select(row => row[4]).Distinct().Count());
        foreach (string[] row in decided)
        {
            int index = int.Parse(row[1], CultureInfo.InvariantCulture);
            double distance = Number(far[index][6]), radius = Number(proved[index][3]);
            Assert.Equal(Number(row[0]) < distance ? "verified" : "violated", row[4]);
            Assert.Equal(proved[index][3], row[9]);
            Assert.InRange(radius, 0.001, distance);
            Assert.Equal(proved[index][3], far[index][9]);
        }
    }

    private static string[][] Rows(string file) => [.. File.ReadAllLines(file).Skip(1).Select(line => line.Split(','))];

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    public void Dispose() => _folder.Dispose();
}
