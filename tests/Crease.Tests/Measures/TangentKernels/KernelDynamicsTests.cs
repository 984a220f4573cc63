using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Closed-form training against worked numbers, step-by-step training, linear solves and repeated drawing.</summary>
public sealed class KernelDynamicsTests
{
    private static readonly KernelMatrix Pair = new(2, 2, [2, 1, 1, 2]);

    [Fact]
    public void Two_inputs_move_as_in_the_specification()
    {
        var dynamics = new KernelDynamics(Pair, [1, 0], [0, 0]);
        Close([.7911667452, .1590461864], dynamics.Training(1), 1e-10);
        Close([.5851695901, .1917002498], dynamics.Training(0.5), 1e-10);
        Close([.7911667452, .1590461864], dynamics.Test(Pair, [0, 0], 1), 1e-10);
    }

    [Fact]
    public void It_starts_at_the_start_and_ends_at_the_targets()
    {
        (KernelMatrix kernel, double[] targets, double[] initial) = Golden();
        var dynamics = new KernelDynamics(kernel, targets, initial);
        Assert.Equal(KernelStatus.Complete, dynamics.Spectrum.Status);
        Close(initial, dynamics.Training(0), 1e-12);
        Close(initial, dynamics.Test(kernel, initial, 0), 1e-12);
        Close(targets, dynamics.Training(double.PositiveInfinity), 1e-9);
        Close(targets, dynamics.Test(kernel, initial, double.PositiveInfinity), 1e-8);
        Close(targets, dynamics.Training(1e9), 1e-8);
    }

    [Fact]
    public void At_rows_of_the_training_both_formulas_agree_at_all_times()
    {
        (KernelMatrix kernel, double[] targets, double[] initial) = Golden();
        var dynamics = new KernelDynamics(kernel, targets, initial);
        foreach (double time in new[] { 1e-9, 1e-3, 0.1, 1, 30 })
            Close(dynamics.Training(time), dynamics.Test(kernel, initial, time), 1e-9);
    }

    [Fact]
    public void A_linearized_network_follows_the_closed_form()
    {
        Network network = SmallNetworks.Golden(1, 2, 8, 8, 3);
        double[] inputs = KernelCases.Inputs(network, 4), targets = LayerCases.Normals(new RandomSource(8), 12);
        var kernel = new EmpiricalKernel(network);
        KernelMatrix full = kernel.Full(inputs);
        var dynamics = new KernelDynamics(full, targets, kernel.Values(inputs, 4));
        var linear = new LinearizedNetwork(network, inputs, 4);
        double rate = 1e-3 / dynamics.Spectrum.Largest;
        foreach (int steps in new[] { 0, 100, 3000 })
            Close(dynamics.Training(rate * steps), linear.Values(linear.Descend(targets, rate, steps)), 1e-3);
    }

    [Fact]
    public void The_end_is_the_solution_of_the_linear_system()
    {
        (KernelMatrix kernel, double[] targets, double[] initial) = Golden();
        var network = new EmpiricalKernel(SmallNetworks.Golden(2, 2, 30, 30, 3));
        double[] tests = KernelCases.Inputs(network.Network, 5, 77), start = network.Values(tests, 5);
        KernelMatrix cross = network.Traced(tests, KernelCases.Inputs(network.Network, 12));
        double[] residuals = [.. targets.Zip(initial, (y, f) => y - f)];
        KernelRegression regression = KernelRegression.Of(kernel, residuals);
        Assert.Equal(KernelStatus.Complete, regression.Status);
        double[] ends = new KernelDynamics(kernel, targets, initial).Test(cross, start, double.PositiveInfinity);
        Assert.True(KernelCases.Distance(ends, regression.Predict(cross, start)) < 1e-7);
        // A ridge keeps predictions nearer to the start.
        Assert.True(Apart(start, KernelRegression.Of(kernel, residuals, 1e6).Predict(cross, start)) < 0.01 * Apart(start, ends));
    }

