using System.Runtime.InteropServices;

namespace Crease.Geometry;

/// <summary>Refines cells into regions: decide what cannot fold, cut along one crease of the lowest undecided layer, repeat.</summary>
/// <remarks>One thread's worker. Regions come out in the order of their codes, so the regions of one earlier layer follow one another.</remarks>
internal sealed class VolumeCutter(VolumeNetwork network, RootReduction root, ExactPlanes exact)
{
    private const double LeastUndecided = 0.7;

    private readonly ReducedScratch _scratch = new();
    private readonly ReducedBounds _bounds = new(network.Layers.Length);
    private readonly PolyhedronSplit _split = new(exact);
    private readonly List<int> _on = [];
    private sbyte[] _decisions = [];
    private sbyte[] _signs = [];
    private double _low, _high;

    public double Flops => _scratch.Flops + _bounds.Flops;

    /// <summary>Refines a cell until it is a region, is dropped, or is cut once.</summary>
    /// <param name="cell">The cell; its network and code are brought up to date.</param>
    /// <param name="sink">Takes a region, or a cell that is dropped.</param>
    /// <returns>The two parts of a cut; nothing when the cell is done.</returns>
    public (VolumeCell First, VolumeCell Second)? Step(VolumeCell cell, IVolumeSink sink)
    {
        while (true)
        {
            int items = cell.Network.Items.Length, lowest = cell.Network.Lowest;
            if (_decisions.Length < items)
                _decisions = new sbyte[2 * items];
            Span<sbyte> decisions = _decisions.AsSpan(0, items);
            cell.Decisions.CopyTo(decisions);
            int chosen = Signs(cell, lowest, decisions);
            if (items > lowest || sink.DropsBySign)
                _bounds.Decide(cell.Network, cell.Shape, root.Tolerances, decisions);
            if (sink.DropsBySign && _bounds.OutputSign(cell.Network, items, root.OutputTolerances[0], decisions) is int sign and not 0)
            {
                sink.Drop(cell, sign);
                return null;
            }
            if (items == 0)
            {
                sink.Add(cell, this);
                return null;
            }
            Record(cell, decisions);
            if (chosen >= 0)
                return Cut(cell, chosen, decisions);
            Reduce(cell, decisions);
        }
    }

    /// <summary>Sign of a plane's function at each corner of a polyhedron; corners that turn out to lie on it learn so.</summary>
    /// <returns>Whether some are positive, and whether some are negative.</returns>
    public (bool Above, bool Below) SignsOf(in VolumePlane plane, Polyhedron shape, ulong[][] code, Span<sbyte> signs)
    {
        bool above = false, below = false;
        (_low, _high) = (double.PositiveInfinity, double.NegativeInfinity);
        VolumeCorner[] corners = shape.Corners;
        for (int c = 0; c < corners.Length; c++)
        {
            double value = plane.At(corners[c]), doubt = plane.Doubt(corners[c]);
            int sign = value > doubt ? 1 : value < -doubt ? -1 : corners[c].LiesOn(plane.Id) ? 0 : Exact(plane.Id, shape, c, code);
            signs[c] = (sbyte)sign;
            (_low, _high) = (Math.Min(_low, value), Math.Max(_high, value));
            above |= sign > 0;
            below |= sign < 0;
        }
        return (above, below);
    }

    public (Polyhedron Above, Polyhedron Below) Split(Polyhedron shape, in VolumePlane plane, ReadOnlySpan<sbyte> signs, ulong[][] code) =>
        _split.Cut(shape, plane, signs, code);

    private int Exact(int plane, Polyhedron shape, int corner, ulong[][] code)
    {
        int sign = exact.Sign(plane, shape.Corners[corner].Planes, code);
        if (sign == 0)
            shape.Corners[corner] = shape.Corners[corner].On(plane);
        return sign;
    }

    // Decides the affine items and chooses the one that cuts most evenly; -1 when none cuts.
    private int Signs(VolumeCell cell, int lowest, Span<sbyte> decisions)
    {
        int chosen = -1, corners = cell.Shape.Corners.Length;
        double best = -1;
        if (_signs.Length < corners)
            _signs = new sbyte[2 * corners];
        for (int i = 0; i < lowest; i++)
        {
            if (decisions[i] != 0)
                continue;
            VolumePlane plane = Plane(cell, i);
            (bool above, bool below) = SignsOf(plane, cell.Shape, cell.Code, _signs);
            if (!above || !below)
            {
                // Zero all over the cell passes nothing on either way.
                decisions[i] = (sbyte)(above ? 1 : -1);
                continue;
            }
            double balance = Math.Max(Math.Min(_high, -_low), 0) / (_high - _low);
            if (balance > best)
                (best, chosen) = (balance, i);
        }
        return chosen;
    }

    private VolumePlane Plane(VolumeCell cell, int row)
    {
        int item = cell.Network.Items[row];
        return cell.Network.Plane(row, item, root.Tolerances[item]);
    }

    // Brings code and key up to date with what has just been decided.
    private void Record(VolumeCell cell, ReadOnlySpan<sbyte> decisions)
    {
        _on.Clear();
        for (int i = 0; i < decisions.Length; i++)
        {
            if (decisions[i] > 0 && cell.Decisions[i] == 0)
            {
                _on.Add(cell.Network.Items[i]);
                cell.Key += network.OnKey(cell.Network.Items[i]);
            }
        }
        cell.Code = network.With(cell.Code, CollectionsMarshal.AsSpan(_on));
    }

    private void Reduce(VolumeCell cell, ReadOnlySpan<sbyte> decisions)
    {
        cell.Network = cell.Network.Decide(decisions, _scratch);
        cell.Decisions = new sbyte[cell.Network.Items.Length];
    }

    private (VolumeCell, VolumeCell) Cut(VolumeCell cell, int chosen, Span<sbyte> decisions)
    {
        VolumePlane plane = Plane(cell, chosen);
        SignsOf(plane, cell.Shape, cell.Code, _signs);
        (Polyhedron above, Polyhedron below) = _split.Cut(cell.Shape, plane, _signs.AsSpan(0, cell.Shape.Corners.Length), cell.Code);
        // Multiplying out copies the network; it pays when a good part of it goes.
        if (decisions.Count((sbyte)0) < LeastUndecided * decisions.Length)
        {
            Reduce(cell, decisions);
            chosen = Array.IndexOf(cell.Network.Items, plane.Id);
            decisions = cell.Decisions;
        }
        sbyte[] off = decisions.ToArray(), on = decisions.ToArray();
        (off[chosen], on[chosen]) = (-1, 1);
        return (
            new VolumeCell { Shape = below, Network = cell.Network, Decisions = off, Code = cell.Code, Key = cell.Key, NewFrom = cell.NewFrom },
            new VolumeCell { Shape = above, Network = cell.Network, Decisions = on, Code = network.With(cell.Code, [plane.Id]), Key = cell.Key + network.OnKey(plane.Id), NewFrom = network.LayerOf(plane.Id) });
    }
}
