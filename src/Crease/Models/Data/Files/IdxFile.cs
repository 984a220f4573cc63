using System.Buffers.Binary;
using Crease.Networks;

namespace Crease.Models;

/// <summary>Reads IDX files of unsigned bytes, as MNIST's: images, and their labels from the file beside them.</summary>
internal static class IdxFile
{
    private const int MostAxes = 4;

    public static DataSet Read(byte[] bytes, string path)
    {
        string file = Path.GetFileName(path);
        (ByteRows inputs, Shape shape) = Rows(bytes, file);
        string labels = path.Replace("images-idx3", "labels-idx1", StringComparison.Ordinal);
        var images = new DataSet(file, [], null) { Bytes = inputs, Shape = shape.Rank == 2 ? new Shape(1, shape[0], shape[1]) : shape, Range = DataRange.Pixels };
        return labels == path || !File.Exists(labels) ? images : images with { Labels = Labels(labels, inputs.Count), ClassNames = ClassNames.Beside(path) };
    }

    private static int[] Labels(string path, int count)
    {
        string file = Path.GetFileName(path);
        (ByteRows rows, Shape shape) = Rows(Model.Bytes(path, path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)), file);
        return rows.Count == count && shape.Size == 1
            ? [.. Enumerable.Range(0, count).Select(row => (int)rows.ByteAt(row, 0))]
            : throw new ModelException(file, $"holds {rows.Count} rows of {shape.Size}; the images beside it need {count} labels");
    }

    private static (ByteRows Rows, Shape Shape) Rows(byte[] bytes, string file)
    {
        if (bytes.Length < 8 || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != 8 || bytes[3] is < 1 or > MostAxes)
            throw new ModelException(file, "is not an IDX file of unsigned bytes");
        int axes = bytes[3], start = 4 + 4 * axes;
        long count = bytes.Length < start ? 0 : BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4)), size = 1;
        var extents = new int[axes - 1];
        for (int axis = 1; axis < axes && bytes.Length >= start; axis++)
        {
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 + 4 * axis));
            size = Math.Min(size * extent, 1L << 40);
            extents[axis - 1] = (int)Math.Min(extent, int.MaxValue);
        }
        if (count < 1 || size < 1 || count * size != bytes.Length - start || count > int.MaxValue)
            throw new ModelException(file, $"claims {count} rows of {size} bytes and holds {Math.Max(0, bytes.Length - start)}");
        return (DataFile.Pixels(file, bytes, start, (int)count, (int)size, (int)size), axes == 1 ? new Shape(1) : new Shape(extents));
    }
}
