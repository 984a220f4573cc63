namespace Crease.Geometry;

/// <summary>The polygons of a level set that one part of a volume holds, with corners named by their keys.</summary>
/// <remarks>
/// The surface is the border of the set where the output is below the level: where the output equals the level on a whole face, the region below
/// has the polygon. Polygons are counter-clockwise seen from where the output is larger.
/// </remarks>
internal sealed class SurfacePieces(VolumeNetwork network, int output, double tolerance) : IVolumeSink
{
    private readonly CornerNumbers _corners = new(network);
    private readonly List<int> _planes = [];
    private sbyte[] _signs = [];

    public bool DropsBySign => true;

    public int Regions { get; private set; }

    /// <summary>Cells that were dropped, and cells that were refined to the end.</summary>
    public long Dropped { get; private set; }

    public List<UInt128> CornerKeys => _corners.Keys;

    public List<double> Coordinates => _corners.Coordinates;

    /// <summary>Per corner one bit for each side of the domain that it lies on.</summary>
    public List<byte> Sides { get; } = [];

    public List<int> LoopLengths { get; } = [];

    public List<int> Loops { get; } = [];

    /// <summary>Per polygon the key of the face it is, or 0 for one inside a region.</summary>
    public List<UInt128> FaceKeys { get; } = [];

    /// <summary>Volume below the level.</summary>
    public double Below { get; private set; }

    public void Drop(VolumeCell cell, int sign)
    {
        Dropped++;
        if (sign < 0)
            Below += cell.Shape.Volume();
    }

    public void Add(VolumeCell cell, VolumeCutter cutter)
    {
        Polyhedron shape = cell.Shape;
        VolumePlane plane = cell.Network.Plane(0, network.Items + output, tolerance);
        if (_signs.Length < shape.Corners.Length)
            _signs = new sbyte[2 * shape.Corners.Length];
        Span<sbyte> signs = _signs.AsSpan(0, shape.Corners.Length);
        (bool above, bool below) = cutter.SignsOf(plane, shape, cell.Code, signs);
        if (!below)
            return;
        if (above)
        {
            Polyhedron part = cutter.Split(shape, plane, signs, cell.Code).Below;
            Below += part.Volume();
            Add(cell, part.Corners, part.Faces[^1].Loop, 0);
            Regions++;
            return;
        }
        Below += shape.Volume();
        bool touches = false;
        foreach (Polyhedron.Face face in shape.Faces)
        {
            bool isFlat = true;
            foreach (int corner in face.Loop)
                isFlat &= signs[corner] == 0;
            if (isFlat)
                Add(cell, shape.Corners, face.Loop, CellKeys.Face(network, cell, shape.Corners, face, _planes).Key);
            touches |= isFlat;
        }
        Regions += touches ? 1 : 0;
    }

    private void Add(VolumeCell cell, VolumeCorner[] corners, int[] loop, UInt128 faceKey)
    {
        LoopLengths.Add(loop.Length);
        FaceKeys.Add(faceKey);
        foreach (int corner in loop)
            Loops.Add(Number(cell, corners[corner]));
    }

    private int Number(VolumeCell cell, VolumeCorner corner)
    {
        int number = _corners.Of(cell, corner, out bool isNew);
        if (!isNew)
            return number;
        byte sides = 0;
        for (int side = 0; side < 6; side++)
            sides |= (byte)(corner.LiesOn(-1 - side) ? 1 << side : 0);
        Sides.Add(sides);
        return number;
    }
}
