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
        (double[] from, double[] to) = ConstraintDistance.Offsets(low, high, _input);
        double least = double.PositiveInfinity;
        OutputConstraint? constraint = null;
        foreach (ImmutableArray<OutputConstraint> set in _property.Unsafe)
        {
            var nearest = new double[_input.Length];
            double distance = ConstraintDistance.Of(_finder.Rows, set[0], ranges, _norm, from, to, nearest);
            if (double.IsFinite(distance) && distance < _upper)
                Offer([.. nearest.Select((offset, i) => _input[i] + offset * (1 + 1e-11))], [.. nearest.Select((offset, i) => _input[i] + offset * (1 + 1e-9))]);
            if (distance < least)
                (least, constraint) = (distance, set[0]);
        }
        return (least, constraint);
    }

    private void Offer(params ReadOnlySpan<double[]> points)
    {
        foreach (double[] point in points)
        {
            for (int i = 0; i < point.Length; i++)
                point[i] = Math.Clamp(point[i], _box.LowerLimits[i], _box.UpperLimits[i]);
            double distance = _norm.LengthAbove(point, _input);
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
