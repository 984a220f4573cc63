namespace Crease.Geometry;

/// <summary>Cuts a convex polyhedron along a plane when the sign of every corner is known.</summary>
/// <remarks>
/// Signs alone decide which faces, edges and corners the two parts have; coordinates never do. A cut edge gets one new corner, which lies on
/// the planes of its two faces and on the cutting plane.
/// </remarks>
internal sealed class PolyhedronSplit(ExactPlanes exact)
{
    private readonly List<(int From, int To)> _cuts = [];
    private readonly List<VolumeCorner> _corners = [];
    private readonly List<VolumeCorner> _used = [];
    private readonly List<Polyhedron.Face> _faces = [];
    private readonly List<int> _planes = [];
    private readonly List<int> _loop = [];
    private int[] _numbers = [];
    private int[] _next = [];

    /// <summary>The two parts; the last face of each is the cut.</summary>
    /// <param name="whole">The polyhedron.</param>
    /// <param name="plane">The cutting plane.</param>
    /// <param name="signs">Per corner -1, 0 or 1; both 1 and -1 occur.</param>
    /// <param name="code">Code of the cell, for corners that must be computed exactly.</param>
    public (Polyhedron Above, Polyhedron Below) Cut(Polyhedron whole, in VolumePlane plane, ReadOnlySpan<sbyte> signs, ulong[][] code)
    {
        _cuts.Clear();
        _corners.Clear();
        _corners.AddRange(whole.Corners);
        foreach (Polyhedron.Face face in whole.Faces)
        {
            for (int i = 0; i < face.Loop.Length; i++)
            {
                int from = face.Loop[i], to = face.Loop[(i + 1) % face.Loop.Length];
                // Each edge runs once in either direction; the face on its left is met with from < to or the reverse.
                if (signs[from] * signs[to] < 0 && from < to)
                {
                    VolumePlane right = Across(whole, from, to);
                    _cuts.Add((from, to));
                    _corners.Add(Corner(whole.Corners[from], whole.Corners[to], face.Plane, right, plane, code));
                }
            }
        }
        return (Part(whole, plane, signs, 1), Part(whole, plane, signs, -1));
    }

    private static VolumePlane Across(Polyhedron whole, int from, int to)
    {
        foreach (Polyhedron.Face face in whole.Faces)
        {
            int at = Array.IndexOf(face.Loop, to);
            if (at >= 0 && face.Loop[(at + 1) % face.Loop.Length] == from)
                return face.Plane;
        }
        throw new InvalidOperationException("The surface of a cell is not closed. Please report the network and slice.");
    }

    private Polyhedron Part(Polyhedron whole, in VolumePlane plane, ReadOnlySpan<sbyte> signs, int side)
    {
        int corners = whole.Corners.Length, total = 0, start = -1;
        if (_numbers.Length < _corners.Count)
            (_numbers, _next) = (new int[2 * _corners.Count], new int[2 * _corners.Count]);
        // Boundary of the cut: for each corner on it the one that comes before it along the faces.
        Span<int> numbers = _numbers.AsSpan(0, _corners.Count), next = _next.AsSpan(0, _corners.Count);
        numbers.Fill(-1);
        next.Fill(-1);
        _used.Clear();
        _faces.Clear();
        foreach (Polyhedron.Face face in whole.Faces)
        {
            if (!Touches(face, signs, side))
                continue;
            _loop.Clear();
            for (int i = 0; i < face.Loop.Length; i++)
            {
                int at = face.Loop[i], to = face.Loop[(i + 1) % face.Loop.Length];
                if (signs[at] * side >= 0)
                    _loop.Add(at);
                if (signs[at] * signs[to] < 0)
                    _loop.Add(corners + _cuts.IndexOf(at < to ? (at, to) : (to, at)));
            }
            var loop = new int[_loop.Count];
            for (int i = 0; i < loop.Length; i++)
            {
                int at = _loop[i], to = _loop[(i + 1) % loop.Length];
                if (numbers[at] < 0)
                {
                    numbers[at] = _used.Count;
                    _used.Add(_corners[at]);
                }
                loop[i] = numbers[at];
                if (OnPlane(at, signs) && OnPlane(to, signs))
                    (next[to], start, total) = (at, to, total + 1);
            }
            _faces.Add(new Polyhedron.Face(face.Plane, loop));
        }
        var cap = new int[total];
        int walk = start;
        for (int i = 0; i < total && walk >= 0; i++)
        {
            cap[i] = numbers[walk];
            walk = next[walk];
        }
        if (walk != start || total < 3)
            throw new InvalidOperationException("A cut through a cell is not one polygon. Please report the network and slice.");
        _faces.Add(new Polyhedron.Face(plane, cap));
        return new Polyhedron([.. _used], [.. _faces]);
    }

    private static bool Touches(in Polyhedron.Face face, ReadOnlySpan<sbyte> signs, int side)
    {
        foreach (int corner in face.Loop)
        {
            if (signs[corner] == side)
                return true;
        }
        return false;
    }

    private static bool OnPlane(int corner, ReadOnlySpan<sbyte> signs) => corner >= signs.Length || signs[corner] == 0;

    private VolumeCorner Corner(VolumeCorner from, VolumeCorner to, in VolumePlane left, in VolumePlane right, in VolumePlane plane, ulong[][] code)
    {
        // Whatever vanishes at both ends vanishes along the edge.
        _planes.Clear();
        from.AddPlanes(_planes);
        int l = left.Id, r = right.Id;
        for (int i = _planes.Count - 1; i >= 0; i--)
        {
            if (_planes[i] == l || _planes[i] == r || !to.LiesOn(_planes[i]))
                _planes.RemoveAt(i);
        }
        (int, int, int) three = (l, r, plane.Id);
        (double x, double y, double z, double shift) = CornerPoint.Of(left, right, plane);
        if (!(shift <= exact.LargestShift))
            (x, y, z, shift) = exact.Point(three, code);
        // A corner on a side of the domain has that side's coordinate to the last bit, as the ends of the edge have.
        _planes.Add(l);
        _planes.Add(r);
        (x, y, z) = (OnSide(0) ? from.X : x, OnSide(1) ? from.Y : y, OnSide(2) ? from.Z : z);
        _planes.RemoveRange(_planes.Count - 2, 2);
        return new VolumeCorner { X = x, Y = y, Z = z, Shift = shift, Planes = three, More = _planes.Count == 0 ? [] : [.. _planes] };
    }

    private bool OnSide(int axis) => _planes.Contains(-1 - 2 * axis) || _planes.Contains(-2 - 2 * axis);
}
