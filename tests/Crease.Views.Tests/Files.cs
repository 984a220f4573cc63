using System.Text;

namespace Crease.Views.Tests;

/// <summary>Figures as bytes and text.</summary>
internal static class Files
{
    public static byte[] Bytes(Crease.Geometry.Partition partition, FigureFormat format, PartitionFigureOptions? options = null)
    {
        using var stream = new MemoryStream();
        PartitionFigure.Of(partition, options).Write(stream, format);
        return stream.ToArray();
    }

    public static string Text(Crease.Geometry.Partition partition, FigureFormat format, PartitionFigureOptions? options = null) =>
        Encoding.UTF8.GetString(Bytes(partition, format, options));
}
