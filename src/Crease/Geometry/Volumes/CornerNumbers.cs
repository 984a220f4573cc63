namespace Crease.Geometry;

/// <summary>Numbers the corners that one part of a volume meets: equal keys, equal numbers.</summary>
internal sealed class CornerNumbers(VolumeNetwork network)
{
    private readonly Dictionary<UInt128, int> _numbers = [];
    private readonly List<int> _planes = [];

    /// <summary>Keys of the corners, in order of appearance.</summary>
    public List<UInt128> Keys { get; } = [];

    /// <summary>Shape [corners, 3].</summary>
    public List<double> Coordinates { get; } = [];

    /// <summary>The number of a corner, and whether it is met for the first time.</summary>
    public int Of(VolumeCell cell, VolumeCorner corner, out bool isNew)
    {
        UInt128 key = CellKeys.Corner(network, cell, corner, _planes);
        isNew = !_numbers.TryGetValue(key, out int number);
        if (!isNew)
            return number;
        _numbers.Add(key, number = Keys.Count);
        Keys.Add(key);
        Coordinates.Add(corner.X);
        Coordinates.Add(corner.Y);
        Coordinates.Add(corner.Z);
        return number;
    }
}
