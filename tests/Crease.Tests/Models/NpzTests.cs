using System.IO.Compression;
using System.Text;
using Crease.Models;
using Crease.Networks;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>numpy's arrays: every type that is read, both orders, and files that are not what they claim.</summary>
public sealed class NpzTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crease-npz-").FullName;

    public static TheoryData<string, byte[], double[]> Types => new()
    {
        { "<f8", [.. BitConverter.GetBytes(1.5), .. BitConverter.GetBytes(-2.0)], [1.5, -2] },
        { "<f4", [.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)], [1.5, -2] },
        { "<i8", [.. BitConverter.GetBytes(7L), .. BitConverter.GetBytes(-9L)], [7, -9] },
        { "<i4", [.. BitConverter.GetBytes(7), .. BitConverter.GetBytes(-9)], [7, -9] },
        { "<i2", [7, 0, 0xFE, 0xFF], [7, -2] },
        { "|i1", [7, 0xFE], [7, -2] },
        { "|u1", [7, 0xFE], [7, 254] },
        { "|b1", [0, 1], [0, 1] },
    };

    public static TheoryData<string> HostileArrays => [.. Arrays.Keys];

    public static TheoryData<string> HostileArchives => [.. Archives.Keys];

    private static Dictionary<string, (byte[] Bytes, string Phrase)> Arrays { get; } = new()
    {
        ["empty"] = ([], "does not start like"),
        ["magic only"] = ([0x93, .. "NUMPY"u8], "does not start like"),
        ["text"] = (Encoding.ASCII.GetBytes("this is not an array"), "does not start like"),
        ["header longer than the file"] = ([0x93, .. "NUMPY"u8, 1, 0, 0xFF, 0x7F, (byte)'{'], "has a header of 32767"),
        ["wide header of 4 GB"] = ([0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF, (byte)'{'], "has a header of 4294967295"),
        ["wide header cut off"] = ([0x93, .. "NUMPY"u8, 2, 0, 1, 0], "has a header"),
        ["no shape"] = (Array("{'descr': '<f8', 'fortran_order': False, }", 8), "no 'shape'"),
        ["no type"] = (Array("{'fortran_order': False, 'shape': (1,), }", 8), "no 'descr'"),
        ["big-endian"] = (Array("{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }", 8), "element type '>f8'"),
        ["objects"] = (Array("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8), "type '|O'"),
        ["structure"] = (Array("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", 8), "bytes of type"),
        ["text array"] = (Array("{'descr': '<U4', 'fortran_order': False, 'shape': (2,), }", 8), "element type '<U4'"),
        ["negative extent"] = (Array("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", 8), "an extent '-1'"),
        ["extent of 2^40"] = (Array("{'descr': '<f8', 'fortran_order': False, 'shape': (1099511627776,), }", 8), "an extent '1099511627776'"),
        ["gigabytes claimed"] = (Array("{'descr': '<f8', 'fortran_order': False, 'shape': (100000, 100000), }", 8), "claims shape"),
        ["product that wraps"] = (Array("{'descr': '<f8', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536), }", 8), "claims shape"),
        ["data too short"] = (Array("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", 16), "has 16 bytes"),
        ["data too long"] = (Array("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 16), "has 16 bytes"),
        ["too many axes"] = (Array($"{{'descr': '<f8', 'fortran_order': False, 'shape': ({string.Concat(Enumerable.Repeat("1, ", 40))}), }}", 8), "40 axes"),
    };

    private static Dictionary<string, (Func<byte[]> Bytes, string Phrase)> Archives { get; } = new()
    {
        ["empty file"] = (() => [], "origin"),
        ["text"] = (() => Encoding.ASCII.GetBytes("no archive"), "origin"),
        ["truncated"] = (() => Zip(("origin", [1])).AsSpan(0, 60).ToArray(), "origin"),
        ["missing array"] = (() => Zip(("origin", [1]), ("start", [2])), "it has 'origin', 'start'"),
        ["empty archive"] = (() => ZipOf(), "no array 'origin'"),
        ["zip bomb"] = (() => ZipOf(("origin.npy", new byte[300_000_000])), "claims 300000000 bytes"),
        ["array that is no array"] = (() => ZipOf(("origin.npy", new byte[50])), "'origin'"),
        ["path tricks"] = (() => ZipOf(("../../origin.npy", new byte[50])), "no array 'origin'"),
        ["wrong shapes"] = (() => Slice([0, 0], [2], [1, 0, 0, 1], [4], [0, 0, 1, 0, 0, 1], [3, 2]), "expected origin [D]"),
        ["too few inputs"] = (() => Slice([0, 0, 0], [3], [1, 0, 0, 1], [2, 2], [0, 0, 1, 0, 0, 1], [3, 2]), "expected origin [D]"),
        ["NaN origin"] = (() => Slice([double.NaN, 0], [2], [1, 0, 0, 1], [2, 2], [0, 0, 1, 0, 0, 1], [3, 2]), "origin"),
        ["parallel directions"] = (() => Slice([0, 0], [2], [1, 0, 1, 0], [2, 2], [0, 0, 1, 0, 0, 1], [3, 2]), "directions"),
        ["domain of no area"] = (() => Slice([0, 0], [2], [1, 0, 0, 1], [2, 2], [0, 0, 1, 1, 2, 2], [3, 2]), "domain"),
        ["empty origin"] = (() => Slice([], [0], [], [2, 0], [0, 0, 1, 0, 0, 1], [3, 2]), "hostile.npz"),
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Type_is_read(string type, byte[] bytes, double[] expected)
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, bytes, type, 2);
        Npy array = Npy.Parse(stream.ToArray());
        Assert.Equal([2], array.Extents);
        Assert.Equal(expected, array.Values);
    }

    [Fact]
    public void Column_major_arrays_are_turned()
    {
        byte[] data = [.. new double[] { 1, 4, 2, 5, 3, 6 }.SelectMany(BitConverter.GetBytes)];
        Assert.Equal([1, 2, 3, 4, 5, 6], Npy.Parse([.. Head("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }"), .. data]).Values);
    }

    [Fact]
    public void Scalars_and_empty_arrays_are_read()
    {
        Assert.Equal([0.0], Npy.Parse(Array("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 8)).Values);
        Assert.Empty(Npy.Parse(Array("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 1000000), }", 0)).Values);
    }

    [Fact]
    public void Slice_survives_a_round_trip()
    {
        Slice slice = Networks.Slice.Of([0.25, -1, 3], [0.6, 0.8, 0, -0.8, 0.6, 0], [0, 0, 1, 0, 1, 1]);
        string path = Path.Combine(_folder, "slice.npz");
        using (FileStream file = File.Create(path))
            SliceFile.Save(slice, file);
        Slice loaded = SliceFile.Load(path);
        Assert.Equal(slice.Origin.ToArray(), loaded.Origin.ToArray());
        Assert.Equal(slice.Directions.ToArray(), loaded.Directions.ToArray());
        Assert.Equal(slice.Domain.ToArray(), loaded.Domain.ToArray());
        Assert.Equal(["origin", "directions", "domain"], Npz.Names(path));
    }

    [Fact]
    public void Benchmark_slices_are_read()
    {
        SharedData.Path("bench");
        foreach (string file in SharedData.Files("bench", ".slice.npz"))
            Assert.InRange(SliceFile.Load(SharedData.Path(file)).Dimension, 1, 3);
    }

    [Theory]
    [MemberData(nameof(HostileArrays))]
    public void Hostile_array_is_refused(string name)
    {
        (byte[] bytes, string phrase) = Arrays[name];
        var fault = Assert.Throws<InvalidDataException>(() => Npy.Parse(bytes));
        Assert.Contains(phrase, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileArchives))]
    public void Hostile_archive_is_refused_in_one_line(string name)
    {
        (Func<byte[]> bytes, string phrase) = Archives[name];
        string path = Path.Combine(_folder, "hostile.npz");
        File.WriteAllBytes(path, bytes());
        long before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<ModelException>(() => SliceFile.Load(path));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains("hostile.npz", fault.Message, StringComparison.Ordinal);
        Assert.Contains(phrase, fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Message.Length < 400 && !fault.Message.Contains('\n'), fault.Message);
        Assert.True(allocated < 200_000_000, $"{allocated} bytes allocated");
    }

    [Fact]
    public void Missing_file_is_named() =>
        Assert.Contains("absent.npz: no such file", Assert.Throws<ModelException>(() => SliceFile.Load(Path.Combine(_folder, "absent.npz"))).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Head(string header) => [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header)];

    private static byte[] Array(string header, int bytes) => [.. Head(header), .. new byte[bytes]];

    private static byte[] Zip(params (string Name, double[] Values)[] arrays) => Zip(System.Array.ConvertAll(arrays, array => (array.Name, array.Values, new[] { array.Values.Length })));

    private static byte[] Slice(double[] origin, int[] originShape, double[] directions, int[] directionsShape, double[] domain, int[] domainShape) =>
        Zip(("origin", origin, originShape), ("directions", directions, directionsShape), ("domain", domain, domainShape));

    private static byte[] Zip(params (string Name, double[] Values, int[] Extents)[] arrays)
    {
        using var stream = new MemoryStream();
        Npz.Write(stream, System.Array.ConvertAll<(string Name, double[] Values, int[] Extents), (string, Action<Stream>)>(arrays, array => (array.Name, content => Npy.Write(content, array.Values, array.Extents))));
        return stream.ToArray();
    }

    private static byte[] ZipOf(params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream content = zip.CreateEntry(name).Open();
                content.Write(bytes);
            }
        }
        return stream.ToArray();
    }
}