    [Fact]
    public void Influences_of_training_rows_sum_to_the_prediction()
    {
        (KernelMatrix kernel, double[] targets, double[] initial) = Golden();
        var dynamics = new KernelDynamics(kernel, targets, initial);
        double[] terms = dynamics.Influence(kernel, 0.7), sums = (double[])initial.Clone();
        for (int at = 0; at < terms.Length; at++)
            sums[at / (12 * 3) * 3 + at % 3] += terms[at];
        Close(dynamics.Test(kernel, initial, 0.7), sums, 1e-10);
    }

    [Fact]
    public void The_covariance_of_an_ensemble_is_that_of_drawn_starts()
    {
        var layer = new FullyConnectedKernel { HiddenLayers = 1, BiasVariance = 0.1 };
        double[] train = [1, 0, 0.2, 0.9, -0.7, 0.4], test = [0.6, -0.5, -1, -0.3];
        InfiniteKernels own = layer.Of(train, 2), cross = layer.Of(test, 2, train), last = layer.Of(test, 2);
        const double time = 0.8;
        KernelMatrix covariance = new KernelDynamics(own.Tangent, [0, 0, 0], [0, 0, 0]).Covariance(cross.Tangent, own.Covariance, cross.Covariance, last.Covariance, time);
        // Draw f_0 at all five inputs, train each draw to targets 0, and measure.
        InfiniteKernels all = layer.Of([.. train, .. test], 2);
        Cholesky factor = Cholesky.Of(all.Covariance.Values, 5)!;
        double[][] root = Root(all.Covariance, 5);
        var random = new RandomSource(4);
        double[] measured = new double[4];
        const int draws = 20_000;
        for (int draw = 0; draw < draws; draw++)
        {
            double[] z = LayerCases.Normals(random, 5), f = [.. root.Select(row => row.Zip(z, (a, b) => a * b).Sum())];
            double[] end = new KernelDynamics(own.Tangent, [0, 0, 0], f[..3]).Test(cross.Tangent, f[3..], time);
            for (int i = 0; i < 4; i++)
                measured[i] += end[i / 2] * end[i % 2] / draws;
        }
        Assert.NotNull(factor);
        Assert.True(KernelCases.Distance(covariance.Values, measured) < 0.04, $"{string.Join(", ", measured)} against {string.Join(", ", covariance.Values.ToArray())}");
    }

