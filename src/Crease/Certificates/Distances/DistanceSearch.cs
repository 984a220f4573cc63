using System.Collections.Immutable;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>One search of <see cref="MinimalDistance"/>.</summary>
internal sealed class DistanceSearch
{
    private const int MostBoxes = 2_000_000;

    private readonly Network _network;
    private readonly BoundGraph _graph;
    private readonly double[] _input;
    private readonly DistanceNorm _norm;
    private readonly InputRegion _box;
    private readonly double _tolerance;
    private readonly Deadline _deadline;
    private readonly RangeFinder _finder;
    private readonly SlopeRange _smear;
    private readonly PointProof _proof;
    private readonly PropertyCase _property;
    private readonly int _class;
    private double _upper = double.PositiveInfinity;
    private double[] _witness = [];

    public DistanceSearch(Network network, double[] input, DistanceNorm norm, InputRegion box, double tolerance, Deadline deadline)
    {
        (_network, _input, _norm, _box, _tolerance, _deadline) = (network, input, norm, box, tolerance, deadline);
        _graph = new BoundGraph(network);
        _finder = new RangeFinder(_graph, new ErrorSizes(_graph.Sizes.Length), 64);
        _smear = new SlopeRange(_graph);
        _proof = new PointProof(_graph);
        double[] outputs = network.Evaluate(input);
        _class = Margins.Predicted(outputs);
        _property = new PropertyCase(box, Margins.Others(outputs.Length, _class));
    }

    public MinimalDistance Run()
    {
        var queue = new PriorityQueue<Item, (double Key, long Order)>();
        long order = 0, looked = 0;
        double lower = 0, stuck = double.PositiveInfinity;
        Offer(_input);
        Add(_finder.Root(_box, relaxed: true), _box.LowerLimits, _box.UpperLimits, 0);
        Status status = Status.Complete;
        while (true)
        {
            lower = Math.Min(stuck, queue.TryPeek(out _, out var first) ? first.Key : double.PositiveInfinity);
            if (lower >= _upper * (1 - _tolerance) || queue.Count == 0)
                break;
            if (_deadline.IsOver || queue.Count > MostBoxes)
            {
                status = Status.BudgetExhausted;
                break;
            }
            Item item = queue.Dequeue();
            int axis = Axis(item);
            if (axis < 0)
            {
                stuck = Math.Min(stuck, item.Key);
                continue;
            }
            double middle = item.Lower[axis] / 2 + item.Upper[axis] / 2;
            // A cut through the input leaves boxes whose nearest corner it is.
            if (_input[axis] > item.Lower[axis] && _input[axis] < item.Upper[axis] && Math.Abs(_input[axis] - middle) < 0.4 * (item.Upper[axis] - item.Lower[axis]))
                middle = _input[axis];
            double[] upper = [.. item.Upper], from = [.. item.Lower];
            (upper[axis], from[axis]) = (middle, middle);
            foreach ((double[] low, double[] high) in ((double[], double[])[])[(item.Lower, upper), (from, item.Upper)])
                Add(_finder.Within(item.Ranges, low, high), low, high, item.Key);
        }
        lower = Math.Min(lower, _upper);
        if (status == Status.Complete && double.IsFinite(_upper) && lower < _upper * (1 - _tolerance))
            status = Status.BudgetExhausted;
        return new MinimalDistance(_class, lower, _upper, [.. _witness], looked, status, _deadline.Elapsed);

        void Add(Ranges ranges, double[] low, double[] high, double least)
        {
            looked++;
            (double key, OutputConstraint? constraint) = Key(ranges, low, high);
            key = Math.Max(key, least);
            if (constraint is not null && key < _upper)
                queue.Enqueue(new Item(ranges, low, high, constraint, key), (key, order++));
        }
    }

    // The least distance over the classes, and the constraint of that class; null where no other class occurs.
    private (double Key, OutputConstraint? Constraint) Key(Ranges ranges, double[] low, double[] high)
    {
        int inputs = _input.Length;
        double[] from = new double[inputs], to = new double[inputs], nearest = new double[inputs];
        for (int i = 0; i < inputs; i++)
        {
            (from[i], to[i]) = (low[i] == _input[i] ? 0 : Math.BitDecrement(low[i] - _input[i]), high[i] == _input[i] ? 0 : Math.BitIncrement(high[i] - _input[i]));
        }
        Backsubstitution rows = _finder.Rows;
        double least = double.PositiveInfinity;
        OutputConstraint? constraint = null;
        var shared = new Ranges[1];
        shared[0] = ranges;
        var bound = new double[1];
        foreach (ImmutableArray<OutputConstraint> set in _property.Unsafe)
        {
            set[0].Row.CopyTo(rows.RowsAt(_graph.Output).AsSpan());
            rows.Lower(_graph.Output, 1, [set[0].ConstantBelow], shared, bound);
            if (bound[0] > 0)
                continue;
            double[] slopes = rows.Reached(_graph.Input) ? rows.RowsAt(_graph.Input)[..inputs] : new double[inputs];
            // The bound is the value at a corner of the box, less all errors: from there back to the input.
            double distance = double.IsFinite(bound[0]) ? HalfSpaceDistance.Of(_norm, slopes, Rest(bound[0], slopes, from, to), from, to, nearest) : 0;
            if (double.IsFinite(distance) && distance < _upper)
                Offer([.. nearest.Select((offset, i) => _input[i] + offset * (1 + 1e-11))], [.. nearest.Select((offset, i) => _input[i] + offset * (1 + 1e-9))]);
            if (distance < least)
                (least, constraint) = (distance, set[0]);
        }
        return (least, constraint);
    }

    private static double Rest(double bound, double[] slopes, double[] from, double[] to)
    {
        double sum = bound, total = Math.Abs(bound);
        for (int i = 0; i < slopes.Length; i++)
        {
            double part = slopes[i] * (slopes[i] < 0 ? to[i] : from[i]);
            sum -= part;
            total += Math.Abs(part);
        }
        return RoundingError.Down(sum, RoundingError.Slack * RoundingError.Gamma(slopes.Length + 8) * total + RoundingError.Tiny);
    }

    private void Offer(params ReadOnlySpan<double[]> points)
    {
        foreach (double[] point in points)
        {
            for (int i = 0; i < point.Length; i++)
                point[i] = Math.Clamp(point[i], _box.LowerLimits[i], _box.UpperLimits[i]);
            double[] offsets = [.. point.Select((value, i) => Math.BitIncrement(Math.Abs(value - _input[i])))];
            double distance = _norm.Of(offsets) * (1 + (_input.Length + 4) * RoundingError.Unit);
            if (point.AsSpan().SequenceEqual(_input))
                distance = 0;
            if (distance < _upper && _proof.IsProved(_property, point))
                (_upper, _witness) = (distance, point);
        }
    }

    private int Axis(Item item)
    {
        var slopes = new double[_input.Length];
        _smear.Of(item.Constraint.Row, item.Ranges, slopes);
        int axis = -1;
        double most = -1;
        for (int i = 0; i < slopes.Length; i++)
        {
            double middle = item.Lower[i] / 2 + item.Upper[i] / 2, gain = slopes[i] * (item.Upper[i] - item.Lower[i]);
            if (middle > item.Lower[i] && middle < item.Upper[i] && gain > most)
                (axis, most) = (i, gain);
        }
        return axis;
    }

    private sealed record Item(Ranges Ranges, double[] Lower, double[] Upper, OutputConstraint Constraint, double Key);
}
