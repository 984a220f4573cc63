using System.Numerics.Tensors;

namespace Crease.Geometry;

/// <summary>The first reduction of a network that is no chain: convolutions, skip connections and max poolings become a small dense network.</summary>
/// <remarks>
/// As <see cref="Reduction"/>, but from the folds of the whole network, whose columns are sparse. A row is a form: its affine part (a, b, c)
/// and one number per tracked source, side by side, so that a column adds multiples of whole forms. Cost: the length of a form for every
/// weight behind a unit that is on. It is done for few cells; from there on reduced networks are reduced.
/// </remarks>
internal sealed partial class GraphReduction(FoldedNetwork folded)
{
    // Numbers of a block's forms, and of those that are kept; a cell that needs more is cut without a reduced network.
    private const int MostNumbers = 1 << 21;

    // Where the numbers of tracked sources start in a form.
    private const int Affine = 3;

    private readonly KeptForms _kept = new();
    private readonly int[] _firstSource = new int[folded.Stages.Length + 1];
    private double[] _forms = [], _next = [];
    private int _length, _sources;
    private double[] _margins = [];
    private ulong _hash;

    /// <summary>Operations so far.</summary>
    public double Flops { get; private set; }

    /// <summary>Starts a cut.</summary>
    /// <param name="margins">Per stage: a unit is settled when its bound exceeds this.</param>
    public void Begin(double[] margins) => (_margins, Flops) = (margins, 0);

    /// <summary>Reduces; the cell's next block, items and network are replaced when the reduced network is small enough.</summary>
    /// <param name="cell">A cell without a local network and with open items.</param>
    /// <param name="into">Overwritten with the reduced network.</param>
    /// <param name="codes">Codes of the cell; settled units are written.</param>
    /// <param name="winners">Likewise of its windows.</param>
    /// <returns>Whether the cell was changed.</returns>
    public bool TryReduce(Cell cell, LocalNetwork into, byte[][] codes, int[][] winners)
    {
        int first = cell.Stage, stages = folded.Stages.Length;
        (_sources, _hash) = (0, 0);
        _kept.Clear();
        if (!TryBegin(cell, codes))
            return false;
        for (int t = first + 1; t < stages; t++)
        {
            _firstSource[t] = _sources;
            _kept.BeginStage(t);
            if (folded.Stages[t].Pooling is null)
                BoundUnits(cell, t, codes[t]);
            else
                BoundWindows(cell, t, codes, winners[t]);
            if (_kept.Count > LocalNetwork.MostRows || _kept.Numbers > MostNumbers || !TryFold(t))
                return false;
        }
        _firstSource[stages] = _sources;
        _kept.BeginStage(stages);
        for (int row = 0; row < folded.Outputs; row++)
            _kept.Add(row, 0, Form(row));
        if (_kept.Count > LocalNetwork.MostRows || _kept.Numbers > MostNumbers)
            return false;
        Write(cell, into);
        cell.Hash ^= _hash;
        return true;
    }

    private ReadOnlySpan<double> Form(int row) => _forms.AsSpan(row * _length, _length);

    // The next stage's rows: what is settled already is in the cell's block, the open items are the first sources.
    private bool TryBegin(Cell cell, byte[][] codes)
    {
        int stage = cell.Stage, stride = cell.NextStride;
        Fold fold = folded.Folds[stage + 1];
        _firstSource[stage] = 0;
        for (int unit = 0; unit < folded.Stages[stage].Units; unit++)
            _pass[unit] = codes[stage][unit] == 0 ? Nothing : unit;
        for (int i = 0; i < cell.Items; i++)
        {
            (double a, double b, double c) = (cell.A[i], cell.B[i], cell.C[i]);
            (double least, double largest) = cell.Range(a, b, c);
            Track((a, b, c), default, least, largest);
            _pass[cell.Item[i]] = Tracked(i);
        }
        if (!TryMakeRoom(fold.Rows))
            return false;
        for (int row = 0; row < fold.Rows; row++)
            (_next[row * _length], _next[row * _length + 1], _next[row * _length + 2]) = (cell.Next[row], cell.Next[stride + row], cell.Next[2 * stride + row]);
        for (int i = 0; i < cell.Items; i++)
            AddSource(fold, cell.Item[i], i);
        (_forms, _next) = (_next, _forms);
        return true;
    }

