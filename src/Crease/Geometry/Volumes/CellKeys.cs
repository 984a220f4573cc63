namespace Crease.Geometry;

/// <summary>Keys of a cell's corners, edges and faces: the cell's own, changed for every plane that passes through them.</summary>
/// <remarks>All cells around a corner, edge or face compute the same key from their different codes, because signs agree there.</remarks>
internal static class CellKeys
{
    public static UInt128 Corner(VolumeNetwork network, VolumeCell cell, VolumeCorner corner, List<int> scratch)
    {
        scratch.Clear();
        corner.AddPlanes(scratch);
        return Sum(network, cell, scratch);
    }

    /// <summary>Key of a face, and the first crease it lies on (a side of the domain goes before any crease).</summary>
    public static (UInt128 Key, int Crease) Face(VolumeNetwork network, VolumeCell cell, VolumeCorner[] corners, in Polyhedron.Face face, List<int> scratch)
    {
        scratch.Clear();
        corners[face.Loop[0]].AddPlanes(scratch);
        for (int i = scratch.Count - 1; i >= 0; i--)
        {
            bool everywhere = true;
            foreach (int corner in face.Loop)
                everywhere &= corners[corner].LiesOn(scratch[i]);
            if (!everywhere)
                scratch.RemoveAt(i);
        }
        return (Sum(network, cell, scratch), scratch.Min());
    }

    private static UInt128 Sum(VolumeNetwork network, VolumeCell cell, List<int> planes)
    {
        UInt128 key = cell.Key;
        foreach (int plane in planes)
            key += network.ZeroKey(plane, cell.Code);
        return key;
    }
}
