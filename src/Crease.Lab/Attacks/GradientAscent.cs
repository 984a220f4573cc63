using System.Numerics.Tensors;

namespace Crease.Lab;

/// <summary>One thread's part of a gradient attack: a batch of rows, each at its own step, refilled as rows end.</summary>
/// <remarks>A row goes through the same numbers whichever rows are beside it, so that batches may be filled in any order.</remarks>
internal sealed class GradientAscent
{
    private readonly AttackRows _rows;
    private readonly IClassifierWorker _worker;
    private readonly AttackOptions _options;
    private readonly double[] _points, _best, _slopes, _free;
    private readonly Seat[] _seats;
    private readonly int[] _classes;
    private readonly GradientAverage _average;
    private readonly Verdicts _verdicts;
    private int _count;

    public GradientAscent(AttackRows rows, IClassifierWorker worker, AttackOptions options)
    {
        (_rows, _worker, _options) = (rows, worker, options);
        (_points, _best) = (new double[rows.Batch * rows.Inputs], new double[rows.Batch * rows.Inputs]);
        _slopes = new double[rows.Batch * rows.Classes];
        (_free, _average) = (new double[rows.Inputs], new GradientAverage(worker, rows, options.Averages));
        _seats = new Seat[rows.Batch];
        (_classes, _verdicts) = (new int[rows.Batch], rows.Verdicts());
    }

    public void Run()
    {
        for (Fill(); _count > 0; Fill())
        {
            _rows.ThrowIfCancelled();
            ReadOnlySpan<double> logits = _worker.Logits(_points.AsSpan(0, _count * _rows.Inputs), _count);
            for (int seat = 0; seat < _count; seat++)
                _classes[seat] = TensorPrimitives.IndexOfMax(logits.Slice(seat * _rows.Classes, _rows.Classes));
            _verdicts.Settle(_points, _classes.AsSpan(0, _count), Decides);
            bool isAnyToMove = false;
            for (int seat = 0; seat < _count; seat++)
            {
                Span<double> slopes = _slopes.AsSpan(seat * _rows.Classes, _rows.Classes);
                slopes.Clear();
                _seats[seat].IsMoving = Judge(ref _seats[seat], _classes[seat], logits.Slice(seat * _rows.Classes, _rows.Classes), slopes, At(_points, seat), At(_best, seat));
                isAnyToMove |= _seats[seat].IsMoving;
            }
            if (isAnyToMove)
                Move(_average.Of(_points, _slopes, _count, SlopesAt));
            Leave();
        }
    }

    private void Fill()
    {
        while (_count < _rows.Batch && _rows.Take(out int row))
        {
            _seats[_count] = new Seat { Row = row, Restart = Seat.Clean, Loss = double.NegativeInfinity };
            _rows.Input(row).CopyTo(At(_points, _count++));
        }
    }

    // Whether the class of a row decides anything: its own one, a success, or the end of a restart.
    private bool Decides(int seat) => _seats[seat].Restart == Seat.Clean || _seats[seat].Step == _options.StepCount || _options.Criterion.IsMet(_classes[seat], _rows.Label(_seats[seat].Row));

    // Whether the row takes a step from its point; then its slopes are those of the loss. It may end here, or begin anew.
    private bool Judge(ref Seat seat, int predicted, ReadOnlySpan<double> logits, Span<double> slopes, Span<double> point, Span<double> best)
    {
        int label = _rows.Label(seat.Row);
        AttackChecks.FiniteLogits(seat.Row, logits);
        seat.Queries++;
        bool isClean = seat.Restart == Seat.Clean;
        seat.CleanClass = isClean ? predicted : seat.CleanClass;
        if (_options.Criterion.IsMet(predicted, label) || (isClean && (_options.Epsilon == 0 || !_options.Criterion.Applies(label))))
            return End(ref seat, predicted, point);
        if (isClean)
            Continue(ref seat, best);
        if (isClean && Begin(ref seat, point))
            return false;
        double loss = Loss(label, logits, slopes);
        if (seat.Step < _options.StepCount)
            return true;
        slopes.Clear();
        if (loss > seat.Loss)
        {
            (seat.Loss, seat.Class) = (loss, predicted);
            point.CopyTo(best);
        }
        if (seat.Restart + 1 == _options.Restarts)
            return End(ref seat, seat.Class, best);
        Keep(seat, best.ToArray());
        Begin(ref seat, point);
        return false;
    }

