namespace Crease.Numerics;

/// <summary>Minimizes c · x over a box cut by half-spaces A x ≤ b: the dual simplex method on a dense table, in plain float64.</summary>
/// <remarks>
/// In a box every corner that c points away from is dual feasible, so that no first phase is needed. For any multipliers y ≥ 0 the least value of
/// c · x + y · (A x - b) over the box is a lower bound of the minimum; those found here reach it, or, if nothing is feasible, make y · (A x - b) positive on
/// the whole box. So a caller who needs a proof bounds that sum by itself. Source: bounded dual simplex, <c>koberstein2005dual</c>. Cost: O(rows · columns) per pivot.
/// </remarks>
internal sealed class BoxedLinearProgram
{
    private const double Feasible = 1e-9, Pivot = 1e-9;

    private readonly int _rows, _columns;
    private readonly double[] _table, _scales, _costs, _lower, _upper, _values;
    private readonly int[] _basic, _free;

    /// <summary>States the program.</summary>
    /// <param name="costs">c. Shape [columns].</param>
    /// <param name="matrix">A. Shape [rows][columns].</param>
    /// <param name="limits">b. Shape [rows].</param>
    /// <param name="lower">Lower limits of x, finite.</param>
    /// <param name="upper">Upper limits of x, finite.</param>
    public BoxedLinearProgram(double[] costs, IReadOnlyList<double[]> matrix, double[] limits, double[] lower, double[] upper)
    {
        (_rows, _columns) = (limits.Length, costs.Length);
        (_table, _scales, _costs) = (new double[_rows * _columns], new double[_rows], [.. costs]);
        (_lower, _upper) = ([.. lower, .. new double[_rows]], [.. upper, .. Enumerable.Repeat(double.PositiveInfinity, _rows)]);
        _values = new double[_columns + _rows];
        (_basic, _free) = ([.. Enumerable.Range(_columns, _rows)], [.. Enumerable.Range(0, _columns)]);
        for (int j = 0; j < _columns; j++)
            _values[j] = costs[j] >= 0 ? lower[j] : upper[j];
        for (int i = 0; i < _rows; i++)
        {
            double most = matrix[i].Max(Math.Abs);
            _scales[i] = most > 0 ? 1 / most : 1;
            double slack = limits[i] * _scales[i];
            for (int j = 0; j < _columns; j++)
            {
                double entry = matrix[i][j] * _scales[i];
                _table[i * _columns + j] = entry;
                slack -= entry * _values[j];
            }
            _values[_columns + i] = slack;
        }
        Multipliers = new double[_rows];
    }

    /// <summary>x: a minimum, or, if nothing is feasible, where the search ended. Shape [columns].</summary>
    public double[] Point => _values[.._columns];

    /// <summary>y, none below 0: of the minimum, or of the proof that nothing is feasible. Shape [rows].</summary>
    public double[] Multipliers { get; }

    /// <summary>Searches.</summary>
    /// <param name="mostPivots">After so many pivots the outcome is <see cref="LinearProgramOutcome.Stopped"/>.</param>
    public LinearProgramOutcome Solve(int mostPivots)
    {
        for (int pivot = 0; pivot <= mostPivots; pivot++)
        {
            int row = Leaving(out bool isBelow);
            if (row < 0)
            {
                KeepMultipliers(Enumerable.Range(0, _columns).Select(j => (_free[j], _costs[j])));
                return LinearProgramOutcome.Optimal;
            }
            int column = Entering(row, isBelow);
            if (column < 0)
            {
                double sign = isBelow ? 1 : -1;
                KeepMultipliers([(_basic[row], sign), .. Enumerable.Range(0, _columns).Select(j => (_free[j], sign * _table[row * _columns + j]))]);
                return LinearProgramOutcome.Infeasible;
            }
            Exchange(row, column, isBelow ? _lower[_basic[row]] : _upper[_basic[row]]);
        }
        return LinearProgramOutcome.Stopped;
    }

    private void KeepMultipliers(IEnumerable<(int Variable, double Value)> entries)
    {
        foreach ((int variable, double value) in entries)
        {
            if (variable >= _columns)
                Multipliers[variable - _columns] = Math.Max(value, 0) * _scales[variable - _columns];
        }
    }

    // The basic variable that is farthest outside of its limits.
    private int Leaving(out bool isBelow)
    {
        (int worst, double most) = (-1, Feasible);
        isBelow = false;
        for (int i = 0; i < _rows; i++)
        {
            int variable = _basic[i];
            double below = _lower[variable] - _values[variable], above = _values[variable] - _upper[variable], miss = Math.Max(below, above);
            if (miss > most)
                (worst, most, isBelow) = (i, miss, below > above);
        }
        return worst;
    }

    // The free variable whose reduced cost is used up first; of several the one with the largest entry.
    private int Entering(int row, bool isBelow)
    {
        (int best, double least, double largest) = (-1, double.PositiveInfinity, 0);
        for (int j = 0; j < _columns; j++)
        {
            double entry = _table[row * _columns + j], size = Math.Abs(entry);
            bool canRise = _values[_free[j]] < _upper[_free[j]], canFall = _values[_free[j]] > _lower[_free[j]];
            bool helps = (isBelow ? entry < 0 : entry > 0) ? canRise : canFall;
            if (size <= Pivot || !helps)
                continue;
            double ratio = Math.Abs(_costs[j]) / size;
            if (ratio < least - 1e-12 || (ratio <= least + 1e-12 && size > largest))
                (best, least, largest) = (j, Math.Min(ratio, least), size);
        }
        return best;
    }

    private void Exchange(int row, int column, double limit)
    {
        double pivot = _table[row * _columns + column];
        int leaving = _basic[row], entering = _free[column];
        double step = (_values[leaving] - limit) / pivot;
        for (int i = 0; i < _rows; i++)
            _values[_basic[i]] -= _table[i * _columns + column] * step;
        _values[entering] += step;
        _values[leaving] = limit;
        (_basic[row], _free[column]) = (entering, leaving);
        Span<double> own = _table.AsSpan(row * _columns, _columns);
        for (int j = 0; j < _columns; j++)
            own[j] = j == column ? 1 / pivot : own[j] / pivot;
        for (int i = 0; i < _rows; i++)
        {
            if (i != row)
                Eliminate(_table.AsSpan(i * _columns, _columns), own, column, pivot);
        }
        Eliminate(_costs, own, column, pivot);
    }

    private static void Eliminate(Span<double> target, ReadOnlySpan<double> row, int column, double pivot)
    {
        double factor = target[column];
        if (factor == 0)
            return;
        System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(row, -factor, target, target);
        target[column] = -factor / pivot;
    }
}
