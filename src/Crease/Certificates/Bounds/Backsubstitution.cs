using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Crease.Networks;

namespace Crease.Certificates;

/// <summary>Lower bounds of linear functions of a node's values, by substituting layer by layer back to the input: one thread's buffers.</summary>
/// <remarks>
/// A row (λ, c) at a node stands for λ · v + c. Affine layers are substituted exactly, piecewise ones by one of two lines per unit, the lower one where λ is
/// positive, so that the row never rises above the function. At the input the minimum over the box is taken. Source: CROWN, <c>zhang2018efficient</c>; slopes
/// per row and multipliers of split constraints: <c>xu2021fast</c>, <c>wang2021beta</c>. Exactness: every rounding is paid for, see <see cref="ErrorSizes"/>.
/// </remarks>
internal sealed partial class Backsubstitution(BoundGraph graph, ErrorSizes sizes, int capacity)
{
    private readonly double[]?[] _rows = new double[graph.Sizes.Length][];
    private readonly bool[] _reached = new bool[graph.Sizes.Length];
    private readonly ProductScratch _scratch = new();
    private readonly double[] _constants = new double[capacity], _errors = new double[capacity];
    private readonly double[]?[] _joined = new double[graph.Sizes.Length][];
    private readonly double[]?[] _pulled = new double[graph.Sizes.Length][];

    public BoundGraph Graph => graph;

    /// <summary>What errors are measured by.</summary>
    public ErrorSizes Sizes => sizes;

    /// <summary>Most rows of one call.</summary>
    public int Capacity => capacity;

    /// <summary>Slopes of the lower lines of a hinge node by row, shape [rows, units], or null for those of the lines.</summary>
    public double[]?[] Slopes { get; } = new double[graph.Sizes.Length][];

    /// <summary>What split constraints add to the row at the input of a hinge node, shape [rows, units], or null.</summary>
    public double[]?[] Multipliers { get; } = new double[graph.Sizes.Length][];

    /// <summary>What the constraints behind the multipliers of a hinge node take away from the constants, rounded up. Shape [rows], or null.</summary>
    public double[]?[] Costs { get; } = new double[graph.Sizes.Length][];

    /// <summary>The rows that arrived at a node in the last call. Shape [rows, size].</summary>
    public double[] RowsAt(int node) => _rows[node] ??= new double[(long)capacity * graph.Sizes[node]];

    /// <summary>Rows that are added where others from behind arrive. Shape [rows, size].</summary>
    public double[] Joined(int node) => _joined[node] ??= new double[(long)capacity * graph.Sizes[node]];

    /// <summary>Whether rows arrived at a node in the last call.</summary>
    public bool Reached(int node) => _reached[node];

