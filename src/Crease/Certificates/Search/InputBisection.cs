using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Branch and bound that halves boxes of inputs: complete for few inputs, up to counterexamples that only just fail.</summary>
/// <remarks>
/// Boxes are taken depth first in rounds of a fixed size, and results are used in the order of the boxes, so that neither verdict nor counterexample depends on
/// the number of threads. A box is halved along the input by which its bound would gain most: largest derivative times width (<c>wang2018formal</c>).
/// </remarks>
internal sealed class InputBisection(BoundGraph graph, PropertyCase property, ErrorSizes sizes, ReverseSweep sweep, PointProof proof)
{
    private const int RoundSize = 64;

    public long Domains { get; private set; }

    /// <summary>Decides.</summary>
    public (Verdict Verdict, double[]? Counterexample, string Reason) Decide(Ranges root, int[] open, VerificationOptions options, RunContext run, Deadline deadline)
    {
        var stack = new Stack<Domain>();
        stack.Push(new Domain(root, property.Region.LowerLimits, property.Region.UpperLimits, open));
        var finders = new RangeFinder?[Math.Max(1, run.Threads)];
        var smears = new SlopeRange?[finders.Length];
        var workers = new SweepWorker?[finders.Length];
        bool isComplete = true;
        while (stack.Count > 0)
        {
            if (deadline.IsOver)
                return (Verdict.Unknown, null, "the time limit was reached; raise --time-limit");
            if (Domains >= options.MostDomains)
                return (Verdict.Unknown, null, $"{Domains} boxes were looked at; raise the limit");
            var round = new Domain[Math.Min(RoundSize, stack.Count)];
            for (int i = 0; i < round.Length; i++)
                round[i] = stack.Pop();
            var results = new Outcome[round.Length];
            int next = -1;
            Workers.Run(Math.Min(finders.Length, round.Length), worker =>
            {
                RangeFinder finder = finders[worker] ??= new RangeFinder(graph, sizes, 64);
                SlopeRange smear = smears[worker] ??= new SlopeRange(graph);
                SweepWorker forward = workers[worker] ??= sweep.Worker();
                int mine;
                while ((mine = Interlocked.Increment(ref next)) < round.Length)
                    results[mine] = Look(round[mine], finder, forward, smear);
            });
            Domains += round.Length;
            for (int i = round.Length - 1; i >= 0; i--)
            {
                if (results[i].Counterexample is { } point)
                    return (Verdict.Violated, point, "");
                isComplete &= !results[i].IsStuck;
                foreach (Domain half in results[i].Halves)
                    stack.Push(half);
            }
        }
        return isComplete ? (Verdict.Verified, null, "") : (Verdict.Unknown, null, "boxes of a single point remain undecided: an output is within rounding errors of its limit");
    }

    private Outcome Look(Domain domain, RangeFinder finder, SweepWorker forward, SlopeRange smear)
    {
        if (property.Ball is { } ball && ball.IsOutside(domain.Lower, domain.Upper))
            return new Outcome(null, false, []);
        Ranges ranges = finder.Within(domain.Larger, domain.Lower, domain.Upper);
        OpenSets.Remainder open = OpenSets.Of(finder.Rows, property.Unsafe, domain.Open, ranges);
        if (open.Left.Length == 0)
            return new Outcome(null, false, []);
        int inputs = domain.Lower.Length;
        var points = new double[2 * inputs];
        int worst = Array.IndexOf(open.Best, open.Best.Min());
        for (int i = 0; i < inputs; i++)
        {
            points[i] = domain.Lower[i] / 2 + domain.Upper[i] / 2;
            points[inputs + i] = open.Slopes[worst][i] < 0 ? domain.Upper[i] : domain.Lower[i];
        }
        int outputs = sweep.OutputSize;
        for (int r = 0; r < 2; r++)
        {
            double[] tried = points[(r * inputs)..((r + 1) * inputs)];
            property.Ball?.PullIn(tried);
            ReadOnlySpan<double> values = forward.Forward(tried, 1);
            foreach (int set in open.Left)
            {
                bool isCandidate = true;
                foreach (OutputConstraint constraint in property.Unsafe[set])
                    isCandidate &= constraint.At(values[..outputs]) <= 0;
                if (isCandidate && proof.Counterexample(property, tried) is { } point)
                    return new Outcome(point, false, []);
            }
        }
        var slopes = new double[inputs];
        smear.Of(open.Constraint[worst].Row, ranges, slopes);
        int axis = -1;
        double most = -1;
        for (int i = 0; i < inputs; i++)
        {
            double middle = points[i], gain = 0;
            if (!(middle > domain.Lower[i] && middle < domain.Upper[i]))
                continue;
            gain = slopes[i] * (domain.Upper[i] - domain.Lower[i]);
            if (gain > most)
                (axis, most) = (i, gain);
        }
        if (axis < 0)
            return new Outcome(null, true, []);
        double[] upper = [.. domain.Upper], lower = [.. domain.Lower];
        (upper[axis], lower[axis]) = (points[axis], points[axis]);
        return new Outcome(null, false, [new Domain(ranges, domain.Lower, upper, open.Left), new Domain(ranges, lower, domain.Upper, open.Left)]);
    }

    private sealed record Domain(Ranges Larger, double[] Lower, double[] Upper, int[] Open);

    private sealed record Outcome(double[]? Counterexample, bool IsStuck, Domain[] Halves);
}