    [Fact]
    public void Repeated_rows_are_rank_deficient_and_fitted_on_the_mean()
    {
        var kernel = new EmpiricalKernel(SmallNetworks.Golden(0, 2, 8, 8, 3));
        double[] inputs = [0.3, -0.2, 0.3, -0.2, 1.5, 1.2];
        KernelMatrix matrix = kernel.Traced(inputs);
        var dynamics = new KernelDynamics(matrix, [1, 0, 5], [0, 0, 0]);
        Assert.Equal((KernelStatus.RankDeficient, 2, true), (dynamics.Spectrum.Status, dynamics.Spectrum.Rank, dynamics.IsSolved));
        Assert.Null(dynamics.Spectrum.Condition);
        Close([0.5, 0.5, 5], dynamics.Training(double.PositiveInfinity), 1e-9);
        Assert.All(dynamics.Test(matrix, [0, 0, 0], double.PositiveInfinity), value => Assert.True(double.IsFinite(value)));
        KernelRegression regression = KernelRegression.Of(matrix, [1, 0, 5]);
        Assert.Equal(KernelStatus.RankDeficient, regression.Status);
        Assert.Contains("ridge", Assert.Throws<InvalidOperationException>(() => regression.Predict(matrix, [0, 0, 0])).Message);
        Assert.Equal(KernelStatus.Complete, KernelRegression.Of(matrix, [1, 0, 5], 1e-3).Status);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void Numbers_that_are_not_finite_end_in_a_status(double number)
    {
        var matrix = new KernelMatrix(2, 2, [number, 0, 0, 1]);
        KernelSpectrum spectrum = KernelSpectrum.Of(matrix);
        Assert.Equal((KernelStatus.NotFinite, 0, 0.0, 0.0), (spectrum.Status, spectrum.Values.Length, spectrum.Largest, spectrum.EntropyRank));
        Assert.Null(spectrum.LargestStableRate);
        var dynamics = new KernelDynamics(matrix, [1, 0], [0, 0]);
        Assert.False(dynamics.IsSolved);
        Assert.Empty(dynamics.TargetShares());
        Assert.Contains("not finite", Assert.Throws<InvalidOperationException>(() => dynamics.Training(1)).Message);
        if (!matrix.IsFinite)
        {
            Assert.Equal(KernelStatus.NotFinite, KernelRegression.Of(matrix, [1, 0]).Status);
            Assert.Null(KernelComparison.Alignment(matrix, [1, 0]));
            Assert.Null(KernelComparison.Drift(matrix, matrix));
            Assert.Null(KernelComparison.Distance(matrix, matrix));
        }
    }

    [Fact]
    public void An_indefinite_matrix_is_no_kernel()
    {
        var dynamics = new KernelDynamics(new KernelMatrix(2, 2, [1, 2, 2, 1]), [1, 0], [0, 0]);
        Assert.Equal((KernelStatus.Indefinite, false), (dynamics.Spectrum.Status, dynamics.IsSolved));
        Assert.Equal(KernelStatus.RankDeficient, KernelSpectrum.Of(new KernelMatrix(2, 2, [0, 0, 0, 0])).Status);
    }

    [Fact]
    public void Spectra_have_the_ranks_of_their_definition()
    {
        KernelSpectrum spectrum = KernelSpectrum.Of(Pair);
        Assert.Equal([3, 1], spectrum.Values, new Near(1e-12));
        Assert.Equal((4.0, 3.0, 2), (spectrum.Trace, spectrum.Condition!.Value, spectrum.Rank), new NearTriple());
        Assert.Equal(16.0 / 10, spectrum.ParticipationRatio, 1e-12);
        Assert.Equal(Math.Exp(-0.75 * Math.Log(0.75) - 0.25 * Math.Log(0.25)), spectrum.EntropyRank, 1e-12);
        Assert.Equal(2.0 / 3, spectrum.LargestStableRate!.Value, 1e-12);
    }

    [Fact]
    public void Descent_is_stable_below_the_largest_rate_only()
    {
        (KernelMatrix kernel, double[] targets, double[] initial) = Golden();
        double rate = KernelSpectrum.Of(kernel).LargestStableRate!.Value;
        Assert.True(After(0.98 * rate) < 2 * Apart(initial, targets));
        Assert.True(After(1.05 * rate) > 100 * Apart(initial, targets));

        double After(double step)
        {
            double[] f = (double[])initial.Clone();
            for (int t = 0; t < 2000; t++)
            {
                double[] gap = [.. targets.Zip(f, (y, value) => y - value)];
                for (int i = 0; i < f.Length; i++)
                {
                    for (int j = 0; j < 12; j++)
                        f[i] += step * kernel[i / 3, j] * gap[j * 3 + i % 3];
                }
            }
            return Apart(f, targets);
        }
    }

    [Fact]
    public void Alignment_is_full_for_the_kernel_of_the_labels_and_centering_removes_a_constant()
    {
        double[] y = [1, 1, -1, -1];
        var labels = new KernelMatrix(4, 4, [.. Enumerable.Range(0, 16).Select(at => 3 * y[at / 4] * y[at % 4])]);
        Assert.Equal(1, KernelComparison.Alignment(labels, y)!.Value, 1e-12);
        var constant = new KernelMatrix(4, 4, [.. Enumerable.Repeat(1.0, 16)]);
        Assert.Equal(0, KernelComparison.Alignment(constant, y)!.Value, 1e-12);
        var shifted = new KernelMatrix(4, 4, [.. labels.Values.ToArray().Select(value => value + 7)]);
        Assert.Equal(1, KernelComparison.Alignment(shifted, y, isCentered: true)!.Value, 1e-12);
        Assert.Equal(0, KernelComparison.Distance(labels, new KernelMatrix(4, 4, [.. labels.Values.ToArray().Select(value => 5 * value)]))!.Value, 1e-12);
        Assert.Equal(4, KernelComparison.Drift(labels, new KernelMatrix(4, 4, [.. labels.Values.ToArray().Select(value => 5 * value)]))!.Value, 1e-12);
    }

    [Fact]
    public void Wide_networks_drift_less()
    {
        double[] drifts = [.. new[] { 16, 64, 256 }.Select(width => Enumerable.Range(0, 6).Average(seed => WideDescent.Drift(width, (ulong)seed)))];
        Assert.True(drifts[0] > 1.3 * drifts[1] && drifts[1] > 1.3 * drifts[2], string.Join(", ", drifts));
    }

    [Fact]
    public void For_one_hidden_layer_the_overlap_of_codes_orders_the_kernel()
    {
        Network network = KernelCases.Networks["one hidden layer, one output"]();
        double[] inputs = KernelCases.Inputs(network, 30);
        KernelMatrix overlap = CodeOverlap.Of(network, inputs)!;
        Assert.All(overlap.Values.ToArray(), value => Assert.Equal(Math.Round(value), value));
        Assert.True(CodeOverlap.Correlation(new EmpiricalKernel(network).Traced(inputs), overlap) > 0.6);
        Assert.Equal(1, CodeOverlap.Correlation(overlap, overlap)!.Value, 1e-12);
        // Where all rows are alike there is nothing to rank.
        double[] alike = [.. Enumerable.Repeat(inputs[..network.InputShape.Size], 4).SelectMany(row => row)];
        Assert.Null(CodeOverlap.Correlation(new EmpiricalKernel(network).Traced(alike), CodeOverlap.Of(network, alike)!));
        Assert.Null(CodeOverlap.Of(KernelCases.Networks["linear"](), KernelCases.Inputs(KernelCases.Networks["linear"](), 3)));
    }

    private static (KernelMatrix Kernel, double[] Targets, double[] Initial) Golden()
    {
        var kernel = new EmpiricalKernel(SmallNetworks.Golden(2, 2, 30, 30, 3));
        double[] inputs = KernelCases.Inputs(kernel.Network, 12);
        return (kernel.Traced(inputs), LayerCases.Normals(new RandomSource(3), 36), kernel.Values(inputs, 12));
    }

    private static double[][] Root(KernelMatrix matrix, int size)
    {
        var root = new double[size][];
        for (int i = 0; i < size; i++)
        {
            root[i] = new double[size];
            for (int j = 0; j <= i; j++)
            {
                double rest = matrix[i, j] - Enumerable.Range(0, j).Sum(k => root[i][k] * root[j][k]);
                root[i][j] = i == j ? Math.Sqrt(rest) : rest / root[j][j];
            }
        }
        return root;
    }

    private static double Apart(double[] one, double[] other) => Math.Sqrt(one.Zip(other, (a, b) => (a - b) * (a - b)).Sum());

    private static void Close(double[] expected, double[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double value) => 0;
    }

    private sealed class NearTriple : IEqualityComparer<(double, double, int)>
    {
        public bool Equals((double, double, int) x, (double, double, int) y) => Math.Abs(x.Item1 - y.Item1) < 1e-12 && Math.Abs(x.Item2 - y.Item2) < 1e-12 && x.Item3 == y.Item3;

        public int GetHashCode((double, double, int) value) => 0;
    }
}