    /// <summary>Lower bounds.</summary>
    /// <remarks>The caller writes the rows to <see cref="RowsAt"/> of the node first.</remarks>
    /// <param name="node">Where the rows start.</param>
    /// <param name="count">Number of rows, at most the capacity.</param>
    /// <param name="constants">c of every row. Shape [count].</param>
    /// <param name="ranges">Lines of every row's set of inputs; its input node's limits are the box. Shape [count].</param>
    /// <param name="bounds">Lower bounds; -∞ where nothing finite is proved. Shape [count]; overwritten.</param>
    /// <param name="joined">A node before the first one at which <see cref="Joined"/> is added; negative for none.</param>
    public void Lower(int node, int count, ReadOnlySpan<double> constants, ReadOnlySpan<Ranges> ranges, Span<double> bounds, int joined = -1)
    {
        Array.Clear(_reached);
        _reached[node] = true;
        constants[..count].CopyTo(_constants);
        _errors.AsSpan(0, count).Clear();
        for (int n = node; n >= 0; n--)
        {
            if (n == joined)
                Join(n, count);
            if (!_reached[n])
                continue;
            if (graph.Affine[n] is { } affine)
                PullAffine(n, affine, count);
            else if (graph.Piecewise[n] is { } piecewise)
                PullPiecewise(n, piecewise, count, ranges);
        }
        int input = graph.Input, size = graph.Sizes[input];
        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<double> slopes = _reached[input] ? _rows[input].AsSpan(r * size, size) : default;
            bounds[r] = Proved(r, size + 2, Least(slopes, ranges[r].Lower[input], ranges[r].Upper[input]));
            if (ranges[r].Ball is { } ball)
                bounds[r] = Math.Max(bounds[r], Proved(r, size + InputBall.Roundings, ball.Least(slopes)));
        }
    }

    private double Proved(int r, int terms, (double Sum, double Total) least)
    {
        double value = _constants[r] + least.Sum;
        double error = RoundingError.Slack * (_errors[r] + RoundingError.Gamma(terms) * least.Total + RoundingError.Unit * Math.Abs(value)) + RoundingError.Tiny;
        return double.IsNaN(error) ? double.NegativeInfinity : RoundingError.Down(value, error);
    }

    /// <summary>The corner of the box, or the end of the ball, at which a row of the last call is least.</summary>
    public void Corner(int row, Ranges ranges, Span<double> point)
    {
        int input = graph.Input, size = graph.Sizes[input];
        ReadOnlySpan<double> slopes = RowsAt(input).AsSpan(row * size, size);
        for (int i = 0; i < size; i++)
            point[i] = _reached[input] && slopes[i] < 0 ? ranges.Upper[input][i] : ranges.Lower[input][i];
        if (ranges.Ball is not { } ball || !_reached[input] || ball.Contains(point))
            return;
        ball.Corner(slopes, point);
        for (int i = 0; i < size; i++)
            point[i] = Math.Clamp(point[i], ranges.Lower[input][i], ranges.Upper[input][i]);
    }

    private static (double Sum, double Total) Least(ReadOnlySpan<double> slopes, double[] lower, double[] upper)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(slopes), lows = MemoryMarshal.Cast<double, Vector<double>>(lower), highs = MemoryMarshal.Cast<double, Vector<double>>(upper);
        Vector<double> sums = Vector<double>.Zero, totals = Vector<double>.Zero;
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector<double> slope = vectors[i], low = lows[i], high = highs[i];
            sums += slope * Vector.ConditionalSelect(Vector.LessThan(slope, Vector<double>.Zero), high, low);
            totals += Vector.Abs(slope) * Vector.Max(Vector.Abs(low), Vector.Abs(high));
        }
        double sum = Vector.Sum(sums), total = Vector.Sum(totals);
        for (int i = vectors.Length * Vector<double>.Count; i < slopes.Length; i++)
        {
            sum += slopes[i] * (slopes[i] < 0 ? upper[i] : lower[i]);
            total += Math.Abs(slopes[i]) * Math.Max(Math.Abs(lower[i]), Math.Abs(upper[i]));
        }
        return (sum, total);
    }

    private void PullAffine(int n, AffineStep step, int count)
    {
        int size = graph.Sizes[n];
        double[] rows = _rows[n]!, terms = sizes.Terms[n];
        double gamma = RoundingError.Gamma(Math.Max(step.Terms, size) + 3);
        for (int r = 0; r < count && !step.IsExact; r++)
        {
            ReadOnlySpan<double> row = rows.AsSpan(r * size, size);
            _errors[r] += gamma * AbsoluteDot(row, terms) + sizes.Underflow[n];
            if (step.Bias is not { } bias)
                continue;
            _constants[r] += TensorPrimitives.Dot(row, bias);
            _errors[r] += RoundingError.Unit * Math.Abs(_constants[r]);
        }
        ReadOnlySpan<int> inputs = graph.InputsOf(n);
        for (int i = 0; i < inputs.Length; i++)
        {
            double[] target = Arriving(inputs[i], count, out bool isFirst);
            step.Pull(i, rows, count, target, _scratch);
            Arrived(inputs[i], count, isFirst, target);
        }
    }

    private void PullPiecewise(int n, PiecewiseStep step, int count, ReadOnlySpan<Ranges> ranges)
    {
        int input = graph.InputsOf(n)[0], units = step.Units;
        double[] rows = _rows[n]!, magnitudes = sizes.Magnitudes[input];
        double[] target = Arriving(input, count, out bool isFirst);
        double gamma = RoundingError.Gamma(units + 3);
        for (int r = 0; r < count; r++)
        {
            Lines lines = ranges[r].Lines[n];
            ReadOnlySpan<double> row = rows.AsSpan(r * units, units);
            double constant, total, rounded;
            if (step is PoolingStep pooling)
                (constant, total, rounded) = PullMaximum(pooling, row, lines, target.AsSpan(r * step.Inputs, step.Inputs), magnitudes);
            else
            {
                ReadOnlySpan<double> slopes = Slopes[n] is { } own ? own.AsSpan(r * units, units) : lines.LowSlope;
                ReadOnlySpan<double> multipliers = Multipliers[n] is { } added ? added.AsSpan(r * units, units) : default;
                (constant, total, rounded) = PullElements(row, slopes, lines, multipliers, target.AsSpan(r * units, units), magnitudes);
            }
            _constants[r] += constant;
            if (Multipliers[n] is not null && Costs[n] is { } costs)
            {
                _errors[r] += RoundingError.Unit * Math.Abs(_constants[r]);
                _constants[r] -= costs[r];
            }
            _errors[r] += gamma * total + 2 * RoundingError.Unit * rounded + RoundingError.Unit * Math.Abs(_constants[r]) + sizes.Underflow[input];
        }
        Arrived(input, count, isFirst, target);
    }

    private void Join(int node, int count)
    {
        if (_reached[node])
        {
            Arrived(node, count, false, Joined(node));
            return;
        }
        _reached[node] = true;
        Joined(node).AsSpan(0, count * graph.Sizes[node]).CopyTo(RowsAt(node));
    }

    private double[] Arriving(int node, int count, out bool isFirst)
    {
        isFirst = !_reached[node];
        _reached[node] = true;
        double[] target = isFirst ? RowsAt(node) : _pulled[node] ??= new double[(long)capacity * graph.Sizes[node]];
        target.AsSpan(0, count * graph.Sizes[node]).Clear();
        return target;
    }

    private void Arrived(int node, int count, bool isFirst, double[] target)
    {
        if (isFirst)
            return;
        int size = graph.Sizes[node];
        Span<double> all = RowsAt(node).AsSpan(0, count * size);
        TensorPrimitives.Add(all, target.AsSpan(0, count * size), all);
        for (int r = 0; r < count; r++)
            _errors[r] += RoundingError.Unit * AbsoluteDot(all.Slice(r * size, size), sizes.Magnitudes[node]);
    }

    private static double AbsoluteDot(ReadOnlySpan<double> row, ReadOnlySpan<double> sizes)
    {
        Vector<double> sums = Vector<double>.Zero;
        int lanes = Vector<double>.Count, at = 0;
        for (; at + lanes <= row.Length; at += lanes)
            sums += Vector.Abs(new Vector<double>(row[at..])) * new Vector<double>(sizes[at..]);
        double sum = Vector.Sum(sums);
        for (; at < row.Length; at++)
            sum += Math.Abs(row[at]) * sizes[at];
        return sum;
    }
}
