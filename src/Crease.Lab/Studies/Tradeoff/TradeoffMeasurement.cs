using System.Collections.Immutable;
using Crease.Certificates;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Measures one trained network on the first test rows.</summary>
internal static class TradeoffMeasurement
{
    /// <exception cref="TrainingException">The data have no test rows or no range.</exception>
    public static TradeoffPoint Of(TradeoffRun planned, Network network, DataParts sets, TradeoffOptions asked, RunContext run)
    {
        DataSet data = sets.Test ?? throw new TrainingException($"{sets.Train.Name} has no test rows; train on fewer rows, or name data with a test part.");
        // One box for attack and proof: all rows lie in it.
        (double low, double high) = (Math.Min(sets.Train.Range.Low, data.Range.Low), Math.Max(sets.Train.Range.High, data.Range.High));
        if (!(low < high))
            throw new TrainingException($"{data.Name} holds one number only; expected inputs with a range.");
        int count = Math.Min(asked.TestSamples, data.Count);
        double[][] inputs = data.FirstRows(count);
        int[] labels = data.Labels![..count];
        var classifier = new NetworkClassifier(network);
        var attack = new AttackOptions { Box = new InputBox(low, high), Steps = asked.AttackSteps, RelativeStep = 2.5 / asked.AttackSteps, Seed = run.Seed };
        RobustAccuracy robust = RobustAccuracy.Of(classifier, inputs, labels, attack, asked.Epsilons, run);
        MaskingAudit audit = MaskingAudit.Of(classifier, inputs, labels, attack with { Epsilon = asked.Epsilon }, run: run, found: robust);
        (ImmutableArray<double> intervals, ImmutableArray<double> relaxed) = CertifiedShares.Of(network, inputs, labels, asked.Epsilons, attack.Box, run);
        return new TradeoffPoint
        {
            Factor = planned.Factor,
            Value = planned.Value,
            Repeat = planned.Repeat,
            Accuracy = robust.CleanAccuracy,
            Robust = [.. robust.Results.Select(result => result.RobustAccuracy)],
            Certified = [.. relaxed],
            CertifiedByIntervals = [.. intervals],
            Smoothed = asked.Smooths ? Smoothed(network, data, asked, run) : [],
            Doubts = [.. audit.Lines.Where(line => !line.Passes).Select(line => line.Name)],
        };
    }

    private static double[] Smoothed(Network network, DataSet data, TradeoffOptions asked, RunContext run)
    {
        var smoothing = new RandomizedSmoothing(network, new SmoothingOptions { Sigma = asked.Sigma, Draws = asked.Draws });
        int count = Math.Min(asked.SmoothingSamples, data.Count);
        var radii = new double[count];
        for (int row = 0; row < count; row++)
        {
            SmoothedCertificate found = smoothing.Certificate(smoothing.Continue(data.Row(row), smoothing.Empty(row), run));
            radii[row] = found.Class == data.Labels![row] ? found.Radius : double.NegativeInfinity;
        }
        return [.. asked.Radii.Select(radius => radii.Count(own => own >= radius) / (double)count)];
    }
}