    private void Keep(Seat seat, double[] best) =>
        _rows.Keep(seat.Row, () => new SearchState(seat.Restart + 1, best, seat.Loss, seat.Class, HasFooled: false, double.PositiveInfinity, seat.Queries, seat.Gradients, [], []));

    // Leaves out the restarts that ended in an earlier call.
    private void Continue(ref Seat seat, Span<double> best)
    {
        if (_rows.StateOf(seat.Row) is not { } before || before.Pieces >= _options.Restarts)
            return;
        before.Best.CopyTo(best);
        (seat.Restart, seat.Loss, seat.Class, seat.Queries, seat.Gradients) = (before.Pieces - 1, before.BestLoss, before.BestClass, before.Queries, before.Gradients);
    }

    private void SlopesAt(int seat, ReadOnlySpan<double> logits, Span<double> slopes)
    {
        if (_seats[seat].IsMoving)
            Loss(_rows.Label(_seats[seat].Row), logits, slopes);
    }

    // The loss in the direction that is raised; sets the slopes.
    private double Loss(int label, ReadOnlySpan<double> logits, Span<double> slopes)
    {
        double loss = _options.Criterion.Direction * _options.Loss.Of(logits, _options.Criterion.ClassOf(label), slopes);
        TensorPrimitives.Multiply(slopes, _options.Criterion.Direction, slopes);
        return loss;
    }

    // Whether the point is another one than the input.
    private bool Begin(ref Seat seat, Span<double> point)
    {
        seat.Restart++;
        seat.Step = 0;
        if (!_options.RandomStart)
            return false;
        _options.Distance.Start(_rows.Input(seat.Row), _options.Epsilon, _rows.Random(seat.Row, seat.Restart), point);
        _options.Box?.Clip(point);
        return true;
    }

    private bool End(ref Seat seat, int predicted, ReadOnlySpan<double> point)
    {
        _rows.Put(seat.Row, seat.CleanClass, predicted, point, seat.Gradients, seat.Queries);
        seat.HasEnded = true;
        return false;
    }

    private void Move(ReadOnlySpan<double> gradients)
    {
        for (int s = 0; s < _count; s++)
        {
            ref Seat seat = ref _seats[s];
            if (!seat.IsMoving)
                continue;
            ReadOnlySpan<double> gradient = gradients.Slice(s * _rows.Inputs, _rows.Inputs);
            AttackChecks.FiniteGradient(seat.Row, gradient);
            Span<double> point = At(_points, s);
            _options.Distance.Step(_options.Distance.IsSparse ? Free(gradient, point) : gradient, _options.StepLength, point);
            _options.Distance.ProjectInside(_rows.Input(seat.Row), _options.Epsilon, _options.Box, point);
            seat.Step++;
            seat.Gradients++;
        }
    }

    // Without the numbers that sit at a face of the box and would leave it: a step of one number would get nowhere.
    private ReadOnlySpan<double> Free(ReadOnlySpan<double> gradient, ReadOnlySpan<double> point)
    {
        for (int i = 0; i < _free.Length; i++)
            _free[i] = BoxedMove.Cap(_options.Box, point[i], gradient[i]) > 0 ? gradient[i] : 0;
        return _free;
    }

    // The last seat takes the place of one that has ended.
    private void Leave()
    {
        for (int seat = _count - 1; seat >= 0; seat--)
        {
            if (!_seats[seat].HasEnded)
                continue;
            _count--;
            _seats[seat] = _seats[_count];
            At(_points, _count).CopyTo(At(_points, seat));
            At(_best, _count).CopyTo(At(_best, seat));
        }
    }

    private Span<double> At(double[] rows, int seat) => rows.AsSpan(seat * _rows.Inputs, _rows.Inputs);

    /// <summary>Where one row is.</summary>
    private struct Seat
    {
        /// <summary>The restart of a row whose own class is not known yet.</summary>
        public const int Clean = -1;

        public int Row, Restart, Step, CleanClass, Class, Gradients, Queries;
        public double Loss;
        public bool IsMoving, HasEnded;
    }
}
