using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>Soft versions of hard units: published values, derivatives and limits.</summary>
public sealed class SoftUnitTests
{
    private static readonly Shape One = new(1);

    public static TheoryData<string, double, double, double> Values => new()
    {
        { "relu", 0.8, 1.5, 1.496291065265 },
        { "relu", 0.5, -1, -0.268941421370 },
        { "leaky", 0.75, -2, -0.208093291690 },
        { "absolute", 0.6, 0.7, 0.547264450326 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_of_the_specification(string unit, double beta, double z, double expected)
    {
        SoftPiecewiseLinear soft = new(Unit(unit), beta);
        double[] value = new double[1];
        soft.Evaluate([[z]], 1, value);
        Assert.Equal(expected, value[0], 1e-12);
    }

    [Theory]
    [InlineData(0.5, 1.604754487764, "1 -0.5 2")]
    [InlineData(0.75, 0.751865868499, "0.2 0.3 0.9 -1")]
    public void Values_of_max_pooling(double beta, double expected, string scores)
    {
        double[] window = [.. scores.Split(' ').Select(score => double.Parse(score, System.Globalization.CultureInfo.InvariantCulture))];
        var soft = new SoftMaxPooling(new MaxPooling(new Shape(1, 1, window.Length), new Windows(1, window.Length)), beta);
        double[] value = new double[1];
        soft.Evaluate([window], 1, value);
        Assert.Equal(expected, value[0], 1e-12);
        double[] up = new double[1], down = new double[1];
        new SoftMaxPooling(soft.Hard, beta + 1e-6).Evaluate([window], 1, up);
        new SoftMaxPooling(soft.Hard, beta - 1e-6).Evaluate([window], 1, down);
        Assert.Equal((up[0] - down[0]) / 2e-6, soft.BetaSlope(0, window), 1e-6);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("leaky")]
    [InlineData("absolute")]
    [InlineData("three pieces")]
    public void Derivatives_by_input_and_beta_are_differences(string unit)
    {
        foreach (double beta in new[] { 0.1, 0.5, 0.8 })
        {
            foreach (double z in new[] { -3, -0.7, 0, 0.4, 2.5 })
            {
                SoftPiecewiseLinear soft = new(Unit(unit), beta);
                double[] pulled = new double[1], value = new double[1];
                soft.Evaluate([[z]], 1, value);
                soft.Pull([[z]], value, [1], 1, [pulled]);
                Assert.Equal((At(soft, z + 1e-5) - At(soft, z - 1e-5)) / 2e-5, pulled[0], 1e-6);
                double byBeta = (At(new SoftPiecewiseLinear(Unit(unit), beta + 1e-6), z) - At(new SoftPiecewiseLinear(Unit(unit), beta - 1e-6), z)) / 2e-6;
                Assert.Equal(byBeta, soft.BetaSlope(0, z), 1e-6);
            }
        }
    }

    [Fact]
    public void Closed_forms_hold()
    {
        foreach (double beta in new[] { 0.05, 0.3, 0.9 })
        {
            double sharpness = beta / (1 - beta);
            foreach (double u in new[] { -40, -1.3, 0, 0.2, 7 })
            {
                Assert.Equal(u / (1 + Math.Exp(-sharpness * u)), At(new(Unit("relu"), beta), u), 2e-14 * (1 + Math.Abs(u)));
                Assert.Equal(u * Math.Tanh(sharpness * u), At(new(Unit("absolute"), beta), u), 2e-14 * (1 + Math.Abs(u)));
                var code = new double[2];
                new SoftPiecewiseLinear(Unit("leaky"), beta).Code(0, u, code);
                Assert.Equal(1 / (1 + Math.Exp(-0.9 * sharpness * u)), code[1], 1e-14);
            }
        }
    }

    [Fact]
    public void Beta_to_one_is_the_hard_network_and_beta_to_zero_the_mean_of_pieces()
    {
        foreach (string name in new[] { "relu", "leaky relu", "absolute value", "convolution, max pooling", "residual" })
        {
            Network hard = PartitionCorpus.Network(name);
            double[] x = GraphNetworks.Normals(new RandomSource(1), hard.InputShape.Size, 1), expected = hard.Evaluate(x);
            Assert.Equal(expected, SoftUnits.Of(hard, 1 - 1e-9).Evaluate(x), (a, b) => Math.Abs(a - b) < 1e-6);
            double[] gaps = [.. new[] { 0.5, 0.9, 0.99 }.Select(beta => SoftUnits.Of(hard, beta).Evaluate(x).Zip(expected).Sum(pair => Math.Abs(pair.First - pair.Second)))];
            Assert.True(gaps[2] < gaps[0], $"{name}: {string.Join(", ", gaps)}");
        }
        Assert.Equal(0.35, At(new(Unit("relu"), 1e-9), 0.7), 1e-8);
    }

    [Fact]
    public void Large_scores_do_not_overflow()
    {
        Assert.Equal(1e300, At(new(Unit("relu"), 0.999), 1e300));
        Assert.Equal(0, At(new(Unit("relu"), 0.999), -1e300));
        Assert.Equal(1e300, At(new(Unit("absolute"), 0.999), -1e300));
    }

    [Fact]
    public void A_beta_per_unit_and_layers_that_stay_hard()
    {
        Network hard = SmallNetworks.Golden(0, 2, 8, 8, 3);
        Network soft = SoftUnits.Of(hard, node => node.Index > 2 ? null : [.. Enumerable.Range(1, 8).Select(i => i / 9.0)]);
        Assert.Single(soft.Nodes, node => node.Layer is SoftPiecewiseLinear);
        Assert.Single(soft.Nodes, node => node.Layer is PiecewiseLinear);
        Assert.Equal(0.5, SoftUnits.Beta(0));
        Assert.Equal(0.8, SoftUnits.Beta(Math.Log(4)), 1e-15);
    }

    [Fact]
    public void Wrong_betas_and_units_that_are_no_maxima_are_refused()
    {
        Assert.Contains("holds 1; expected numbers in (0, 1)", Assert.Throws<ArgumentException>(() => SoftUnits.Of(SmallNetworks.Golden(0, 2, 4, 1), 1)).Message, StringComparison.Ordinal);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => new SoftPiecewiseLinear(Unit("relu"), double.NaN)).Message, StringComparison.Ordinal);
        string message = Assert.Throws<ArgumentException>(() => SoftUnits.Of(PartitionCorpus.Network("clip"), 0.5)).Message;
        Assert.Contains("node 'clip 2': unit 0 (clip) is not convex", message, StringComparison.Ordinal);
    }

    private static double At(SoftPiecewiseLinear soft, double z)
    {
        double[] value = new double[1];
        soft.Evaluate([[z]], 1, value);
        return value[0];
    }

    private static PiecewiseLinear Unit(string name) => name switch
    {
        "relu" => PiecewiseLinear.Relu(One),
        "leaky" => PiecewiseLinear.LeakyRelu(One, 0.1),
        "absolute" => PiecewiseLinear.AbsoluteValue(One),
        _ => PiecewiseLinear.Of("three pieces", One, [-1, 0.5], [-0.5, 0.25, 2], 0.1),
    };
}
