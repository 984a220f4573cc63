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
    // The most undecided units whose limits are tightened anew on every branch.
    private const int MostTightened = 2000;

    // Rounds of branching on limits go on while each closes a set of outputs or takes this share of what its bound misses.
    private const double LeastGain = 0.1;

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
        return DecideUnits(property, options, run, deadline, proof, new RootLimits(_graph, root, sizes, run.Threads, () => deadline.IsOver), open, bound);
    }

    private Verification DecideUnits(PropertyCase property, VerificationOptions options, RunContext run, Deadline deadline, PointProof proof, RootLimits root, OpenSets.Remainder open, double? bound)
    {
        root.Ascend(0, options.RangeSteps);
        open = OpenSets.Of(root.Ascents[0].Rows, property.Unsafe, open.Left, root.Ranges);
        if (open.Left.Length == 0)
            return new Verification { Verdict = Verdict.Verified, Decision = "bounds", RootBound = bound };
        if (open.Constraint.Contains(null!))
            return new Verification { Verdict = Verdict.Unknown, Decision = "none", Reason = "a set of outputs has no constraint that could fail, and no counterexample was found", RootBound = bound };
        UnitBranching branching = Branching();
        (UnitDomain first, double[]? point) = branching.First(root.Ranges, open.Constraint, options, deadline);
        for (int round = 0; round < Math.Min(options.LimitRounds, RootLimits.Rounds) && point is null && !first.IsClosed && root.Undecided <= MostTightened && root.Leaves < options.MostDomains; round++)
        {
            UnitDomain last = first;
            bool isThrough = root.Branch(round, options.RangeSteps, options.MostDomains);
            branching = Branching();
            (first, point) = branching.First(root.Ranges, last.Targets.Select(target => open.Constraint.First(constraint => constraint.Row == target.Row)), options, deadline);
            if (isThrough && first.Targets.Length == last.Targets.Length && first.Worst < (1 - LeastGain) * last.Worst)
                break;
        }
        (Verdict verdict, double[]? counterexample, string reason) = point is not null ? (Verdict.Violated, point, "") : branching.Decide(first, options, deadline);
        return new Verification
        {
            Verdict = verdict,
            Decision = verdict == Verdict.Unknown ? "none" : "unit splitting",
            Counterexample = counterexample is null ? [] : [.. counterexample],
            Reason = reason,
            RootBound = bound,
            Domains = root.Leaves + branching.Domains,
        };

        UnitBranching Branching()
        {
            bool isTightening = root.Undecided <= MostTightened;
            return new UnitBranching(property, _sweep, proof, [.. root.Ascents.Select(ascent => new DomainBounds(root.Graph, root.Ranges, root.Slopes, ascent, isTightening, options, () => deadline.IsOver))], run);
        }
    }
}
