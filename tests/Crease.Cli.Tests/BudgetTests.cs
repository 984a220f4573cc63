using Xunit;

namespace Crease.Cli.Tests;

/// <summary>A cut that its budget ends says how many regions it has and what helps.</summary>
public sealed class BudgetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("quantize example:moons --bits 2 --box -2,2,-2,2", "or narrow the slice")]
    [InlineData("generator --net 2-8-3 --samples 20", "or narrow the slice")]
    [InlineData("normalization example:moons --data example:moons --samples 60 --batches 4 --distance-samples 0 --box -2,2,-2,2", "or narrow the slice")]
    [InlineData("concentration example:moons --data example:moons --epsilon 0.3 --samples 40 --picture 4 --picture-file FILE", "or lower --margin")]
    [InlineData("partition example:moons", "narrow the slice, or say --layers")]
    [InlineData("segment example:moons --from -1,-1 --to 2,2", "shorten the segment, or say --layers")]
    public void Only_options_that_the_verb_has_are_named(string call, string helps)
    {
        Call made = Call.Of([.. call.Replace("FILE", _folder["x.svg"], StringComparison.Ordinal).Split(' '), "--max-regions", "3", "--quiet"]);
        Assert.Equal((1, $"crease: stopped after 3 regions (budget); raise --max-regions, {helps}\n"), (made.Status, made.Errors));
        Assert.Equal(helps.Contains("--layers", StringComparison.Ordinal), Call.Of(call.Split(' ')[0], "--help").Output.Contains("--layers", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
