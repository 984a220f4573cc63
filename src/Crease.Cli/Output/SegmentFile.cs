using System.Runtime.InteropServices;
using System.Text;
using Crease.Geometry;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Saves a cut segment under any of the accepted endings; a file appears whole or not at all.</summary>
internal static class SegmentFile
{
    public static void Save(string path, SegmentPartition segment, SegmentFigureOptions figure, Action<Stream> json) =>
        ResultFile.Save(path, json, stream => WriteCsv(segment, stream), stream => WriteNpz(segment, stream), () => SegmentFigure.Of(segment, figure).Save(path));

    private static void WriteCsv(SegmentPartition segment, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("region,from,to,class,slopeNorm,newFromLayer,codeHash");
        for (int r = 0; r < segment.RegionCount; r++)
            writer.WriteLine(FormattableString.Invariant($"{r},{segment.Ends[r]:R},{segment.Ends[r + 1]:R},{segment.Classes[r]},{segment.SlopeNorms[r]:R},{segment.NewFromLayer[r]},{segment.CodeHashes[r]:x16}"));
    }

    private static void WriteNpz(SegmentPartition segment, Stream stream)
    {
        int[] creases = [.. segment.Creases.ToArray().Select(segment.CreaseAt).SelectMany(crease => new[] { crease.Layer, crease.Unit, crease.Lower, crease.Upper })];
        Npz.Write(stream,
            ("origin", s => Npy.Write(s, segment.Slice.Origin, segment.Slice.Inputs)),
            ("directions", s => Npy.Write(s, segment.Slice.Directions, 1, segment.Slice.Inputs)),
            ("domain", s => Npy.Write(s, segment.Slice.Domain, 2, 1)),
            ("ends", s => Npy.Write(s, segment.Ends, segment.Ends.Length)),
            ("slopes", s => Npy.Write(s, segment.Slopes, segment.RegionCount, segment.Outputs)),
            ("offsets", s => Npy.Write(s, segment.Offsets, segment.RegionCount, segment.Outputs)),
            ("classes", s => Integers(s, segment.Classes, segment.RegionCount)),
            ("slope_norms", s => Npy.Write(s, segment.SlopeNorms, segment.RegionCount)),
            ("code_hashes", s => Npy.Write(s, MemoryMarshal.AsBytes(segment.CodeHashes), "<u8", segment.RegionCount)),
            ("first_creases", s => Integers(s, segment.FirstCreases, segment.FirstCreases.Length)),
            ("creases", s => Integers(s, creases, creases.Length / 4, 4)),
            ("boundary", s => Npy.Write(s, segment.Boundary!.Positions, segment.Boundary.Count)),
            ("boundary_classes", s => Integers(s, segment.Boundary!.Classes, segment.Boundary.Count, 2)));
    }

    private static void Integers(Stream stream, ReadOnlySpan<int> values, params ReadOnlySpan<int> extents) => Npy.Write(stream, MemoryMarshal.AsBytes(values), "<i4", extents);
}
