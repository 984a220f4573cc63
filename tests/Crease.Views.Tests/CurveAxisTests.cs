using Crease.Numerics;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Numbers on axes of curves.</summary>
public sealed class CurveAxisTests
{
    [Theory]
    [InlineData(AxisScale.Linear)]
    [InlineData(AxisScale.Logarithmic)]
    public void Ticks_rise_and_lie_on_the_axis(AxisScale scale)
    {
        var random = new RandomSource(11);
        for (int round = 0; round < 3000; round++)
        {
            double low = Math.Pow(10, -12 + 24 * random.Uniform()), high = low * (1 + Math.Pow(10, -6 + 18 * random.Uniform()));
            if (scale == AxisScale.Linear && round % 3 == 0)
                (low, high) = (-high, low);
            var axis = new CurveAxis(scale, low, high);
            int wanted = 2 + round % 9;
            (IReadOnlyList<Tick> major, IReadOnlyList<double> minor) = axis.Ticks(wanted);
            Assert.InRange(major.Count, 1, 4 * wanted + 1);
            Assert.Equal(major.Count, major.Select(tick => tick.Label).Distinct().Count());
            Assert.All(major, tick => Assert.InRange(tick.Value, low, high));
            Assert.All(minor, tick => Assert.InRange(tick, low * (1 - 1e-9), high * (1 + 1e-9)));
            Assert.All(major.Zip(major.Skip(1)), pair => Assert.True(pair.First.Value < pair.Second.Value));
            Assert.All(minor.Zip(minor.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        }
    }

    [Fact]
    public void Decades_have_all_nine_steps_and_one_way_of_writing()
    {
        (IReadOnlyList<Tick> major, IReadOnlyList<double> minor) = new CurveAxis(AxisScale.Logarithmic, 1, 1e5).Ticks(8);
        Assert.Equal(["10⁰", "10¹", "10²", "10³", "10⁴", "10⁵"], major.Select(tick => tick.Label));
        Assert.Equal(40, minor.Count);
        Assert.Equal(["1", "10", "100", "1000"], new CurveAxis(AxisScale.Logarithmic, 1, 2000).Ticks(6).Major.Select(tick => tick.Label));
        Assert.Equal(["10⁻⁴", "10⁰", "10⁴"], new CurveAxis(AxisScale.Logarithmic, 1e-5, 1e5).Ticks(3).Major.Select(tick => tick.Label));
    }

    [Fact]
    public void Places_run_from_end_to_end()
    {
        foreach (CurveAxis axis in new CurveAxis[] { new(AxisScale.Linear, -1e300, 1e300), new(AxisScale.Logarithmic, 1e-300, 1e300) })
        {
            Assert.Equal(0, axis.Share(axis.Low));
            Assert.Equal(1, axis.Share(axis.High), 1e-12);
            Assert.Equal(0.5, axis.Share(axis.Scale == AxisScale.Linear ? 0 : 1), 1e-12);
            Assert.True(double.IsNaN(axis.Share(double.NaN)));
            Assert.True(double.IsNaN(axis.Share(double.PositiveInfinity)));
        }
        Assert.True(double.IsNaN(new CurveAxis(AxisScale.Logarithmic, 1, 10).Share(0)));
        Assert.True(double.IsNaN(new CurveAxis(AxisScale.Logarithmic, 1, 10).Share(-1)));
    }
}
