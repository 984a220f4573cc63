using System.Numerics.Tensors;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>What training under a fixed kernel predicts, measured against labels.</summary>
internal sealed class KernelPrediction
{
    // Times in units of 1 / λ₁, after which the fastest part is learned.
    private static readonly double[] Times = [0, 1, 10, 100, 1e3, 1e4, double.PositiveInfinity];

    private readonly KernelRows _rows;
    private readonly KernelRows? _test;
    private readonly KernelMatrix? _cross;
    private readonly double[] _start, _testStart;

    /// <summary>Prepares.</summary>
    /// <param name="rows">Rows with labels.</param>
    /// <param name="test">Test rows, or null; those with a class that the rows do not have are left out.</param>
    /// <param name="start">f₀ at the rows and at the test rows; null for zero.</param>
    /// <param name="cross">Given test rows, their kernel with the rows.</param>
    public KernelPrediction(KernelRows rows, KernelRows? test, (double[] Rows, double[] Test)? start, Func<KernelRows, KernelMatrix> cross)
    {
        _rows = rows;
        _test = Labeled(rows, test);
        _cross = _test is null ? null : cross(_test);
        if (_cross is { IsFinite: false })
            (_cross, _test) = (null, null);
        _start = start?.Rows ?? new double[rows.Targets!.Length];
        _testStart = _test is null ? [] : start?.Test ?? new double[_test.Count * rows.Classes];
    }

    /// <summary>Test rows of classes that the rows have, or null.</summary>
    public static KernelRows? Labeled(KernelRows rows, KernelRows? test) => test?.Labels is not null && test.Labels.All(label => label < rows.Classes) ? test : null;

    /// <summary>Gradient descent with the kernel of the rows.</summary>
    public KernelDynamics Dynamics(KernelMatrix kernel) => new(kernel, _rows.Targets!, _start);

    /// <summary>The course of training; empty for a zero kernel.</summary>
    public KernelMoment[] Moments(KernelDynamics dynamics) => dynamics.Spectrum.Largest is > 0 and double largest
        ? [.. Times.Select(time => At(dynamics, time / largest))]
        : [];

    /// <summary>One time, infinity for the end.</summary>
    public KernelMoment At(KernelDynamics dynamics, double time) =>
        Moment(double.IsFinite(time) ? time : null, dynamics.Training(time), _cross is null ? null : dynamics.Test(_cross, _testStart, time));

    /// <summary>Regression with a ridge, or null where it has no solution.</summary>
    /// <param name="kernel">Of the rows.</param>
    /// <param name="share">Ridge as a share of the mean of the diagonal.</param>
    public KernelMoment? Ridge(KernelMatrix kernel, double share)
    {
        double[] residuals = [.. _rows.Targets!.Zip(_start, (y, f) => y - f)];
        KernelRegression regression = KernelRegression.Of(kernel, residuals, share * Enumerable.Range(0, kernel.Rows).Average(i => kernel[i, i]));
        return regression.Status == KernelStatus.Complete ? Moment(null, regression.Predict(kernel, _start), _cross is null ? null : regression.Predict(_cross, _testStart)) : null;
    }

    /// <summary>What each row adds to the prediction of one test row, or null without test rows.</summary>
    /// <param name="dynamics">Of the rows.</param>
    /// <param name="row">0-based test row.</param>
    /// <param name="until">When training stops, in units of 1 / λ₁.</param>
    public KernelInfluence? Influence(KernelDynamics dynamics, int row, double until)
    {
        if (_cross is null || !(dynamics.Spectrum.Largest > 0))
            return null;
        int classes = _rows.Classes, each = _cross.Rows / _test!.Count, parts = _rows.Count * classes;
        var cross = new KernelMatrix(each, _cross.Columns, _cross.Values.Slice(row * each * _cross.Columns, each * _cross.Columns).ToArray());
        double[] terms = dynamics.Influence(cross, until / dynamics.Spectrum.Largest), sums = new double[parts];
        // Of the full kernel each output at the test row has a term for each output at each row.
        for (int at = 0; at < terms.Length; at++)
            sums[each == 1 ? at : at % parts / classes * classes + at / parts] += terms[at];
        double[] start = _testStart[(row * classes)..((row + 1) * classes)], outputs = (double[])start.Clone();
        for (int at = 0; at < parts; at++)
            outputs[at % classes] += sums[at];
        return new KernelInfluence(row, _test.Labels![row], TensorPrimitives.IndexOfMax<double>(outputs), start, outputs, sums);
    }

    /// <summary>The spread of an ensemble of wide networks at the test rows, or null without these.</summary>
    /// <param name="dynamics">Of the tangent kernel of the rows, from zero.</param>
    /// <param name="architecture">The network's.</param>
    /// <param name="options">Variances.</param>
    /// <param name="run">Threads and cancellation.</param>
    public KernelEnsemble? Ensemble(KernelDynamics dynamics, InfiniteArchitecture architecture, KernelOptions options, RunContext run)
    {
        if (_cross is null || !(dynamics.Spectrum.Largest > 0))
            return null;
        KernelMatrix start = Values(_rows.Inputs, null), startCross = Values(_test!.Inputs, _rows.Inputs), startTest = Values(_test.Inputs, null);
        double[][] deviations = [.. Times.Select(time =>
        {
            KernelMatrix covariance = dynamics.Covariance(_cross, start, startCross, startTest, time / dynamics.Spectrum.Largest);
            return Enumerable.Range(0, _test.Count).Select(i => Math.Sqrt(Math.Max(0, covariance[i, i]))).ToArray();
        })];
        if (deviations.Any(row => row.Any(value => !double.IsFinite(value))))
            return null;
        double[] end = deviations[^1], outputs = dynamics.Test(_cross, new double[_test.Count * _rows.Classes], double.PositiveInfinity);
        bool[] isRight = [.. _test.Labels!.Select((label, i) => TensorPrimitives.IndexOfMax<double>(outputs.AsSpan(i * _rows.Classes, _rows.Classes)) == label)];
        return new KernelEnsemble(
            [.. Times.Select((time, t) => new EnsembleMoment(double.IsFinite(time) ? time / dynamics.Spectrum.Largest : null, deviations[t].Average(), deviations[t].Max()))],
            end, Average(end.Where((_, i) => isRight[i])), Average(end.Where((_, i) => !isRight[i])));

        KernelMatrix Values(double[] left, double[]? right) => architecture.Kernels(left, right, options.WeightVariance, options.BiasVariance, run).Covariance;
    }

    /// <summary>Share of rows whose largest output, the first of several, is their class.</summary>
    public static double Share(double[] outputs, int[] labels, int classes)
    {
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
            right += TensorPrimitives.IndexOfMax<double>(outputs.AsSpan(i * classes, classes)) == labels[i] ? 1 : 0;
        return (double)right / labels.Length;
    }

    private KernelMoment Moment(double? time, double[] outputs, double[]? test) => new(
        time, Loss(outputs, _rows), Share(outputs, _rows.Labels!, _rows.Classes), test is null ? null : Loss(test, _test!), test is null ? null : Share(test, _test!.Labels!, _rows.Classes));

    private double Loss(double[] outputs, KernelRows rows)
    {
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double gap = outputs[i] - KernelRows.Target(i, rows.Labels!, _rows.Classes);
            sum += gap * gap / 2;
        }
        return sum / rows.Count;
    }

    private static double? Average(IEnumerable<double> values) => values.Any() ? values.Average() : null;
}
