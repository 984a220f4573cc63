using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease loss</c>: documents, tables, files.</summary>
public sealed class LossCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Both_ways_to_the_curvature_agree_and_pieces_join()
    {
        JsonElement document = Call.Of("loss", "example:moons", "--data", "example:moons", "--layer", "2", "--samples", "20", "--json", "-o", _folder["a.csv"], "-o", _folder["a.svg"]).Json();
        Documents.CheckCommon(document);
        double curvature = document.GetProperty("curvature").GetDouble();
        Assert.Equal(curvature, document.GetProperty("profileCurvature").GetDouble(), 1e-8 * curvature);
        Assert.InRange(document.GetProperty("nonzeroEigenvalues").GetInt32(), 1, 40);
        double[][] pieces = [.. File.ReadLines(_folder["a.csv"]).Skip(1).Select(row => row.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(document.GetProperty("joints").GetInt32() + 1, pieces.Length);
        for (int p = 1; p < pieces.Length; p++)
        {
            Assert.Equal(pieces[p - 1][1], pieces[p][0]);
            Assert.Equal(At(pieces[p - 1], pieces[p][0]), At(pieces[p], pieces[p][0]), 1e-7);
        }
        Assert.Contains("second derivative", File.ReadAllText(_folder["a.svg"]), StringComparison.Ordinal);

        static double At(double[] piece, double t) => piece[2] * t * t + piece[3] * t + piece[4];
    }

    [Fact]
    public void Several_layers_make_polynomials_that_join()
    {
        JsonElement document = Call.Of("loss", "example:moons", "--data", "example:moons", "--layer", "1", "--with", "3,2", "--samples", "5", "--json", "-o", _folder["b.csv"], "-o", _folder["b.svg"]).Json();
        Documents.CheckCommon(document);
        Assert.Equal((6, 3), (document.GetProperty("degree").GetInt32(), document.GetProperty("movingLayers").GetArrayLength()));
        string[] rows = File.ReadAllLines(_folder["b.csv"]);
        Assert.Equal("from,to,t6,t5,t4,t3,t2,t1,t0", rows[0]);
        double[][] pieces = [.. rows.Skip(1).Select(row => row.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(document.GetProperty("joints").GetInt32() + 1, pieces.Length);
        Assert.True(pieces.Length > 10, $"{pieces.Length}");
        for (int p = 1; p < pieces.Length; p++)
            Assert.Equal(At(pieces[p - 1], pieces[p][0]), At(pieces[p], pieces[p][0]), 1e-6);
        Assert.Contains("polynomials of degree 6", File.ReadAllText(_folder["b.svg"]), StringComparison.Ordinal);

        static double At(double[] piece, double t) => piece.Skip(2).Aggregate(0.0, (sum, coefficient) => sum * t + coefficient);
    }

    [Theory]
    [InlineData("--with 1")]
    [InlineData("--with 2,2")]
    [InlineData("--with 4")]
    [InlineData("--with 2,3,1")]
    [InlineData("--with x")]
    public void Other_layers_that_are_none_are_refused(string words) =>
        Call.Of(["loss", "example:moons", "--data", "example:moons", .. words.Split(' '), "--quiet"]).MustRefuse(2, "expected one or two dense layers from 1 to 3 other than 1");

    public void Dispose() => _folder.Dispose();
}
