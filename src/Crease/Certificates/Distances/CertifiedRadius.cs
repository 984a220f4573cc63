using Crease.Networks;

namespace Crease.Certificates;

/// <summary>The largest radius around an input within which bounds alone prove that the class stays: no search, no branching.</summary>
/// <remarks>
/// A radius is tried, and the next one lies between the largest that is proved and the smallest that is not. A trial that fails proves something too: on its ball
/// every difference of logits lies above an affine function, and nothing nearer than the zero set of that function changes class. Source of the bounds: CROWN,
/// <c>zhang2018efficient</c>, made concrete with the dual norm; or intervals. Cost: about 20 passes of bounds. Exactness: certified.
/// </remarks>
public sealed class CertifiedRadius
{
    private const int MostTrials = 60;

    private const double Unbounded = 1L << 40;

    private readonly BoundGraph _graph;
    private readonly Network _network;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">One input; affine and piecewise-affine layers.</param>
    /// <exception cref="ArgumentException">The network has several inputs, or a smooth layer, which is named.</exception>
    public CertifiedRadius(Network network) => (_network, _graph) = (network, new BoundGraph(network));

    /// <summary>The radius at an input.</summary>
    /// <param name="input">Shape [inputs], inside of the limits.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="low">Lower limit of all elements, or -∞.</param>
    /// <param name="high">Upper limit of all elements, or ∞.</param>
    /// <param name="label">The class; null for the predicted one.</param>
    /// <param name="relaxed">Whether bounds are linear relaxations; otherwise intervals, in a box around the ball.</param>
    /// <param name="tolerance">Relative distance of the largest radius proved and the smallest tried in vain at which trials end, in [1e-9, 1].</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>No input nearer than this has another class; ∞ where that is the whole box, 0 where the input itself has another one, or nothing is proved.</returns>
    /// <exception cref="ArgumentException">The input has another length, or an argument is out of range.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public double At(double[] input, DistanceNorm norm, double low, double high, int? label = null, bool relaxed = true, double tolerance = 1e-3, CancellationToken cancellation = default)
    {
        int outputs = _graph.Sizes[_graph.Output], classes = Margins.Classes(outputs);
        if (input.Length != _graph.Sizes[_graph.Input])
            throw new ArgumentException($"'input' has {input.Length} numbers; the network takes {_graph.Sizes[_graph.Input]}", nameof(input));
        if (!(tolerance >= 1e-9 && tolerance <= 1))
            throw new ArgumentException(FormattableString.Invariant($"'tolerance' is {tolerance}; expected 1e-9 to 1"), nameof(tolerance));
        if (label is int given && (given < 0 || given >= classes))
            throw new ArgumentException($"'label' is {given}; the network has classes 0 to {classes - 1}", nameof(label));
        return At(input, norm, Margins.Everywhere(input.Length, low), Margins.Everywhere(input.Length, high), label, relaxed, tolerance, () =>
        {
            cancellation.ThrowIfCancellationRequested();
            return false;
        });
    }

    internal double At(double[] input, DistanceNorm norm, double[] low, double[] high, int? label, bool relaxed, double tolerance, Func<bool> isOver)
    {
        int predicted = Margins.Predicted(_network.Evaluate(input));
        if (predicted != (label ?? predicted))
            return 0;
        double[] reach = [.. input.Select((value, i) => Math.Max(value - low[i], high[i] - value))];
        double farthest = norm.Of(reach), whole = double.IsFinite(farthest) ? farthest * (1 + 1e-12) : Unbounded, proved = 0, failed = 2 * whole, trial = whole / 16;
        var finder = new RangeFinder(_graph, new ErrorSizes(_graph.Sizes.Length), 64);
        for (int i = 0; i < MostTrials && !isOver() && failed > proved * (1 + tolerance) && trial > 1e-12 * whole; i++)
        {
            double found = Proved(finder, input, norm, low, high, predicted, trial, relaxed);
            proved = Math.Max(proved, found);
            if (proved >= whole)
                return double.IsFinite(farthest) ? double.PositiveInfinity : proved;
            failed = found < trial ? trial : failed;
            trial = proved == 0 ? failed / 8 : failed > 2 * proved ? Math.Sqrt(proved) * Math.Sqrt(failed) : proved / 2 + failed / 2;
            trial = Math.Min(trial, whole);
        }
        return proved;
    }

    private double Proved(RangeFinder finder, double[] input, DistanceNorm norm, double[] low, double[] high, int label, double radius, bool relaxed)
    {
        PropertyCase property = Margins.Ball(_network, input, radius, low, high, label, norm).Cases[0];
        Ranges ranges = finder.Root(property.Region, relaxed ? property.Ball : null, relaxed);
        // Neither kind of bound is always the better one.
        OutputConstraint[] open = [.. property.Unsafe.Select(set => set[0]).Where(constraint => !(constraint.LeastOn(ranges.Lower[_graph.Output], ranges.Upper[_graph.Output]) > 0))];
        if (open.Length == 0 || !relaxed)
            return open.Length == 0 ? radius : 0;
        var boxed = new Ranges(ranges) { Ball = null };
        (double[] from, double[] to) = ConstraintDistance.Offsets(property.Region.LowerLimits, property.Region.UpperLimits, input);
        var nearest = new double[input.Length];
        double least = radius;
        foreach (OutputConstraint constraint in open)
            least = Math.Min(least, ConstraintDistance.Of(finder.Rows, constraint, boxed, norm, from, to, nearest));
        return least;
    }
}
