using System.Numerics.Tensors;

namespace Crease.Lab;

/// <summary>One thread's part of an attack that is written row by row: the questions of many rows are put to the classifier together.</summary>
/// <remarks>A row goes through the same numbers whichever rows are beside it, so that batches may be filled in any order.</remarks>
internal sealed class SearchBatch(AttackRows rows, IClassifierWorker worker, AttackOptions options, ISearch search)
{
    private readonly double[] _points = new double[rows.Batch * rows.Inputs], _slopes = new double[rows.Batch * rows.Classes];
    private readonly GradientAverage _average = new(worker, rows, options.Averages);
    private readonly int[] _classes = new int[rows.Batch];
    private readonly Verdicts _verdicts = rows.Verdicts();
    private readonly List<Seat> _seats = [];

    public void Run()
    {
        for (Fill(); _seats.Count > 0; Fill())
        {
            rows.ThrowIfCancelled();
            for (int s = 0; s < _seats.Count; s++)
                _seats[s].Row.Point.CopyTo(_points, s * rows.Inputs);
            ReadOnlySpan<double> logits = worker.Logits(_points.AsSpan(0, _seats.Count * rows.Inputs), _seats.Count);
            for (int s = 0; s < _seats.Count; s++)
                _classes[s] = TensorPrimitives.IndexOfMax(logits.Slice(s * rows.Classes, rows.Classes));
            _verdicts.Settle(_points, _classes.AsSpan(0, _seats.Count), s => _seats[s].Row.Queries == 0 || options.Criterion.IsMet(_classes[s], _seats[s].Row.Label));
            for (int s = 0; s < _seats.Count; s++)
                _seats[s].Row.TellLogits(logits.Slice(s * rows.Classes, rows.Classes), _classes[s]);
            foreach (Seat seat in _seats)
                seat.Advance();
            while (_seats.Exists(seat => seat.Wants(Ask.Gradient)))
                TellGradients();
            _seats.RemoveAll(seat => seat.HasEnded);
        }
    }

    private void Fill()
    {
        while (_seats.Count < rows.Batch && rows.Take(out int row))
        {
            var found = new RowSearch(rows, options, row);
            _seats.Add(new Seat(found, Whole(found).GetEnumerator(), _verdicts));
        }
    }

    private void TellGradients()
    {
        Array.Clear(_slopes);
        for (int s = 0; s < _seats.Count; s++)
        {
            if (_seats[s].Wants(Ask.Gradient))
                _seats[s].Row.Slopes.CopyTo(_slopes, s * rows.Classes);
        }
        ReadOnlySpan<double> gradients = _average.Of(_points, _slopes, _seats.Count, (s, logits, slopes) =>
        {
            if (!_seats[s].Wants(Ask.Gradient))
                return;
            _seats[s].Row.SlopesAt(logits);
            _seats[s].Row.Slopes.CopyTo(slopes);
        });
        for (int s = 0; s < _seats.Count; s++)
        {
            if (!_seats[s].Wants(Ask.Gradient))
                continue;
            _seats[s].Row.TellGradient(gradients.Slice(s * rows.Inputs, rows.Inputs));
            _seats[s].Advance();
        }
    }

    // The seat has been told the logits at the input.
    private IEnumerable<Ask> Whole(RowSearch row)
    {
        if (row.IsAdversarial || options.Epsilon == 0 || !options.Criterion.Applies(row.Label))
            yield break;
        foreach (Ask ask in search.Search(row, options))
            yield return ask;
    }

    /// <summary>A row and where its conversation is.</summary>
    private sealed class Seat(RowSearch row, IEnumerator<Ask> conversation, Verdicts verdicts)
    {
        public RowSearch Row => row;

        public bool HasEnded { get; private set; }

        public bool Wants(Ask ask) => !HasEnded && conversation.Current == ask;

        public void Advance()
        {
            while (conversation.MoveNext())
            {
                if (conversation.Current != Ask.Pause)
                    return;
                row.Keep();
            }
            HasEnded = true;
            conversation.Dispose();
            row.Put(verdicts);
        }
    }
}
