using System.Runtime.InteropServices;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>Multiplies a network out over the whole domain: what cannot fold there is gone before the first cut.</summary>
/// <remarks>
/// Element by element in topological order; no convolution matrix is built, and only items that may fold in the domain take a column.
/// Rounding: every coefficient is a sum over paths, each path rounded at most so often as its <c>Depth</c> says, so an error is below depth ·
/// 2⁻⁵³ · magnitude, where the magnitude is the sum of the absolute values of all paths.
/// </remarks>
internal sealed class RootReduction
{
    private const double Unit = 2.2204460492503131e-16;
    private const long MostNumbers = 1L << 27;

    private readonly VolumeNetwork _network;
    private readonly Slice _slice;
    private readonly Polyhedron _domain;
    private readonly double[] _extents;
    private readonly List<int> _items = [];
    private readonly List<int> _firsts = [];
    private readonly List<double[]> _rows = [];
    private readonly List<int> _on = [];
    private readonly Form[]?[] _forms;
    private double[] _sum = new double[4];
    private long _numbers;
    private int _folds;

    public RootReduction(VolumeNetwork network, Slice slice, Polyhedron domain, int[] outputs, double level)
    {
        (_network, _slice, _domain) = (network, slice, domain);
        _extents = [domain.Corners.Max(corner => Math.Abs(corner.X)), domain.Corners.Max(corner => Math.Abs(corner.Y)), domain.Corners.Max(corner => Math.Abs(corner.Z))];
        _forms = new Form[network.Network.Nodes.Length][];
        Tolerances = new double[network.Items];
        bool[] needed = Needed();
        foreach (Node node in network.Network.Nodes)
        {
            if (needed[node.Index])
                _forms[node.Index] = Forms(node);
        }
        foreach (int output in outputs)
        {
            Form form = _forms[network.Output]![output];
            AddRow(form with { D = form.D - level }, _items.Count);
            OutputTolerances.Add((form.Depth + _folds + _items.Count) * Unit * (form.Magnitude + Math.Abs(level)));
        }
        var starts = new int[_rows.Count];
        for (int i = 1; i < starts.Length; i++)
            starts[i] = starts[i - 1] + _rows[i - 1].Length;
        Reduced = new ReducedNetwork([.. _items], [.. _firsts], starts, [.. _rows.SelectMany(row => row)]);
        Code = network.With(network.EmptyCode(), CollectionsMarshal.AsSpan(_on));
        foreach (int item in _on)
            Key += network.OnKey(item);
    }

    public ReducedNetwork Reduced { get; }

    public ulong[][] Code { get; }

    public UInt128 Key { get; }

    /// <summary>Per item a bound on the rounding error of its value anywhere in the domain.</summary>
    public double[] Tolerances { get; }

    public List<double> OutputTolerances { get; } = [];

    private Form[] Forms(Node node)
    {
        var forms = new Form[node.Shape.Size];
        switch (node.Layer)
        {
            case InputLayer:
                int inputs = _slice.Inputs;
                ReadOnlySpan<double> directions = _slice.Directions;
                for (int e = 0; e < forms.Length; e++)
                {
                    double a = directions[e], b = directions[inputs + e], c = directions[2 * inputs + e], d = _slice.Origin[e];
                    double magnitude = Math.Abs(a) * _extents[0] + Math.Abs(b) * _extents[1] + Math.Abs(c) * _extents[2] + Math.Abs(d);
                    forms[e] = new Form(a, b, c, d, [], [], magnitude, 4);
                }
                break;
            case AffineLayer affine:
                var terms = new List<Term>();
                for (int e = 0; e < forms.Length; e++)
                    forms[e] = Affine(node, affine, e, terms);
                break;
            case PiecewiseLinear function:
                int stage = _network.Layers.IndexOf(node), first = _items.Count;
                // Later reductions add at most one term per item of each earlier layer to a coefficient, layer by layer along a path.
                _folds += first + 8;
                for (int e = 0; e < forms.Length; e++)
                    forms[e] = Piecewise(function, stage, e, first, _forms[node.Inputs[0]]![e]);
                break;
            default:
                throw new NotSupportedException($"node '{node.Name}' is {node.Layer.Kind}; volumes take affine and element-wise piecewise-affine layers only");
        }
        return forms;
    }

    private Form Affine(Node node, AffineLayer affine, int element, List<Term> terms)
    {
        double constant = affine.Row(element, terms), magnitude = Math.Abs(constant);
        int depth = 0, columns = 0;
        Reserve();
        _sum[3] = constant;
        foreach (ref readonly Term term in CollectionsMarshal.AsSpan(terms))
        {
            ref readonly Form form = ref _forms[node.Inputs[term.Input]]![term.Element];
            _sum[0] += term.Weight * form.A;
            _sum[1] += term.Weight * form.B;
            _sum[2] += term.Weight * form.C;
            _sum[3] += term.Weight * form.D;
            for (int i = 0; i < form.Columns.Length; i++)
            {
                _sum[4 + form.Columns[i]] += term.Weight * form.Factors[i];
                columns = Math.Max(columns, form.Columns[i] + 1);
            }
            magnitude += Math.Abs(term.Weight) * form.Magnitude;
            depth = Math.Max(depth, form.Depth);
        }
        return Gather(columns, magnitude, depth + terms.Count + 2);
    }

