using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Decides properties of a network: a search for counterexamples, bounds, then branch and bound.</summary>
/// <remarks>
/// Cost: unbounded but for the limits of the options. Exactness: a verdict other than unknown is proved for the real function that the network's numbers
/// describe; every float64 operation of the proof carries a bound on its rounding error.
/// </remarks>
public sealed class PropertyVerifier
{
    // Rows of one batch, and the most undecided units whose limits are tightened anew on every branch.
    private const int Capacity = 64, MostTightened = 2000;

    private readonly BoundGraph _graph;
    private readonly ReverseSweep _sweep;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">One input; affine and piecewise-affine layers up to the output.</param>
    /// <exception cref="ArgumentException">The network has several inputs, or a smooth layer, which is named.</exception>
    public PropertyVerifier(Network network)
    {
        _graph = new BoundGraph(network);
        _sweep = new ReverseSweep(network, _graph.Output);
    }

    /// <summary>Decides a property.</summary>
    /// <param name="property">What must not happen.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="run">Seed, threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">The property has other numbers of inputs or outputs than the network.</exception>
    public Verification Decide(SafetyProperty property, VerificationOptions? options = null, RunContext? run = null)
    {
        (options, run) = (options ?? new VerificationOptions(), run ?? RunContext.Default);
        options.Check();
        int inputs = _graph.Sizes[_graph.Input], outputs = _graph.Sizes[_graph.Output];
        if (property.Inputs != inputs || property.Outputs != outputs)
            throw new ArgumentException($"{property.Name} is about {property.Inputs} inputs and {property.Outputs} outputs; the network has {inputs} and {outputs}", nameof(property));
        var deadline = new Deadline(options.TimeLimit, run);
        var all = new Verification { Verdict = Verdict.Verified, Decision = "bounds" };
        foreach (PropertyCase each in property.Cases)
        {
            Verification one = Decide(each, options, run, deadline);
            bool isLater = one.Verdict != Verdict.Verified || one.Decision != "bounds";
            all = new Verification
            {
                Verdict = one.Verdict == Verdict.Verified ? all.Verdict : one.Verdict,
                Counterexample = one.Counterexample,
                Decision = one.Verdict == Verdict.Unknown || all.Verdict == Verdict.Unknown ? "none" : isLater ? one.Decision : all.Decision,
                Reason = one.Reason.Length > 0 ? one.Reason : all.Reason,
                RootBound = one.RootBound is double bound ? Math.Min(bound, all.RootBound ?? bound) : all.RootBound,
                Domains = all.Domains + one.Domains,
            };
            if (one.Verdict == Verdict.Violated)
            {
                all = all with { Decision = one.Decision, Reason = "", CounterexampleOutputs = [.. _sweep.Network.Evaluate(one.Counterexample.AsSpan())] };
                break;
            }
        }
        return all with { Seconds = deadline.Elapsed };
    }

    private Verification Decide(PropertyCase property, VerificationOptions options, RunContext run, Deadline deadline)
    {
        if (property.Unsafe.Length == 0)
            return new Verification { Verdict = Verdict.Verified, Decision = "bounds" };
        var proof = new PointProof(_graph);
        if (CounterexampleSearch.Find(_sweep, proof, property, options, run, deadline) is { } point)
            return new Verification { Verdict = Verdict.Violated, Decision = "attack", Counterexample = [.. point] };
        var sizes = new ErrorSizes(_graph.Sizes.Length);
        var finder = new RangeFinder(_graph, sizes, 64);
        Ranges root = finder.Root(property.Region, property.Ball, relaxed: true, run.Cancellation);
        int[] every = [.. Enumerable.Range(0, property.Unsafe.Length)];
        OpenSets.Remainder open = OpenSets.Of(finder.Rows, property.Unsafe, every, root);
        double? bound = open.Least;
        bound = bound is double number && double.IsFinite(number) ? number : null;
        if (open.Left.Length == 0)
            return new Verification { Verdict = Verdict.Verified, Decision = "bounds", RootBound = bound };
        int free = Enumerable.Range(0, property.Region.Size).Count(i => property.Region.LowerLimits[i] < property.Region.UpperLimits[i]);
        if (free <= options.MostSplitInputs)
        {
            var search = new InputBisection(_graph, property, sizes, _sweep, proof);
            (Verdict verdict, double[]? counterexample, string reason) = search.Decide(root, open.Left, options, run, deadline);
            return new Verification { Verdict = verdict, Decision = "input splitting", Counterexample = counterexample is null ? [] : [.. counterexample], Reason = reason, RootBound = bound, Domains = search.Domains };
        }
        return DecideUnits(property, options, run, deadline, proof, (root, sizes), open, bound);
    }

    private Verification DecideUnits(PropertyCase property, VerificationOptions options, RunContext run, Deadline deadline, PointProof proof, (Ranges Ranges, ErrorSizes Sizes) root, OpenSets.Remainder open, double? bound)
    {
        BoundGraph graph = Live(_graph, ref root, null, out _);
        BoundAscent[] ascents = Ascents();
        var slopes = new RowSlopes(graph);
        root.Ranges = new RangeAscent(graph, root.Sizes) { Steps = options.RangeSteps, Into = slopes }.Tighter(ascents, root.Ranges, [], 0, () => deadline.IsOver);
        graph = Live(graph, ref root, slopes, out slopes);
        ascents = Ascents();
        open = OpenSets.Of(ascents[0].Rows, property.Unsafe, open.Left, root.Ranges);
        if (open.Left.Length == 0)
            return new Verification { Verdict = Verdict.Verified, Decision = "bounds", RootBound = bound };
        if (open.Constraint.Contains(null!))
            return new Verification { Verdict = Verdict.Unknown, Decision = "none", Reason = "a set of outputs has no constraint that could fail, and no counterexample was found", RootBound = bound };
        bool isTightening = graph.Bounded.Sum(node => Enumerable.Range(0, graph.Sizes[node]).Count(unit => root.Ranges.Lower[node][unit] < 0 && root.Ranges.Upper[node][unit] > 0)) <= MostTightened;
        var branching = new UnitBranching(property, _sweep, proof, [.. ascents.Select(ascent => new DomainBounds(graph, root.Sizes, root.Ranges, slopes!, ascent, isTightening, options, () => deadline.IsOver))], run);
        (Verdict verdict, double[]? counterexample, string reason) = branching.Decide(root.Ranges, open.Constraint, options, deadline);
        return new Verification
        {
            Verdict = verdict,
            Decision = verdict == Verdict.Unknown ? "none" : "unit splitting",
            Counterexample = counterexample is null ? [] : [.. counterexample],
            Reason = reason,
            RootBound = bound,
            Domains = branching.Domains,
        };

        BoundAscent[] Ascents() => [.. Enumerable.Range(0, Math.Max(1, run.Threads)).Select(_ => new BoundAscent(graph, root.Sizes, Capacity))];
    }

    // The network without units that are always 0, and what is known about it.
    private static BoundGraph Live(BoundGraph graph, ref (Ranges Ranges, ErrorSizes Sizes) known, RowSlopes? slopes, out RowSlopes? kept)
    {
        LiveNetwork live = LiveNetwork.Of(graph, known.Ranges);
        kept = slopes?.In(live);
        known = (live.Select(known.Ranges), live.Select(known.Sizes));
        return live.Graph;
    }
}
