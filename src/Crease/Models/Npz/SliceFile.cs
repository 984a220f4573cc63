using Crease.Networks;

namespace Crease.Models;

/// <summary>Slices in <c>.npz</c> files: arrays <c>origin [D]</c>, <c>directions [k, D]</c> and <c>domain [V, k]</c>.</summary>
public static class SliceFile
{
    /// <summary>Loads a slice.</summary>
    /// <param name="path">A <c>.npz</c> file.</param>
    /// <exception cref="ModelException">An array is missing, shapes do not fit, or the slice is degenerate.</exception>
    public static Slice Load(string path)
    {
        Npy[] arrays = Npz.Read(path, "origin", "directions", "domain");
        (Npy origin, Npy directions, Npy domain) = (arrays[0], arrays[1], arrays[2]);
        string file = Path.GetFileName(path);
        if (origin.Extents.Length != 1 || directions.Extents.Length != 2 || domain.Extents.Length != 2
            || directions.Extents[1] != origin.Extents[0] || domain.Extents[1] != directions.Extents[0])
            throw new ModelException(file, $"has origin ({string.Join(", ", origin.Extents)}), directions ({string.Join(", ", directions.Extents)}) and domain ({string.Join(", ", domain.Extents)}); expected origin [D], directions [k, D], domain [V, k]");
        try
        {
            return Slice.Of(origin.Values, directions.Values, domain.Values);
        }
        catch (ArgumentException fault)
        {
            throw new ModelException(file, fault.Message, fault);
        }
    }

    /// <summary>Saves a slice.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="stream">Where to.</param>
    public static void Save(Slice slice, Stream stream) => Npz.Write(stream,
        ("origin", s => Npy.Write(s, slice.Origin, slice.Inputs)),
        ("directions", s => Npy.Write(s, slice.Directions, slice.Dimension, slice.Inputs)),
        ("domain", s => Npy.Write(s, slice.Domain, slice.Domain.Length / slice.Dimension, slice.Dimension)));
}
