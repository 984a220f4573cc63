using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>The exact risk of Gaussian features against numbers worked out apart from it, and against draws.</summary>
public sealed class GaussianRiskTests
{
    private const int Samples = 40, Features = 100;

    [Theory]
    [InlineData(10, 1.546552)]
    [InlineData(30, 4.116667)]
    [InlineData(36, 11.57)]
    [InlineData(38, 33.93)]
    [InlineData(42, 34.05)]
    [InlineData(44, 11.65)]
    [InlineData(60, 2.218421)]
    [InlineData(100, 1.019492)]
    public void The_closed_form_gives_the_known_values(int used, double expected) => Assert.Equal(expected, Risk(used), 1e-6);

    [Theory]
    [InlineData(39)]
    [InlineData(40)]
    [InlineData(41)]
    public void Next_to_the_threshold_the_risk_is_infinite_and_told_as_such(int used)
    {
        Assert.Equal(double.PositiveInfinity, Risk(used));
        Assert.Null(GaussianTrial.Of(used, 2, 0, CancellationToken.None).Exact);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(100)]
    public void Draws_agree_within_four_standard_errors(int used)
    {
        GaussianTrial trial = GaussianTrial.Of(used, 600, 3, CancellationToken.None);
        Assert.Equal(Risk(used), trial.Exact!.Value, 1e-12);
        Assert.InRange(trial.Error!.Value, 1e-4, 0.2);
        Assert.InRange(trial.Mean, trial.Exact.Value - 4 * trial.Error.Value, trial.Exact.Value + 4 * trial.Error.Value);
    }

    private static double Risk(int used) => GaussianRisk.Of(Samples, used, used / (double)Features, 1 - used / (double)Features, 0.25);
}
