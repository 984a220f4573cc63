namespace Crease.Geometry;

/// <summary>The regions that one part of a volume was refined to, with corners and faces named by their keys.</summary>
internal sealed class VolumeRegions(VolumeNetwork network) : IVolumeSink
{
    private readonly CornerNumbers _corners = new(network);
    private readonly List<int> _planes = [];

    public bool DropsBySign => false;

    public int Regions => Volumes.Count;

    /// <summary>Keys of the corners, in order of appearance.</summary>
    public List<UInt128> CornerKeys => _corners.Keys;

    public List<double> Coordinates => _corners.Coordinates;

    /// <summary>Per region the number of its faces.</summary>
    public List<int> FaceCounts { get; } = [];

    public List<UInt128> FaceKeys { get; } = [];

    public List<int> FaceCreases { get; } = [];

    public List<int> LoopLengths { get; } = [];

    public List<int> Loops { get; } = [];

    public List<double> Volumes { get; } = [];

    public List<int> Classes { get; } = [];

    public List<double> SlopeNorms { get; } = [];

    public List<ulong> CodeHashes { get; } = [];

    public List<ushort> NewFromLayer { get; } = [];

    public void Add(VolumeCell cell, VolumeCutter cutter)
    {
        VolumeCorner[] corners = cell.Shape.Corners;
        Span<int> numbers = corners.Length <= 256 ? stackalloc int[corners.Length] : new int[corners.Length];
        for (int c = 0; c < corners.Length; c++)
            numbers[c] = _corners.Of(cell, corners[c], out _);
        foreach (Polyhedron.Face face in cell.Shape.Faces)
        {
            (UInt128 key, int crease) = CellKeys.Face(network, cell, corners, face, _planes);
            FaceKeys.Add(key);
            FaceCreases.Add(crease);
            LoopLengths.Add(face.Loop.Length);
            foreach (int corner in face.Loop)
                Loops.Add(numbers[corner]);
        }
        FaceCounts.Add(cell.Shape.Faces.Length);
        Volumes.Add(cell.Shape.Volume());
        CodeHashes.Add((ulong)cell.Key);
        NewFromLayer.Add((ushort)cell.NewFrom);
        AddOutputs(cell.Network, corners);
    }

    public void Drop(VolumeCell cell, int sign) => throw new InvalidOperationException("A volume keeps all its regions.");

    private void AddOutputs(ReducedNetwork outputs, VolumeCorner[] corners)
    {
        double x = corners.Average(corner => corner.X), y = corners.Average(corner => corner.Y), z = corners.Average(corner => corner.Z);
        double best = double.NegativeInfinity, squares = 0;
        int winner = 0;
        for (int o = 0; o < outputs.Rows; o++)
        {
            ReadOnlySpan<double> row = outputs.Row(o);
            double value = row[0] * x + row[1] * y + row[2] * z + row[3];
            squares += row[0] * row[0] + row[1] * row[1] + row[2] * row[2];
            if (value > best)
                (best, winner) = (value, o);
        }
        Classes.Add(outputs.Rows > 1 ? winner : best > 0 ? 1 : 0);
        SlopeNorms.Add(Math.Sqrt(squares));
    }
}
