using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>Bounds of the distance to another class where inputs are too many to split their boxes: radii are decided one after the other until time is up.</summary>
/// <remarks>A radius that is verified raises the lower bound, a counterexample lowers the upper one; what stays unknown makes the next radius smaller. Bounds hold at any time.</remarks>
internal sealed class AnytimeDistance
{
    // Halvings of the way from the input to a counterexample; share of the time left that one radius may take; share of a range at which undecided radii are given up.
    private const int Halvings = 40;

    private const double Share = 0.25, Open = 0.02;

    private readonly Network _network;
    private readonly double[] _input;
    private readonly DistanceNorm _norm;
    private readonly InputRegion _box;
    private readonly int _class;
    private readonly PropertyVerifier _verifier;
    private readonly PointProof _proof;
    private readonly PropertyCase _property;
    private readonly Deadline _deadline;
    private readonly double _seconds, _tolerance;
    private readonly RunContext _run;
    private double _lower, _upper = double.PositiveInfinity;
    private double[] _witness = [];
    private long _domains;

    public AnytimeDistance(Network network, double[] input, DistanceNorm norm, InputRegion box, double tolerance, double seconds, RunContext run)
    {
        (_network, _input, _norm, _box, _tolerance, _seconds, _run) = (network, input, norm, box, tolerance, seconds, run);
        _class = Margins.Predicted(network.Evaluate(input));
        _property = new PropertyCase(box, Margins.Others(network.OutputShape.Size, _class));
        (_verifier, _proof, _deadline) = (new PropertyVerifier(network), new PointProof(new BoundGraph(network)), new Deadline(seconds, run));
    }

    public MinimalDistance Run()
    {
        double[] reach = [.. _input.Select((value, i) => Math.Max(value - _box.LowerLimits[i], _box.UpperLimits[i] - value))];
        double whole = _norm.Of(reach) * (1 + 1e-12), unknown = double.PositiveInfinity;
        _lower = new CertifiedRadius(_network).At(_input, _norm, _box.LowerLimits, _box.UpperLimits, null, true, 1e-3, () => _deadline.IsOver);
        if (double.IsPositiveInfinity(_lower))
            return Result(Status.Complete);
        unknown = Decide(whole) == Verdict.Unknown ? whole : unknown;
        while (!_deadline.IsOver)
        {
            double above = Math.Min(Math.Min(_upper, unknown), whole);
            if (_lower >= _upper * (1 - _tolerance))
                return Result(Status.Complete);
            if (_lower >= whole)
                return Result(Status.Complete, double.PositiveInfinity);
            // Radii below an undecided one are decided next, until they are close to what is proved; then more time is the only way.
            if (unknown < _upper && unknown < _lower * (1 + Open))
                break;
            double trial = _lower + (above - _lower) / 2;
            unknown = Decide(trial) == Verdict.Unknown ? trial : unknown;
        }
        return Result(_lower >= _upper * (1 - _tolerance) ? Status.Complete : Status.BudgetExhausted);
    }

    private MinimalDistance Result(Status status, double? lower = null) => new(_class, Math.Min(lower ?? _lower, _upper), _upper, [.. _witness], _domains, status, _deadline.Elapsed);

    private Verdict Decide(double radius)
    {
        var options = new VerificationOptions { Starts = 4, TimeLimit = Math.Max(0.05, Share * (_seconds - _deadline.Elapsed)) };
        SafetyProperty ball = Margins.Ball(_network, _input, radius, _box.LowerLimits, _box.UpperLimits, _class, _norm);
        Verification found = _verifier.Decide(ball, options, _run);
        _domains += found.Domains;
        if (found.Verdict == Verdict.Verified)
            _lower = Math.Max(_lower, radius);
        if (found.Verdict == Verdict.Violated)
            Offer([.. found.Counterexample]);
        return found.Verdict;
    }

    // The counterexample, and the nearest proved point on the way to it.
    private void Offer(double[] point)
    {
        (double inside, double outside) = (0, 1);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = inside / 2 + outside / 2;
            double[] between = [.. _input.Zip(point, (a, b) => a + middle * (b - a))];
            if (_proof.IsProved(_property, between))
            {
                outside = middle;
                Keep(between);
            }
            else
                inside = middle;
        }
        if (_proof.IsProved(_property, point))
            Keep(point);
    }

    private void Keep(double[] point)
    {
        double distance = _norm.LengthAbove(point, _input);
        if (distance < _upper)
            (_upper, _witness) = (distance, point);
    }
}
