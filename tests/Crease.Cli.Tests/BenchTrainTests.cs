using System.Text.Json;
using Crease.Lab;
using Crease.Lab.Tests;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease bench train</c>.</summary>
public sealed class BenchTrainTests
{
    [Fact]
    public void A_case_has_both_rates_and_their_ratio()
    {
        LibTorch.Require();
        JsonElement timing = Assert.Single(Call.Of("bench", "train", "--case", "mlp2-sgd", "--repeats", "1", "--json").Json().GetProperty("cases").EnumerateArray());
        Assert.True(timing.GetProperty("stepsPerSecond").GetDouble() > 0 && timing.GetProperty("libtorchStepsPerSecond").GetDouble() > 0);
        Assert.Equal(timing.GetProperty("smallestRatio").GetDouble(), timing.GetProperty("ratio").GetDouble());
    }

    [Theory]
    [InlineData("--case", "nosuch", "--case is 'nosuch'; accepted are parts of mlp2-adamw")]
    [InlineData("--repeats", "0", "--repeats is 0; expected 1 to 1000")]
    public void A_wrong_word_ends_in_one_line(string word, string value, string says)
    {
        Call made = Call.Of("bench", "train", word, value);
        Assert.Equal(2, made.Status);
        Assert.Contains(says, Assert.Single(made.ErrorLines), StringComparison.Ordinal);
    }
}
