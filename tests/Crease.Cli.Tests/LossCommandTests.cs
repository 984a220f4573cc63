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

    public void Dispose() => _folder.Dispose();
}
