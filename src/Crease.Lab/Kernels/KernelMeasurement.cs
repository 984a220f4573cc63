using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Measures the tangent kernel of a network on rows of data.</summary>
public static class KernelMeasurement
{
    /// <summary>Most rows of a kernel, outputs counted where it is the full one: its spectrum takes size³ operations on one thread.</summary>
    public const int MostRows = 10_000;

    /// <summary>Measures.</summary>
    /// <param name="network">A network with one input and some parameters.</param>
    /// <param name="rows">Rows of the kernel.</param>
    /// <param name="test">Test rows, or null.</param>
    /// <param name="options">What to measure.</param>
    /// <param name="run">Threads, memory budget and cancellation.</param>
    /// <exception cref="ArgumentException">An option is out of range, does not suit the network, or the kernel needs more memory than the budget.</exception>
    /// <exception cref="NotSupportedException">A layer has parameters of an unknown kind, or none has any.</exception>
    public static KernelMeasures Of(Network network, KernelRows rows, KernelRows? test, KernelOptions options, RunContext run)
    {
        options.Check();
        long start = run.Clock.GetTimestamp();
        var empirical = new EmpiricalKernel(network);
        Check(empirical, rows, test, options);
        KernelMatrix kernel = Kernel(empirical, options, rows.Inputs, null, run);
        double[] values = empirical.Values(rows.Inputs, rows.Count, run), testValues = test is null ? [] : empirical.Values(test.Inputs, test.Count, run);
        bool isTangent = options.Kind != KernelKind.Values;
        var measures = new KernelMeasures
        {
            Rows = rows,
            Test = test,
            Parameters = empirical.Parameters,
            Outputs = empirical.Outputs,
            Kernel = kernel,
            Spectrum = KernelSpectrum.Of(kernel),
            Alignment = Alignment(kernel, rows, isCentered: false),
            CenteredAlignment = Alignment(kernel, rows, isCentered: true),
            Layers = kernel.IsFinite && isTangent ? empirical.LayerTraces(rows.Inputs, run) : [],
            OverlapCorrelation = kernel.Rows == rows.Count && CodeOverlap.Of(network, rows.Inputs, run) is { } overlap ? CodeOverlap.Correlation(kernel, overlap) : null,
            PerOutput = options.PerOutput ? [.. Enumerable.Range(0, empirical.Outputs).Select(output => Output(empirical, output, rows, run))] : [],
            NetworkAccuracy = rows.Classes == empirical.Outputs ? KernelPrediction.Share(values, rows.Labels!, rows.Classes) : null,
            NetworkTestAccuracy = test is not null && test.Classes == empirical.Outputs ? KernelPrediction.Share(testValues, test.Labels!, test.Classes) : null,
            Difference = options.CheckedRows == 0 || !kernel.IsFinite || !isTangent ? null : Difference(network, kernel, rows, options, run),
            Cost = default,
        };
        if (Fits(kernel, rows) && measures.Spectrum.Status is KernelStatus.Complete or KernelStatus.RankDeficient)
        {
            var prediction = new KernelPrediction(rows, test, options.StartsAtNetwork ? (values, testValues) : null, labeled => Kernel(empirical, options, labeled.Inputs, rows.Inputs, run));
            KernelDynamics dynamics = prediction.Dynamics(kernel);
            measures = measures with
            {
                Moments = prediction.Moments(dynamics),
                Ridge = options.Ridge == 0 ? null : prediction.Ridge(kernel, options.Ridge),
                Influence = options.Influence is int row ? prediction.Influence(dynamics, row, options.Until) : null,
            };
        }
        if (options.Infinite || options.Ensemble)
            measures = Infinite(network, measures, options, run);
        double seconds = run.Clock.GetElapsedTime(start).TotalSeconds;
        return measures with { Cost = new Cost(seconds, 0, GC.GetTotalMemory(false)) };
    }

    internal static KernelMatrix Kernel(EmpiricalKernel empirical, KernelOptions options, double[] left, double[]? right, RunContext run) => options.Kind switch
    {
        KernelKind.Full => empirical.Full(left, right, run),
        KernelKind.Values => empirical.OfValues(left, right, run),
        _ => options.Output is int output ? empirical.OfOutput(output, left, right, run) : empirical.Traced(left, right, run),
    };

    internal static double? Alignment(KernelMatrix kernel, KernelRows rows, bool isCentered) => Fits(kernel, rows) ? KernelComparison.Alignment(kernel, rows.Targets!, isCentered) : null;

    // The full kernel takes a target for each of its outputs.
    private static bool Fits(KernelMatrix kernel, KernelRows rows) => rows.Targets is not null && (kernel.Rows == rows.Count || kernel.Rows == rows.Targets.Length);

