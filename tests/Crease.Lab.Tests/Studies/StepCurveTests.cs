using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>Curves are read between their samples on a logarithmic axis.</summary>
public sealed class StepCurveTests
{
    private static readonly StepCurve Curve = new([0, 9, 99, 999], [4, 2, 6, 1]);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(9, 2)]
    [InlineData(99, 6)]
    [InlineData(5000, 1)]
    [InlineData(2.1622776601683795, 3)]
    [InlineData(30.622776601683793, 4)]
    public void Between_samples_it_is_straight_in_the_logarithm(double step, double value) => Assert.Equal(value, Curve.At(step), 12);

    [Fact]
    public void Extremes_are_those_of_the_samples_in_the_range()
    {
        Assert.Equal((9, 2), Curve.Smallest(0, 100));
        Assert.Equal((99, 6), Curve.Largest(5, 2000));
        Assert.Null(Curve.Smallest(2000, 3000));
        Assert.Equal(3.5, Curve.MeanFrom(99));
        Assert.Null(Curve.MeanFrom(1000));
    }

    [Fact]
    public void A_level_is_reached_where_the_curve_first_crosses_it()
    {
        Assert.Equal(0, Curve.Reaches(3));
        Assert.Equal(30.622776601683793, Curve.Reaches(4.0 + 1e-13)!.Value, 6);
        Assert.Null(Curve.Reaches(7));
    }
}
