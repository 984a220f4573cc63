using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Measures the tangent kernel of a network on rows of data.</summary>
public static class KernelMeasurement
{
    // Times in units of 1 / λ₁, after which the fastest part is learned.
    private static readonly double[] Times = [0, 1, 10, 100, 1e3, 1e4, double.PositiveInfinity];

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
        if (options.Output is int asked && asked >= empirical.Outputs)
            throw new ArgumentException($"'Output' is {asked}; the network has outputs 0 to {empirical.Outputs - 1}.", nameof(options));
        if (options.StartsAtNetwork && rows.Labels is not null && empirical.Outputs != rows.Classes)
            throw new ArgumentException($"The network has {empirical.Outputs} outputs and the rows have {rows.Classes} classes; a start at the network needs as many. Start at zero.", nameof(options));
        KernelMatrix kernel = Kernel(empirical, options, rows.Inputs, null, run);
        double[] values = empirical.Values(rows.Inputs, rows.Count, run), testValues = test is null ? [] : empirical.Values(test.Inputs, test.Count, run);
        var measures = new KernelMeasures
        {
            Rows = rows,
            Test = test,
            Parameters = empirical.Parameters,
            Outputs = empirical.Outputs,
            Kernel = kernel,
            Spectrum = KernelSpectrum.Of(kernel),
            Alignment = rows.Targets is null ? null : KernelComparison.Alignment(kernel, rows.Targets),
            CenteredAlignment = rows.Targets is null ? null : KernelComparison.Alignment(kernel, rows.Targets, isCentered: true),
            Layers = kernel.IsFinite ? empirical.LayerTraces(rows.Inputs, run) : [],
            OverlapCorrelation = CodeOverlap.Of(network, rows.Inputs, run) is { } overlap ? CodeOverlap.Correlation(kernel, overlap) : null,
            PerOutput = options.PerOutput ? [.. Enumerable.Range(0, empirical.Outputs).Select(output => Output(empirical, output, rows, run))] : [],
            NetworkAccuracy = rows.Classes == empirical.Outputs ? Right(values, rows) : null,
            NetworkTestAccuracy = test is not null && test.Classes == empirical.Outputs ? Right(testValues, test) : null,
            Difference = options.CheckedRows == 0 || !kernel.IsFinite ? null : Difference(network, kernel, rows, options, run),
            Cost = default,
        };
        if (rows.Targets is not null && measures.Spectrum.Status is KernelStatus.Complete or KernelStatus.RankDeficient)
            measures = Trained(measures, empirical, options, values, testValues, run);
        if (options.Infinite)
            measures = measures with { Infinite = Infinite(network, measures, options, run) };
        double seconds = run.Clock.GetElapsedTime(start).TotalSeconds;
        return measures with { Cost = new Cost(seconds, 0, GC.GetTotalMemory(false)) };
    }

    internal static KernelMatrix Kernel(EmpiricalKernel empirical, KernelOptions options, double[] left, double[]? right, RunContext run) =>
        options.Output is int output ? empirical.OfOutput(output, left, right, run) : empirical.Traced(left, right, run);

    private static KernelMeasures Trained(KernelMeasures measures, EmpiricalKernel empirical, KernelOptions options, double[] values, double[] testValues, RunContext run)
    {
        (KernelRows rows, KernelRows? test) = (measures.Rows, measures.Test);
        KernelRows? labeled = test is not null && test.Labels is not null && test.Labels.All(label => label < rows.Classes) ? test : null;
        double[] start = options.StartsAtNetwork ? values : new double[rows.Targets!.Length];
        double[] testStart = labeled is null ? [] : options.StartsAtNetwork ? testValues : new double[labeled.Count * rows.Classes];
        KernelMatrix? cross = labeled is null ? null : Kernel(empirical, options, labeled.Inputs, rows.Inputs, run);
        if (cross is { IsFinite: false })
            (cross, labeled) = (null, null);
        var dynamics = new KernelDynamics(measures.Kernel, rows.Targets!, start);
        double largest = dynamics.Spectrum.Largest;
        KernelMoment[] moments = largest > 0 ? [.. Times.Select(time => Moment(double.IsFinite(time) ? time / largest : null, dynamics.Training(time / largest), rows, cross is null ? null : dynamics.Test(cross, testStart, time / largest), labeled))] : [];
        return measures with { Moments = moments, Ridge = Ridge(measures.Kernel, rows, start, cross, labeled, testStart, options.Ridge) };
    }

    private static KernelMoment? Ridge(KernelMatrix kernel, KernelRows rows, double[] start, KernelMatrix? cross, KernelRows? test, double[] testStart, double share)
    {
        if (share == 0)
            return null;
        double[] residuals = [.. rows.Targets!.Zip(start, (y, f) => y - f)];
        KernelRegression regression = KernelRegression.Of(kernel, residuals, share * Enumerable.Range(0, rows.Count).Average(i => kernel[i, i]));
        return regression.Status == KernelStatus.Complete
            ? Moment(null, regression.Predict(kernel, start), rows, cross is null ? null : regression.Predict(cross, testStart), test)
            : null;
    }

    private static InfiniteMeasures Infinite(Network network, KernelMeasures measures, KernelOptions options, RunContext run)
    {
        if (InfiniteArchitecture.Of(network, out string? fault) is not { } architecture)
            return new InfiniteMeasures($"no closed form: {fault}", null, null, null, null);
        (KernelRows rows, KernelRows? test) = (measures.Rows, measures.Test);
        KernelMatrix kernel = architecture.Kernels(rows.Inputs, null, options.WeightVariance, options.BiasVariance, run).Tangent;
        KernelSpectrum spectrum = KernelSpectrum.Of(kernel);
        KernelMoment? end = null;
        if (rows.Targets is not null && spectrum.Status is KernelStatus.Complete or KernelStatus.RankDeficient)
        {
            KernelRows? labeled = test?.Labels is not null && test.Labels.All(label => label < rows.Classes) ? test : null;
            KernelMatrix? cross = labeled is null ? null : architecture.Kernels(labeled.Inputs, rows.Inputs, options.WeightVariance, options.BiasVariance, run).Tangent;
            var dynamics = new KernelDynamics(kernel, rows.Targets!, new double[rows.Targets!.Length]);
            end = Moment(null, dynamics.Training(double.PositiveInfinity), rows, cross is { IsFinite: true } ? dynamics.Test(cross, new double[labeled!.Count * rows.Classes], double.PositiveInfinity) : null, labeled);
        }
        return new InfiniteMeasures(architecture.Description, spectrum, KernelComparison.Distance(measures.Kernel, kernel), rows.Targets is null ? null : KernelComparison.Alignment(kernel, rows.Targets, isCentered: true), end);
    }

    private static KernelMoment Moment(double? time, double[] outputs, KernelRows rows, double[]? testOutputs, KernelRows? test) => new(
        time, Loss(outputs, rows, rows.Classes), Right(outputs, rows), testOutputs is null ? null : Loss(testOutputs, test!, rows.Classes), testOutputs is null ? null : Share(testOutputs, test!.Labels!, rows.Classes));

    private static double Loss(double[] outputs, KernelRows rows, int classes)
    {
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double gap = outputs[i] - ((i % classes == rows.Labels![i / classes] ? 1 : 0) - 1.0 / classes);
            sum += gap * gap / 2;
        }
        return sum / rows.Count;
    }

    private static double Right(double[] outputs, KernelRows rows) => Share(outputs, rows.Labels!, rows.Classes);

    // The largest output decides; the first of several.
    private static double Share(double[] outputs, int[] labels, int classes)
    {
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
            right += System.Numerics.Tensors.TensorPrimitives.IndexOfMax<double>(outputs.AsSpan(i * classes, classes)) == labels[i] ? 1 : 0;
        return (double)right / labels.Length;
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
        KernelMatrix slow = options.Output is int output ? jacobian.OfOutput(output) : jacobian.Traced();
        double largest = 0, difference = 0;
        for (int i = 0; i < few * few; i++)
            (largest, difference) = (Math.Max(largest, Math.Abs(slow.Values[i])), Math.Max(difference, Math.Abs(slow.Values[i] - kernel[i / few, i % few])));
        return largest == 0 ? 0 : difference / largest;
    }
}