    private static void Check(EmpiricalKernel empirical, KernelRows rows, KernelRows? test, KernelOptions options)
    {
        if (options.Output is int asked && asked >= empirical.Outputs)
            throw new ArgumentException($"'Output' is {asked}; the network has outputs 0 to {empirical.Outputs - 1}.", nameof(options));
        if (options.Kind == KernelKind.Full && (long)rows.Count * empirical.Outputs > MostRows)
            throw new ArgumentException($"The full kernel of {rows.Count} rows and {empirical.Outputs} outputs has {(long)rows.Count * empirical.Outputs} rows; at most {MostRows} are accepted. Take fewer rows.", nameof(options));
        if (options.StartsAtNetwork && rows.Labels is not null && empirical.Outputs != rows.Classes)
            throw new ArgumentException($"The network has {empirical.Outputs} outputs and the rows have {rows.Classes} classes; a start at the network needs as many. Start at zero.", nameof(options));
        if (options.Influence is int row && row >= (test?.Count ?? 0))
            throw new ArgumentException($"'Influence' is {row}; there are {test?.Count ?? 0} test rows.", nameof(options));
    }

    private static KernelMeasures Infinite(Network network, KernelMeasures measures, KernelOptions options, RunContext run)
    {
        if (InfiniteArchitecture.Of(network, out string? fault) is not { } architecture)
            return measures with { Infinite = new InfiniteMeasures($"no closed form: {fault}", null, null, null, null) };
        KernelRows rows = measures.Rows;
        bool isTangent = options.Kind != KernelKind.Values;
        KernelMatrix kernel = Wide(rows.Inputs, null, isTangent);
        KernelSpectrum spectrum = KernelSpectrum.Of(kernel);
        KernelMoment? end = null;
        KernelEnsemble? ensemble = null;
        if (rows.Targets is not null && spectrum.Status is KernelStatus.Complete or KernelStatus.RankDeficient)
        {
            var prediction = new KernelPrediction(rows, measures.Test, null, labeled => Wide(labeled.Inputs, rows.Inputs, isTangent));
            KernelDynamics dynamics = prediction.Dynamics(kernel);
            end = prediction.At(dynamics, double.PositiveInfinity);
            ensemble = options.Ensemble && isTangent ? prediction.Ensemble(dynamics, architecture, options, run) : null;
        }
        double? distance = measures.Kernel.Rows == kernel.Rows ? KernelComparison.Distance(measures.Kernel, kernel) : null;
        return measures with { Infinite = new InfiniteMeasures(architecture.Description, spectrum, distance, Alignment(kernel, rows, isCentered: true), end), Ensemble = ensemble };

        KernelMatrix Wide(double[] left, double[]? right, bool tangent)
        {
            InfiniteKernels both = architecture.Kernels(left, right, options.WeightVariance, options.BiasVariance, run);
            return tangent ? both.Tangent : both.Covariance;
        }
    }

    private static KernelOutput Output(EmpiricalKernel empirical, int output, KernelRows rows, RunContext run)
    {
        KernelMatrix kernel = empirical.OfOutput(output, rows.Inputs, null, run);
        KernelSpectrum spectrum = KernelSpectrum.Of(kernel);
        bool isFinite = spectrum.Status != KernelStatus.NotFinite;
        double[]? own = rows.Labels is null || output >= rows.Classes ? null : Array.ConvertAll(rows.Labels, label => label == output ? 1.0 : 0);
        return new KernelOutput(output, isFinite ? spectrum.Trace : null, isFinite ? spectrum.Largest : null, own is null ? null : KernelComparison.Alignment(kernel, own, isCentered: true));
    }

    private static double Difference(Network network, KernelMatrix kernel, KernelRows rows, KernelOptions options, RunContext run)
    {
        int few = Math.Min(options.CheckedRows, rows.Count);
        ParameterJacobian jacobian = ParameterJacobian.Of(network, rows.Inputs[..(few * network.InputShape.Size)], few, run);
        KernelMatrix slow = options.Kind == KernelKind.Full ? jacobian.Full() : options.Output is int output ? jacobian.OfOutput(output) : jacobian.Traced();
        double largest = 0, difference = 0;
        for (int i = 0; i < slow.Values.Length; i++)
            (largest, difference) = (Math.Max(largest, Math.Abs(slow.Values[i])), Math.Max(difference, Math.Abs(slow.Values[i] - kernel[i / slow.Rows, i % slow.Rows])));
        return largest == 0 ? 0 : difference / largest;
    }
}