    // The rows of the next block: what the units pass on, and what is carried past them.
    private bool TryFold(int stage)
    {
        Fold fold = folded.Folds[stage + 1];
        int before = _length, units = folded.Stages[stage].Units;
        if (!TryMakeRoom(fold.Rows))
            return false;
        ReadOnlySpan<double> constants = fold.Constants;
        for (int row = 0; row < fold.Rows; row++)
            _next[row * _length + 2] = constants[row];
        for (int source = 0; source < fold.Sources; source++)
        {
            int passed = source < units ? _pass[source] : fold.RowBefore(source);
            if (passed >= 0)
                AddForm(fold, source, _forms.AsSpan(passed * before, before));
            else if (passed != Nothing)
                AddSource(fold, source, Tracked(passed));
        }
        (_forms, _next) = (_next, _forms);
        return true;
    }

    private bool TryMakeRoom(int rows)
    {
        _length = Affine + _sources;
        if ((long)rows * _length > MostNumbers)
            return false;
        if (_next.Length < rows * _length)
            _next = new double[rows * _length];
        _next.AsSpan(0, rows * _length).Clear();
        return true;
    }

    private void AddForm(Fold fold, int source, ReadOnlySpan<double> form)
    {
        ReadOnlySpan<double> weights = fold.Column(source, out ReadOnlySpan<int> rows);
        for (int k = 0; k < weights.Length; k++)
        {
            Span<double> to = _next.AsSpan((rows.IsEmpty ? k : rows[k]) * _length, form.Length);
            TensorPrimitives.MultiplyAdd(form, weights[k], to, to);
        }
        Flops += 2.0 * weights.Length * form.Length;
    }

    private void AddSource(Fold fold, int source, int number)
    {
        ReadOnlySpan<double> weights = fold.Column(source, out ReadOnlySpan<int> rows);
        for (int k = 0; k < weights.Length; k++)
            _next[(rows.IsEmpty ? k : rows[k]) * _length + Affine + number] += weights[k];
    }

    private void Write(Cell cell, LocalNetwork into)
    {
        int first = cell.Stage, stages = folded.Stages.Length, rows = _kept.Count;
        (into.First, into.Rows) = (first, rows);
        into.FirstUnits = cell.Item[..cell.Items];
        for (int i = 0; i < cell.Items; i++)
            cell.Item[i] = i;
        _kept.Write(into);
        int numbers = 0;
        for (int t = first; t < stages; t++)
        {
            (into.ColumnAt[t], into.ColumnStride[t]) = (numbers, (rows - into.Start[t + 1] + 7) & ~7);
            numbers += (_firstSource[t + 1] - _firstSource[t]) * into.ColumnStride[t];
        }
        into.Columns = new double[numbers];
        for (int t = first; t < stages; t++)
        {
            for (int source = _firstSource[t]; source < _firstSource[t + 1]; source++)
            {
                int at = into.ColumnAt[t] + (source - _firstSource[t]) * into.ColumnStride[t];
                for (int row = into.Start[t + 1]; row < rows; row++)
                    into.Columns[at + row - into.Start[t + 1]] = _kept.Form(row)[Affine + source];
            }
        }
        int stride = (rows + 7) & ~7;
        double[] next = cell.Spare(3 * stride + 8);
        next.AsSpan(0, 3 * stride).Clear();
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> form = _kept.Form(row);
            (next[row], next[stride + row], next[2 * stride + row]) = (form[0], form[1], form[2]);
        }
        (cell.Next, cell.NextStride, cell.Net) = (next, stride, into);
    }
}
