using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Crease.Models;
using Crease.Networks;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Data sets of every format, picked rows, and hostile files.</summary>
public sealed class DataSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crease-data-").FullName;

    [Fact]
    public void Tables_with_and_without_headers_and_labels()
    {
        DataSet labeled = Load("a.csv", "x,y,label\n1,2,0\n3,4.5,1\n");
        Assert.Equal([[1, 2], [3, 4.5]], labeled.Inputs);
        Assert.Equal([0, 1], labeled.Labels!);
        DataSet plain = Load("b.csv", "1,2,0\r\n\r\n3,4,1\r\n");
        Assert.Equal([[1, 2, 0], [3, 4, 1]], plain.Inputs);
        Assert.Null(plain.Labels);
        Assert.Null(Load("c.csv", "x,y\n1,2\n").Labels);
        Assert.Equal([7], Load("d.csv", "a,y\n1,7\n").Labels!);
        DataSet digits = Load("e.tes", "8,16,3\n0,4,1\n");
        Assert.Equal([[0.5, 1], [0, 0.25]], digits.Inputs);
        Assert.Equal([3, 1], digits.Labels!);
        Assert.Equal([[1, 2]], DataSource.Load(Save("f.csv.gz", Zip(Encoding.UTF8.GetBytes("1,2\n")))).Inputs);
    }

    [Fact]
    public void Images_are_scaled_to_one_and_find_their_labels_beside_them()
    {
        Save("t10k-labels-idx1-ubyte.gz", Zip(Idx([4, 9], 2)));
        string images = Save("t10k-images-idx3-ubyte.gz", Zip(Idx([0, 255, 51, 102, 255, 0, 0, 0], 2, 2, 2)));
        foreach (string source in new[] { images, _folder })
        {
            DataSet data = DataSource.Load(source);
            Assert.Equal([[0, 1, 0.2, 0.4], [1, 0, 0, 0]], data.Inputs);
            Assert.Equal([4, 9], data.Labels!);
        }
    }

    [Fact]
    public void Cifar_rows_are_a_label_and_pixels()
    {
        var bytes = new byte[2 * 3073];
        (bytes[0], bytes[1], bytes[3073], bytes[2 * 3073 - 1]) = (6, 255, 3, 51);
        DataSet data = DataSource.Load(Save("test.bin.gz", Zip(bytes)));
        Assert.Equal([6, 3], data.Labels!);
        Assert.Equal((1, 0.2, 3072), (data.Inputs[0][0], data.Inputs[1][^1], data.Inputs[1].Length));
    }

    [Fact]
    public void Arrays_of_numpy_are_rows()
    {
        using (FileStream file = File.Create(Path.Combine(_folder, "d.npz")))
            Npz.Write(file, ("y", s => Npy.Write(s, [1, 0], 2)), ("x", s => Npy.Write(s, [1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2)));
        DataSet data = DataSource.Load(Path.Combine(_folder, "d.npz"));
        Assert.Equal([[1, 2, 3, 4], [5, 6, 7, 8]], data.Inputs);
        Assert.Equal([1, 0], data.Labels!);
        using (FileStream file = File.Create(Path.Combine(_folder, "d.npy")))
            Npy.Write(file, [1, 2, 3], 3, 1);
        Assert.Equal([[1], [2], [3]], DataSource.Load(Path.Combine(_folder, "d.npy")).Inputs);
    }

    [Fact]
    public void Rows_are_picked_by_index()
    {
        Save("a.csv", "0,0\n1,1\n2,4\n"u8.ToArray());
        (DataSet data, int[] rows) = DataSource.Pick(Path.Combine(_folder, "a.csv") + ":2,0");
        Assert.Equal([2, 0], rows);
        Assert.Equal([2, 4], data.Row(2));
        Assert.Contains("row 3 does not exist; accepted are 0 to 2", Assert.Throws<ModelException>(() => DataSource.Pick(Path.Combine(_folder, "a.csv") + ":3")).Message, StringComparison.Ordinal);
        foreach (string text in new[] { "a.csv", "a.csv:", "a.csv:x", "a.csv:-1", "a.csv:1,", "a.csv:1.5" })
            Assert.Throws<FormatException>(() => DataSource.Pick(text));
    }

    public static TheoryData<string, byte[], string> Hostile => new()
    {
        { "a.csv", [], "is empty" },
        { "a.csv", "x,y\n"u8.ToArray(), "a header and no rows" },
        { "a.csv", "1,2\n3\n"u8.ToArray(), "line 2 has 1 cells; expected 2" },
        { "a.csv", "1,2\n\n3,x\n"u8.ToArray(), "line 3 holds 'x' in column 2" },
        { "a.csv", "1,nan\n"u8.ToArray(), "expected a finite number" },
        { "a.csv", "a,label\n1,0.5\n"u8.ToArray(), "the label '0.5'" },
        { "a.csv", "label\n1\n"u8.ToArray(), "no other column" },
        { "a.gif", "GIF"u8.ToArray(), "accepted are .csv, .npz, .npy, .bin" },
        { "a.bin", new byte[3072], "multiple of 3073" },
        { "a.bin", [], "multiple of 3073" },
        { "a.idx", "hello world"u8.ToArray(), "is not an IDX file" },
        { "a.idx", [0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255], "claims 4294967295 rows" },
        { "a.idx", Idx([1, 2, 3], 2, 2), "claims 2 rows of 2 bytes and holds 3" },
        { "a.idx.gz", "no gzip"u8.ToArray(), "is not valid gzip data" },
        { "a.csv.gz", Zip(new byte[64 << 20]), "unpacks to more than" },
        { "a.npz", "PK"u8.ToArray(), "is not a .npz archive" },
        { "a.npy", "\u0093NUMPY"u8.ToArray(), ".npy" },
        { "a.npy", Array1([1, double.NaN]), "row 1 holds NaN" },
        { "a.npy", Array1([]), "holds no rows" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_files_end_in_one_line(string name, byte[] bytes, string says)
    {
        string message = Assert.Throws<ModelException>(() => DataSource.Load(Save(name, bytes))).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Random_and_truncated_bytes_never_escape_as_anything_else()
    {
        var random = new Random(5);
        byte[] image = Idx([.. Enumerable.Range(0, 16).Select(i => (byte)i)], 4, 2, 2);
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = i % 2 == 0 ? image[..random.Next(image.Length)] : [.. image];
            if (bytes.Length > 0)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            foreach (string name in new[] { "f.idx", "f.csv", "f.npy", "f.npz", "f.bin", "f.idx.gz" })
            {
                try
                {
                    Assert.NotEmpty(DataSource.Load(Save(name, bytes)).Inputs);
                }
                catch (ModelException)
                {
                }
            }
        }
    }

    [Fact]
    public void Folders_and_missing_files_are_named()
    {
        Assert.Contains("holds no data set", Assert.Throws<ModelException>(() => DataSource.Load(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<ModelException>(() => DataSource.Load(Path.Combine(_folder, "no.csv"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_fit_their_networks_and_are_mostly_right()
    {
        foreach (string name in Examples.Names)
        {
            Network network = Model.Load("example:" + name);
            DataSet data = DataSource.Load("example:" + name);
            Assert.Equal(network.InputShape.Size, data.Inputs[0].Length);
            Assert.Equal(data.Inputs.Length, data.Labels!.Length);
            int right = 0;
            for (int row = 0; row < data.Inputs.Length; row++)
            {
                double[] output = network.Evaluate(data.Inputs[row]);
                right += (output.Length == 1 ? (output[0] > 0 ? 1 : 0) : Array.IndexOf(output, output.Max())) == data.Labels[row] ? 1 : 0;
            }
            Assert.True(right > 0.9 * data.Inputs.Length, $"{name}: {right} of {data.Inputs.Length} right");
        }
        Assert.Contains("accepted are example:moons", Assert.Throws<ModelException>(() => DataSource.Load("example:nosuch")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DataSet Load(string name, string text) => DataSource.Load(Save(name, Encoding.UTF8.GetBytes(text)));

    private string Save(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Idx(byte[] data, params int[] extents)
    {
        var head = new byte[4 + 4 * extents.Length];
        (head[2], head[3]) = (8, (byte)extents.Length);
        for (int axis = 0; axis < extents.Length; axis++)
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4 + 4 * axis), extents[axis]);
        return [.. head, .. data];
    }

    private static byte[] Array1(double[] values)
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, values, values.Length);
        return stream.ToArray();
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