    private Form Piecewise(PiecewiseLinear function, int stage, int unit, int first, in Form z)
    {
        Reserve();
        double slope = function.Slope(unit, 0), offset = function.Offset(unit, 0), gains = Math.Abs(slope), magnitude = Math.Abs(offset);
        int depth = z.Depth + 2 * function.Knots.Length + 4, columns = 0;
        for (int knot = 0; knot < function.Knots.Length; knot++)
        {
            int item = _network.Creases.Knot(stage, unit, knot);
            double gain = function.Slope(unit, knot + 1) - function.Slope(unit, knot), at = function.Knots[knot];
            Tolerances[item] = (depth + _folds) * Unit * (z.Magnitude + Math.Abs(at));
            magnitude += Math.Abs(gain * at);
            gains += Math.Abs(gain);
            switch (SignOver(z, at, 64 * Tolerances[item]))
            {
                case 1:
                    _on.Add(item);
                    slope += gain;
                    offset -= gain * at;
                    break;
                case 0:
                    AddRow(z with { D = z.D - at }, first);
                    _items.Add(item);
                    columns = _items.Count;
                    _sum = _sum.Length < 4 + columns ? [.. _sum, .. new double[columns + 64]] : _sum;
                    _sum[3 + columns] = gain;
                    break;
            }
        }
        if (slope != 0)
        {
            (_sum[0], _sum[1], _sum[2], _sum[3]) = (slope * z.A, slope * z.B, slope * z.C, slope * z.D);
            for (int i = 0; i < z.Columns.Length; i++)
            {
                _sum[4 + z.Columns[i]] += slope * z.Factors[i];
                columns = Math.Max(columns, z.Columns[i] + 1);
            }
        }
        _sum[3] += offset;
        return Gather(columns, magnitude + gains * z.Magnitude, depth);
    }

    // Interval bounds suffice here: columns are at least 0, and nothing is known from above about them before the first cell is bounded.
    private int SignOver(in Form form, double knot, double margin)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (VolumeCorner corner in _domain.Corners)
        {
            double value = form.A * corner.X + form.B * corner.Y + form.C * corner.Z + form.D - knot;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        for (int i = 0; i < form.Columns.Length; i++)
        {
            if (form.Factors[i] < 0)
                low = double.NegativeInfinity;
            else
                high = double.PositiveInfinity;
        }
        return low > margin ? 1 : high < -margin ? -1 : 0;
    }

    private void AddRow(in Form form, int width)
    {
        _numbers += 4 + width;
        if (_numbers > MostNumbers)
            throw new NotSupportedException($"more than {_items.Count} units may fold in the domain, which is more than a volume can hold; pass a smaller box or a smaller network");
        var row = new double[4 + width];
        (row[0], row[1], row[2], row[3]) = (form.A, form.B, form.C, form.D);
        for (int i = 0; i < form.Columns.Length; i++)
            row[4 + form.Columns[i]] = form.Factors[i];
        _rows.Add(row);
        _firsts.Add(width);
    }

    private void Reserve()
    {
        if (_sum.Length < 4 + _items.Count)
            _sum = new double[4 + 2 * _items.Count];
    }

    // Takes the sum and leaves zeros.
    private Form Gather(int columns, double magnitude, int depth)
    {
        int count = 0;
        for (int i = 0; i < columns; i++)
            count += _sum[4 + i] != 0 ? 1 : 0;
        var names = new int[count];
        var factors = new double[count];
        for (int i = 0, at = 0; i < columns; i++)
        {
            if (_sum[4 + i] != 0)
                (names[at], factors[at++]) = (i, _sum[4 + i]);
        }
        var form = new Form(_sum[0], _sum[1], _sum[2], _sum[3], names, factors, magnitude, depth);
        Array.Clear(_sum, 0, 4 + columns);
        return form;
    }

    private bool[] Needed()
    {
        var needed = new bool[_network.Network.Nodes.Length];
        needed[_network.Output] = true;
        foreach (Node layer in _network.Layers)
            needed[layer.Index] = true;
        for (int i = needed.Length - 1; i >= 0; i--)
        {
            foreach (int input in needed[i] ? _network.Network.Nodes[i].Inputs : [])
                needed[input] = true;
        }
        return needed;
    }

    private readonly record struct Form(double A, double B, double C, double D, int[] Columns, double[] Factors, double Magnitude, int Depth);
}
