using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>The published MNIST recipe, trained and measured in full: hours on two cores.</summary>
public sealed class GrokkingRecipeTests
{
    // Found, explained in docs/papers/grokking.md: what one seed and other starting weights move across the edge of a band.
    private static readonly string[] Explained =
    [
        "default: local complexity around random points at the end",
        "default: accuracy under attack (ε = 0.06) at step 667",
        "batch-norm: second descent of local complexity",
    ];


    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Every_band_is_met_or_its_miss_explained()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var study = new GrokkingStudy();
        object options = ((GrokkingOptions)study.Preset("full")) with { Data = SharedData.Path("mnist"), Movie = false };
        StudyReport report = study.Run(options, folder.Path, RunContext.Default);
        Assert.True(report.Checks.Length >= 16, $"{report.Checks.Length} claims");
        Assert.Equal(Explained, report.Checks.Where(check => check.Outcome != CheckOutcome.Met).Select(check => check.Claim));
    }
}
