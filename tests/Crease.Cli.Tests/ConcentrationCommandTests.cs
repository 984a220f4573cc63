using System.Globalization;
using System.Text;
using System.Text.Json;
using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease concentration</c>: documents, tables, files, wrong calls.</summary>
public sealed class ConcentrationCommandTests : IDisposable
{
    private static readonly string[] Moons = ["concentration", "example:moons", "--data", "example:moons", "--samples", "60"], Attacked = [.. Moons, "--epsilon", "0.3"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Document_counts_what_a_segment_crosses()
    {
        JsonElement document = Call.Of([.. Attacked, "--draws", "2", "--seed", "7", "--json"]).Json();
        Documents.CheckCommon(document, seed: 7);
        int pairs = document.GetProperty("pairs").GetInt32(), layers = document.GetProperty("layers").GetArrayLength();
        Assert.True(pairs > 3);
        Assert.Equal(60, pairs + document.GetProperty("wrong").GetInt32() + document.GetProperty("resisted").GetInt32());
        Assert.Equal(3 * (1 + layers), document.GetProperty("densities").GetArrayLength());
        Assert.Equal(["local complexity", "nearest crease", "nearest crease of relu1", "nearest crease of relu2", "unsettled units", "regions in the ball"], document.GetProperty("points").EnumerateArray().Select(metric => metric.GetProperty("name").GetString()));
        Assert.All(document.GetProperty("points").EnumerateArray(), metric => Assert.InRange(metric.GetProperty("auc").GetDouble(), 0, 1));
        JsonElement[] inputs = [.. document.GetProperty("inputs").EnumerateArray()];
        Assert.Equal(pairs, inputs.Length);
        double mean = inputs.Average(input => Density(input.GetProperty("adversarial")));
        Assert.Equal(mean, document.GetProperty("densities")[0].GetProperty("adversarialMean").GetDouble(), 1e-12);
        Assert.All(inputs, input => Assert.Equal(2, input.GetProperty("random").GetArrayLength()));
        JsonElement first = inputs[0];
        JsonElement whole = Call.Of("segment", "example:moons", "--from", $"example:moons:{first.GetProperty("row").GetInt32()}", "--to", $"example:moons:{first.GetProperty("other").GetInt32()}", "--json").Json();
        Assert.Equal(whole.GetProperty("breakpoints").GetArrayLength(), first.GetProperty("whole").GetProperty("crossings").GetInt32());
        Assert.Equal(whole.GetProperty("boundary").GetArrayLength(), first.GetProperty("whole").GetProperty("classChanges").GetInt32());

        static double Density(JsonElement crossings) => crossings.GetProperty("crossings").GetInt32() / crossings.GetProperty("length").GetDouble();
    }

    [Fact]
    public void Points_of_a_file_give_what_the_attack_gives()
    {
        Assert.Equal(0, Call.Of("attack", "example:moons", "--data", "example:moons", "--samples", "60", "--epsilon", "0.2,0.3", "-o", _folder["a.npz"]).Status);
        foreach ((string epsilon, string[] words) in new[] { ("0.3", (string[])[]), ("0.2", ["--epsilon", "0.2"]) })
        {
            JsonElement direct = Call.Of([.. Moons, "--epsilon", epsilon, "--json"]).Json(), read = Call.Of([.. Moons, "--adversarial", _folder["a.npz"], .. words, "--json"]).Json();
            Assert.Equal($"a.npz, epsilon {epsilon}", read.GetProperty("attack").GetString());
            foreach (string property in new[] { "pairs", "inputs", "densities", "points", "verdict" })
                Assert.Equal(direct.GetProperty(property).GetRawText(), read.GetProperty(property).GetRawText());
        }
    }

    [Fact]
    public void Table_is_aligned_and_ends_with_verdict_and_caveats()
    {
        Call made = Call.Of([.. Attacked, "--random", "shuffled", "--bounds", "relaxed", "--other", "part"]);
        Assert.Equal((0, ""), (made.Status, made.Errors));
        Assert.All(made.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.True(line[18] == ' ' && line[19] != ' ', line));
        Assert.All((string[])["5 shuffled ways per input", "toward another class, as long", "AUC ", "verdict ", "An association over inputs"], text => Assert.Contains(text, made.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("all the way", made.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("another class", Call.Of([.. Attacked, "--random", "reflected", "--other", "none", "--bounds", "none"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_start_as_such_files_do_and_do_not_depend_on_threads()
    {
        JsonElement[] inputs = [.. Call.Of([.. Attacked, "--json"]).Json().GetProperty("inputs").EnumerateArray()];
        string row = inputs[0].GetProperty("row").GetInt32().ToString(CultureInfo.InvariantCulture);
        string[] names = ["d.svg", "d.png", "d.pdf", "d.csv", "p.svg", "s.svg", "s.html", "r.svg"];
        foreach (string threads in new[] { "1", "4" })
        {
            string[] files = [.. names.Select(name => _folder[threads + name])];
            Assert.Equal(0, Call.Of([.. Attacked, "--threads", threads, "--title", "a < b", "-o", files[0], "-o", files[1], "-o", files[2], "-o", files[3], "--points", files[4], "--picture", row, "--picture-file", files[5], "--picture-file", files[6]]).Status);
            Assert.Equal(0, Call.Of([.. Attacked, "--threads", threads, "--picture", row, "--third", "random", "--picture-file", files[7]]).Status);
        }
        Assert.All(names.Where(name => !name.EndsWith(".html", StringComparison.Ordinal)), name => Assert.Equal(File.ReadAllBytes(_folder["1" + name]), File.ReadAllBytes(_folder["4" + name])));
        Assert.Equal(["<svg", "%PDF", "row,"], ((string[])["1d.svg", "1d.pdf", "1d.csv"]).Select(name => Encoding.Latin1.GetString(File.ReadAllBytes(_folder[name]).AsSpan(0, 4))));
        string[] lines = File.ReadAllLines(_folder["1d.csv"]);
        Assert.Equal(1 + inputs.Length, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Split(',').Length, line.Split(',').Length));
        string slice = File.ReadAllText(_folder["1s.svg"]);
        Assert.All((string[])["clean: ", "adversarial: ", "other: "], text => Assert.Contains(text, slice, StringComparison.Ordinal));
        Assert.Contains("random, as far", File.ReadAllText(_folder["1r.svg"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("concentration example:moons --epsilon 0.1", 2, "--data")]
    [InlineData("concentration example:moons --data example:moons", 2, "'crease concentration' needs --epsilon")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1,0.2", 2, "--epsilon names 2 radii; expected one")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --attack nosuch", 2, "--attack is 'nosuch'")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --random pink", 2, "--random is 'pink'; expected sphere, reflected, shuffled")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.3 --box none --random reflected", 2, "--random reflected stays in the box of the attack, and there is none")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --other pink", 2, "--other is 'pink'; expected whole, part, none")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --bounds pink", 2, "--bounds is 'pink'; expected none, interval, relaxed")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --third pink", 2, "--third is 'pink'; expected other, random")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --draws 0", 2, "--draws is 0; expected 1 to 1000")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --samples 0", 2, "--samples is 0; expected 1 to 100000")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --radius 0", 2, "--radius is '0'; expected above 0")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --directions 3", 2, "--directions is 3; the network takes 2 inputs")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --margin -1", 2, "--margin is -1; expected 0 to 100")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --picture 0", 2, "--picture needs --picture-file FILE")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --picture-file x.svg", 2, "--picture-file needs --picture ROW")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.3 --picture 9999 --picture-file x.svg", 2, "--picture is 9999, which has no adversarial twin; rows with one are")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 -o x.npz", 2, "accepted are .svg, .png, .pdf, .json, .csv")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.1 --points x.csv", 2, "--points x.csv: the ending is not one of this result")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0", 1, "has an adversarial twin")]
    [InlineData("concentration example:moons --data example:moons --adversarial x.npz --steps 3", 2, "--adversarial takes the points of a file; leave out --steps")]
    [InlineData("concentration example:moons --data example:moons --adversarial nosuch.npz", 1, "nosuch.npz: no such file")]
    [InlineData("concentration example:moons --data synthetic:swiss-roll --epsilon 0.1", 1, "has no labels")]
    [InlineData("concentration nosuch.onnx --data example:moons --epsilon 0.1", 1, "nosuch.onnx: no such file")]
    public void Wrong_calls_say_what_is_accepted(string call, int status, string says) => Call.Of(call.Split(' ')).MustRefuse(status, says);

    [Fact]
    public void A_row_that_cannot_be_drawn_is_refused_before_anything_is_saved()
    {
        string table = _folder["t.csv"];
        Call.Of("concentration", "example:moons", "--data", "example:moons", "--epsilon", "0.3", "--samples", "40", "--picture", "0", "--picture-file", _folder["x.svg"], "-o", table).MustRefuse(2, "--picture is 0, which has no adversarial twin");
        Assert.False(File.Exists(table));
    }

    [Fact]
    public void Files_of_other_data_are_refused()
    {
        double[] points = new double[6];
        Refused("shape [3, 2, 1]", ("adversarial", s => Npy.Write(s, points, 3, 2, 1)));
        Refused("'epsilons' has 0 entries", ("adversarial", s => Npy.Write(s, points, 3, 1, 2)));
        Refused("no array 'adversarial'", ("points", s => Npy.Write(s, points, 3, 2)));
        Refused("is of other data: row 1", ("adversarial", s => Npy.Write(s, points, 3, 2)), ("labels", s => Npy.Write(s, [Label(0), 7, 7], 3)));
        Refused("no points for epsilon 0.5; it has 0.1", ["--epsilon", "0.5"], ("adversarial", s => Npy.Write(s, points, 1, 3, 2)), ("epsilons", s => Npy.Write(s, [0.1], 1)));
        Refused("finite", ("adversarial", s => Npy.Write(s, [double.NaN, 0], 1, 2)));

        static double Label(int row) => DataSource.Load("example:moons").Labels![row];
    }

    public void Dispose() => _folder.Dispose();

    private void Refused(string says, params ReadOnlySpan<(string, Action<Stream>)> arrays) => Refused(says, [], arrays);

    private void Refused(string says, string[] words, params ReadOnlySpan<(string, Action<Stream>)> arrays)
    {
        using (FileStream stream = File.Create(_folder["bad.npz"]))
            Npz.Write(stream, arrays);
        Call.Of([.. Moons, "--adversarial", _folder["bad.npz"], .. words]).MustRefuse(1, says);
    }
}
