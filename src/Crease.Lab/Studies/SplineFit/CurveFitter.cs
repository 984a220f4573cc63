using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Trains one network and counts the regions of its curve.</summary>
/// <remarks>
/// A perceptron's input is the place on the curve, so that its regions are cut exactly. A transformer's inputs move along a curve of their own; its patterns
/// of gates are looked at in steps, so that what is counted is a lower bound: sampled.
/// </remarks>
internal static class CurveFitter
{
    /// <summary>Fits a network of the study.</summary>
    /// <param name="options">The study.</param>
    /// <param name="units">Hidden units of a perceptron, or gates.</param>
    /// <param name="heads">Heads, or 0 for a perceptron alone.</param>
    /// <param name="context">Context, or 0.</param>
    /// <param name="repeat">Place of the seed.</param>
    /// <param name="run">First seed, cancellation.</param>
    public static CurveFit Of(SplineFitOptions options, int units, int heads, int context, int repeat, RunContext run)
    {
        double step = 2 * TargetCurve.End / options.Bins;
        double[] places = [.. Enumerable.Range(0, options.Bins).Select(bin => -TargetCurve.End + (bin + 0.5) * step)];
        ulong seed = run.Seed + (ulong)repeat;
        Func<double, double> curve = TargetCurve.Of(options.Curve);
        CurveModel model = heads == 0 ? new CurvePerceptron(units) : new CurveTransformer(heads, context, units) { Step = step };
        using var training = new CurveTraining(model, curve, seed);
        (double error, _, int[] before, double[] _) = Measured();
        training.Train(places, options, seed, run.Cancellation);
        (double fitted, double[] values, int[] after, double[] creases) = Measured();
        return new CurveFit
        {
            Units = units,
            Heads = heads,
            Context = context,
            Repeat = repeat,
            Values = values,
            Creases = creases,
            Errors = [error, fitted],
            Regions = [before[0], after[0]],
            Crossings = [before[1], after[1]],
        };

        (double Error, double[] Values, int[] Counts, double[] Creases) Measured()
        {
            (double[] found, _) = training.At(places);
            double squares = Enumerable.Range(0, places.Length).Average(i => (found[i] - curve(places[i])) * (found[i] - curve(places[i])));
            (int[] counts, double[] ends) = heads == 0 ? Exact(training.Weights(), run) : Sampled(training, options);
            return (Math.Sqrt(squares), found, counts, ends);
        }
    }

    private static (int[] Counts, double[] Creases) Exact(double[][] weights, RunContext run)
    {
        SegmentPartition partition = new SegmentPartitioner(CurvePerceptron.Network(weights)).Cut(Slice.Segment([-TargetCurve.End], [TargetCurve.End]), run with { Progress = null, Threads = 1 });
        double[] creases = [.. partition.Breakpoints.ToArray().Select(place => place - TargetCurve.End)];
        return ([partition.RegionCount, partition.Creases.Length], creases);
    }

    private static (int[] Counts, double[] Creases) Sampled(CurveTraining training, SplineFitOptions options)
    {
        int looks = options.Bins * options.Finer;
        double step = 2 * TargetCurve.End / looks;
        (_, bool[][] codes) = training.At([.. Enumerable.Range(0, looks).Select(look => -TargetCurve.End + (look + 0.5) * step)]);
        var creases = new List<double>();
        int crossings = 0;
        for (int look = 1; look < looks; look++)
        {
            int changed = codes[look].AsSpan().SequenceEqual(codes[look - 1]) ? 0 : Enumerable.Range(0, codes[look].Length).Count(gate => codes[look][gate] != codes[look - 1][gate]);
            crossings += changed;
            if (changed > 0)
                creases.Add(-TargetCurve.End + look * step);
        }
        return ([1 + creases.Count, crossings], [.. creases]);
    }
}
