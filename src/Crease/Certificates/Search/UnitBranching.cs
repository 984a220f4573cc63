using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Branch and bound that decides unstable units: each is taken below and above its kink, with multipliers for these constraints.</summary>
/// <remarks>
/// All sets of outputs share one tree, since most of the work is the limits of later units, which every decision tightens anew. Source: <c>wang2021beta</c>, with
/// candidates filtered by the bounds of their two branches (<c>depalma2021improved</c>). Rounds have a fixed size and results are used in order, so that no
/// verdict depends on the number of threads. Where all units are decided a linear program has the last word (<see cref="LeafProgram"/>): it is complete for hinges
/// on boxes, up to outputs within rounding errors of their limit.
/// </remarks>
internal sealed class UnitBranching(PropertyCase property, ReverseSweep sweep, PointProof proof, IReadOnlyList<DomainBounds> workers, RunContext run)
{
    // A round is divided by its own size, and not by the number of threads, which then may not change what is found.
    private const int RoundSize = 16;

    public long Domains { get; private set; }

    /// <summary>Bounds of the whole box, and a counterexample near where they are least, or null.</summary>
    /// <param name="root">Limits on the box.</param>
    /// <param name="constraints">By set, the constraint that is to be refuted everywhere.</param>
    /// <param name="options">Limits.</param>
    /// <param name="deadline">When to stop.</param>
    public (UnitDomain Domain, double[]? Point) First(Ranges root, IEnumerable<OutputConstraint> constraints, VerificationOptions options, Deadline deadline)
    {
        UnitDomain first = workers[0].Root(new UnitDomain
        {
            Ranges = root,
            Targets = [.. constraints.Select(constraint => new RelaxedBranch { Ranges = root, Row = constraint.Row, Constant = constraint.ConstantBelow })],
        });
        Domains++;
        return (first, Near(first, options, deadline));
    }

    /// <summary>Decides sets of outputs.</summary>
    /// <param name="first">The whole box.</param>
    /// <param name="options">Limits.</param>
    /// <param name="deadline">When to stop.</param>
    public (Verdict Verdict, double[]? Counterexample, string Reason) Decide(UnitDomain first, VerificationOptions options, Deadline deadline)
    {
        bool isComplete = true;
        var stack = new Stack<UnitDomain>();
        first = Alone(first);
        if (Near(first, options, deadline) is { } corner)
            return (Verdict.Violated, corner, "");
        if (!first.IsClosed)
            stack.Push(first);
        while (stack.Count > 0)
        {
            if (deadline.IsOver)
                return (Verdict.Unknown, null, "the time limit was reached; raise --time-limit");
            if (Domains >= options.MostDomains)
                return (Verdict.Unknown, null, $"{Domains} branches were looked at; raise the limit");
            var round = new List<UnitDomain>();
            while (round.Count < RoundSize && stack.TryPop(out UnitDomain? domain))
                round.Add(domain);
            var results = new (UnitDomain[] Parts, double[]? Point, bool IsStuck)[round.Count];
            int next = -1;
            Workers.Run(Math.Clamp(round.Count, 1, workers.Count), worker =>
            {
                int mine;
                while ((mine = Interlocked.Increment(ref next)) < round.Count)
                    results[mine] = Divided(workers[worker], round[mine]);
            });
            foreach ((UnitDomain[] parts, double[]? point, bool isStuck) in results)
            {
                if (point is not null)
                    return (Verdict.Violated, point, "");
                isComplete &= !isStuck;
                Domains += parts.Length;
                foreach (UnitDomain part in parts.Where(part => !part.IsClosed).OrderByDescending(part => part.Worst))
                    stack.Push(part);
            }
        }
        return isComplete ? (Verdict.Verified, null, "") : (Verdict.Unknown, null, "all units are decided on some branch whose bound stays at 0: an output is within rounding errors of its limit, or units other than hinges are undecided");
    }

    // Each function by itself; where one is left, with the limits that hold on its counterexamples.
    private UnitDomain Alone(UnitDomain joint)
    {
        var alone = new UnitDomain[joint.IsClosed ? 0 : joint.Targets.Length];
        int next = -1;
        Workers.Run(Math.Clamp(alone.Length, 1, workers.Count), worker =>
        {
            int mine;
            while ((mine = Interlocked.Increment(ref next)) < alone.Length)
                alone[mine] = workers[worker].Alone(joint, joint.Targets[mine]);
        });
        UnitDomain[] open = [.. alone.Where(each => !each.IsClosed)];
        return open.Length == 1 ? open[0] : workers[0].Root(new UnitDomain { Ranges = joint.Ranges, Targets = [.. joint.Targets.Where((_, i) => !alone[i].IsClosed)] });
    }

    private (UnitDomain[] Parts, double[]? Point, bool IsStuck) Divided(DomainBounds bounds, UnitDomain domain)
    {
        if (domain.Candidates.Length == 0)
        {
            // There is nothing left to decide, and the program is the last word.
            UnitDomain last = bounds.Settled(domain);
            return ([], Candidate(last), !last.IsClosed);
        }
        UnitDomain[] parts = [.. bounds.Parts(domain).Select(bounds.Full)];
        return (parts, parts.Select(Candidate).FirstOrDefault(point => point is not null), false);
    }

    // Descents from the corners where the functions are least by their bounds; without starts the corners themselves.
    private double[]? Near(UnitDomain domain, VerificationOptions options, Deadline deadline) => options.Starts == 0 ? Candidate(domain) :
        CounterexampleSearch.Near(domain.IsClosed ? [] : [.. domain.Targets.Select(target => target.Corner).OfType<double[]>()], sweep, proof, property, options, run, deadline);

    private double[]? Candidate(UnitDomain domain)
    {
        foreach (RelaxedBranch target in domain.IsClosed ? [] : domain.Targets)
        {
            if (target.Corner is not { } corner)
                continue;
            double[] outputs = sweep.Network.Evaluate(corner);
            if (property.Unsafe.Any(set => set.All(constraint => constraint.At(outputs) <= 0)) && proof.Counterexample(property, corner) is { } point)
                return point;
        }
        return null;
    }
}
