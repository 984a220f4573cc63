using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Crease.Geometry;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Saves a partition under any of the accepted endings; a file appears whole or not at all.</summary>
internal static class ResultFile
{
    public const string Accepted = ".svg, .png, .pdf, .html, .json, .csv and .npz";

    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".html", ".json", ".csv", ".npz"];

    /// <summary>Endings of still pictures.</summary>
    public static ImmutableArray<string> Pictures { get; } = [".svg", ".png", ".pdf"];

    /// <summary>Whether the ending is that of a still picture.</summary>
    public static bool IsPicture(string path) => Pictures.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Refuses an ending, a folder or a place that cannot be written before any work is done.</summary>
    public static void Check(string path, params ReadOnlySpan<string> endings) => CheckFor("-o", path, endings.IsEmpty ? Endings : endings);

    /// <summary>The same for the file of another option.</summary>
    public static void CheckFor(string option, string path, params ReadOnlySpan<string> endings)
    {
        if (!endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
            throw new WordsException($"{option} {path}: the ending is not one of this result; accepted are {string.Join(", ", endings.ToArray())}");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        if (!Directory.Exists(folder))
            throw new WordsException($"{option} {path}: the folder does not exist");
        if (Directory.Exists(path))
            throw new WordsException($"{option} {path}: is a folder; expected the name of a file");
        try
        {
            // A long job should not find out at its end.
            using var trial = new FileStream(Path.Combine(folder, $".{Guid.NewGuid():N}.tmp"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{option} {path}: the folder cannot be written to", fault);
        }
    }

    /// <summary>Saves any content.</summary>
    public static void Save(string path, Action<Stream> content) => FigureFile.Write(path, content);

    public static void Save(string path, Partition partition, PartitionFigureOptions figure, Action<Stream> json)
    {
        Save(path, json, stream => WriteCsv(partition, stream), stream => WriteNpz(partition, stream), () => PartitionFigure.Of(partition, figure).Save(path));
    }

    /// <summary>Saves a result by its ending: as document, table or arrays, else by what draws it.</summary>
    public static void Save(string path, Action<Stream> json, Action<Stream> csv, Action<Stream> npz, Action draw)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".json":
                Save(path, json);
                break;
            case ".csv":
                Save(path, csv);
                break;
            case ".npz":
                Save(path, npz);
                break;
            default:
                draw();
                break;
        }
    }

    private static void WriteCsv(Partition partition, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("region,area,class,slopeNorm,depth,vertices,codeHash");
        for (int r = 0; r < partition.RegionCount; r++)
        {
            int corners = partition.FirstHalfEdges[r + 1] - partition.FirstHalfEdges[r];
            writer.WriteLine(FormattableString.Invariant($"{r},{partition.Areas[r]:R},{partition.Classes[r]},{partition.SlopeNorms[r]:R},{partition.Depth(r)},{corners},{partition.CodeHashes[r]:x16}"));
        }
    }

    private static void WriteNpz(Partition partition, Stream stream) => Npz.Write(stream,
        ("vertices", s => Npy.Write(s, partition.Vertices, partition.VertexCount, 2)),
        ("first_half_edges", s => Integers(s, partition.FirstHalfEdges)),
        ("origins", s => Integers(s, partition.Origins)),
        ("twins", s => Integers(s, partition.Twins)),
        ("creases", s => Integers(s, partition.Creases)),
        ("areas", s => Npy.Write(s, partition.Areas, partition.RegionCount)),
        ("classes", s => Integers(s, partition.Classes)),
        ("slope_norms", s => Npy.Write(s, partition.SlopeNorms, partition.RegionCount)),
        ("code_hashes", s => Npy.Write(s, MemoryMarshal.AsBytes(partition.CodeHashes), "<u8", partition.RegionCount)),
        ("boundary", s => Npy.Write(s, partition.Boundary is null ? [] : partition.Boundary.Ends, partition.Boundary?.SegmentCount ?? 0, 2, 2)));

    private static void Integers(Stream stream, ReadOnlySpan<int> values) => Npy.Write(stream, MemoryMarshal.AsBytes(values), "<i4", values.Length);
}
