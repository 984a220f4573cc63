using System.Numerics.Tensors;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Projected gradient descent on the largest constraint of a set of outputs, from random points of the box or from given ones.</summary>
/// <remarks>What it finds is only a candidate; <see cref="PointProof"/> decides. Source of the method: <c>madry2018towards</c>.</remarks>
internal static class CounterexampleSearch
{
    /// <summary>A proved counterexample, or null.</summary>
    public static double[]? Find(ReverseSweep sweep, PointProof proof, PropertyCase property, VerificationOptions options, RunContext run, Deadline deadline) =>
        Find(sweep, proof, property, options, run, deadline, null);

    /// <summary>A proved counterexample near points where bounds are least, or null: there a relaxed network is violated most.</summary>
    public static double[]? Near(IReadOnlyList<double[]> points, ReverseSweep sweep, PointProof proof, PropertyCase property, VerificationOptions options, RunContext run, Deadline deadline) =>
        Find(sweep, proof, property, options, run, deadline, points);

    private static double[]? Find(ReverseSweep sweep, PointProof proof, PropertyCase property, VerificationOptions options, RunContext run, Deadline deadline, IReadOnlyList<double[]>? from)
    {
        int sets = property.Unsafe.Length, inputs = sweep.InputSize;
        int rows = sets * (from?.Count ?? options.Starts);
        if (rows == 0)
            return null;
        var found = new double[rows][];
        int parts = (rows + sweep.Rows - 1) / sweep.Rows, next = -1;
        Workers.Run(Math.Clamp(run.Threads, 1, parts), _ =>
        {
            SweepWorker worker = sweep.Worker();
            int part;
            while ((part = Interlocked.Increment(ref next)) < parts && !deadline.IsOver)
            {
                int first = part * sweep.Rows, count = Math.Min(sweep.Rows, rows - first);
                Descend(worker, first, count);
            }
        });
        return Array.Find(found, point => point is not null);

        void Descend(SweepWorker worker, int first, int count)
        {
            int outputs = sweep.OutputSize;
            double[] points = new double[count * inputs], slopes = new double[count * outputs];
            for (int r = 0; r < count; r++)
                Start(points.AsSpan(r * inputs, inputs), (first + r) / sets, (ulong)(first + r));
            double length = 0.25;
            for (int step = 0; step <= options.Steps; step++)
            {
                ReadOnlySpan<double> values = worker.Forward(points, count);
                for (int r = 0; r < count; r++)
                {
                    var set = property.Unsafe[(first + r) % sets];
                    OutputConstraint? worst = null;
                    double most = double.NegativeInfinity;
                    foreach (OutputConstraint constraint in set)
                    {
                        double value = constraint.At(values.Slice(r * outputs, outputs));
                        if (worst is null || value > most)
                            (worst, most) = (constraint, value);
                    }
                    Span<double> slope = slopes.AsSpan(r * outputs, outputs);
                    slope.Clear();
                    worst?.Row.CopyTo(slope);
                    if (found[first + r] is null && (worst is null || most <= 0))
                        found[first + r] = proof.Counterexample(property, points.AsSpan(r * inputs, inputs))!;
                }
                if (step == options.Steps || deadline.IsOver || Enumerable.Range(first, count).Any(r => found[r] is not null))
                    return;
                ReadOnlySpan<double> gradients = worker.Pull(slopes);
                for (int r = 0; r < count; r++)
                    Move(points.AsSpan(r * inputs, inputs), gradients.Slice(r * inputs, inputs), length);
                length = Math.Max(length * 0.9, 1e-4);
            }
        }

        // Signs in a box, the gradient itself in a ball: steepest in the norm, or nearly so.
        void Move(Span<double> point, ReadOnlySpan<double> gradient, double length)
        {
            double most = property.Ball is null ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(gradient));
            for (int i = 0; i < inputs; i++)
            {
                double low = property.Region.LowerLimits[i], high = property.Region.UpperLimits[i], slope = double.IsNaN(gradient[i]) ? 0 : gradient[i];
                double step = property.Ball is null ? Math.Sign(slope) : most > 0 ? slope / most : 0;
                point[i] = Math.Clamp(point[i] - length * (high - low) * step, low, high);
            }
            property.Ball?.PullIn(point);
        }

        // The first random start is the middle of the box.
        void Start(Span<double> point, int start, ulong stream)
        {
            if (from is not null)
            {
                from[start].CopyTo(point);
                return;
            }
            var random = new RandomSource(RandomSource.Scrambled(run.Seed) ^ RandomSource.Scrambled(stream + 1));
            for (int i = 0; i < inputs; i++)
            {
                double low = property.Region.LowerLimits[i], high = property.Region.UpperLimits[i];
                point[i] = start == 0 ? low / 2 + high / 2 : Math.Clamp(random.Uniform(low, high), low, high);
            }
            property.Ball?.PullIn(point);
        }
    }
}
