using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>Cascades of <c>crease certify</c>: counts add up in table, document and file.</summary>
public sealed class CascadeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Counts_are_those_of_the_rows()
    {
        string table = _folder["cascade.csv"], figure = _folder["cascade.svg"];
        string[] call = [.. Few(), "--epsilon", "0.1,0.2", "--samples", "20"];
        JsonElement document = Call.Of([.. call, "--json", "-o", table, "-o", figure]).Json();
        Assert.Equal(["3-bit", "example:moons"], document.GetProperty("cascade").EnumerateArray().Select(each => each.GetString()));
        string[][] rows = [.. File.ReadAllLines(table).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(40, rows.Length);
        foreach (JsonElement epsilon in document.GetProperty("epsilons").EnumerateArray())
        {
            string[][] own = [.. rows.Where(row => double.Parse(row[0], CultureInfo.InvariantCulture) == epsilon.GetProperty("epsilon").GetDouble())];
            int reached = own.Length;
            for (int stage = 0; stage < 3; stage++)
            {
                JsonElement shares = epsilon.GetProperty("stages")[stage];
                Assert.Equal(reached, shares.GetProperty("reached").GetInt32());
                string[][] certified = [.. own.Where(row => row[3] == $"{stage}" && row[5] == "1")];
                Assert.Equal((certified.Length, certified.Count(row => row[2] == row[4])), (shares.GetProperty("certified").GetInt32(), shares.GetProperty("right").GetInt32()));
                reached -= certified.Length;
            }
            Assert.Equal(reached, epsilon.GetProperty("uncertified").GetInt32());
            Assert.Equal(own.Count(row => row[2] != row[4]) / 20.0, epsilon.GetProperty("error").GetDouble(), 1e-12);
            Assert.Equal(own.Count(row => row[2] != row[4] || row[5] == "0") / 20.0, epsilon.GetProperty("robustError").GetDouble(), 1e-12);
            Assert.InRange(epsilon.GetProperty("agreed").GetInt32(), 1, epsilon.GetProperty("certifiedRight").GetInt32());
        }
        string shown = Call.Of(call).Output;
        Assert.Contains("2-bit, then 3-bit, then example:moons", shown, StringComparison.Ordinal);
        Assert.Contains("robust error ", shown, StringComparison.Ordinal);
        string svg = File.ReadAllText(figure);
        Assert.Contains("Cascade of 3 networks", svg, StringComparison.Ordinal);
        Assert.Contains("certified and right, all stages agree", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--cascade needs --data DATA and --epsilon", "--cascade", "example:moons", "--data", "example:moons", "--distance")]
    [InlineData(2, "--cascade needs --data DATA and --epsilon", "--cascade", "example:moons", "--data", "example:moons", "--smoothing", "0.1")]
    [InlineData(2, "--cascade needs --data DATA and --epsilon", "--cascade", "example:moons", "--data", "example:moons", "--epsilon", "0.1", "--radius")]
    [InlineData(2, "--cascade needs --data DATA and --epsilon", "--cascade", "example:moons", "--property", "no.vnnlib")]
    [InlineData(1, "stage 2 ('example:digits') has 64 inputs and 10 classes", "--cascade", "example:digits", "--data", "example:moons", "--epsilon", "0.1")]
    [InlineData(1, "no-such", "--cascade", "no-such.onnx", "--data", "example:moons", "--epsilon", "0.1")]
    public void Words_and_stages_that_do_not_fit_are_refused(int status, string says, params string[] words) => Call.Of(["certify", "example:moons", .. words]).MustRefuse(status, says);

    public void Dispose() => _folder.Dispose();

    private string[] Few()
    {
        Assert.Equal(0, Call.Of("quantize", "example:moons", "--bits", "2,3", "-o", _folder["few"], "--quiet").Status);
        return ["certify", _folder["few/2-bit"], "--cascade", _folder["few/3-bit"], "--cascade", "example:moons", "--data", "example:moons"];
    }
}
