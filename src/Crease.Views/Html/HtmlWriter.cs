using Crease.Geometry;

namespace Crease.Views;

/// <summary>Writes the interactive page: an embedded template, its style and script, and the partition as data.</summary>
internal static class HtmlWriter
{
    public static void Write(Partition partition, PartitionFigureOptions options, Stream stream)
    {
        using var sink = new Utf8Sink(stream);
        PageTemplate.Write(sink, "partition", options.Title ?? partition.Network.Name, place =>
        {
            if (place == "meta")
                sink.Raw(PageData.Json(partition, options));
            else
                PageTemplate.Base64(sink, PartitionBlob.Of(partition));
        });
    }
}
