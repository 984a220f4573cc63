using Crease.Models;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Sets of pixels hold bytes, and say the numbers of these bytes.</summary>
public sealed class ByteRowsTests : IDisposable
{
    private const int Row = 3073, Rows = 40;

    private readonly string _folder = Directory.CreateTempSubdirectory("crease-bytes-").FullName;

    [Fact]
    public void Rows_are_the_numbers_of_their_bytes_however_they_are_asked_for()
    {
        byte[] bytes = Pixels(1);
        DataSet data = DataSource.Load(Save("test.bin", bytes));
        Assert.Equal((Rows, Row - 1), (data.Count, data.Size));
        var copied = new double[Row - 1];
        for (int row = 0; row < Rows; row++)
        {
            double[] expected = [.. bytes.AsSpan(row * Row + 1, Row - 1).ToArray().Select(value => value / 255.0)];
            data.CopyRow(row, copied);
            Assert.Equal(expected, copied);
            Assert.Equal(expected, data.Row(row));
        }
        Assert.Equal(Enumerable.Range(0, Rows).Select(data.Row), data.Inputs);
        Assert.Equal(data.Inputs[7], data.Row(7));
    }

    [Fact]
    public void Subsets_of_bytes_are_bytes_of_the_same_rows()
    {
        DataSet data = DataSource.Load(Save("test.bin", Pixels(2)));
        int[] few = [5, 0, 5], most = [.. Enumerable.Range(0, Rows - 1).Reverse()];
        foreach (int[] rows in new[] { few, most })
        {
            DataSet picked = data.Rows(rows);
            Assert.NotNull(picked.Bytes);
            Assert.Equal(rows.Select(data.Row), picked.Inputs);
            Assert.Equal(rows.Select(row => data.Labels![row]), picked.Labels!);
        }
        Assert.NotNull(data.Take(3).Bytes);
        Assert.NotNull(data.Sample(3, seed: 1).Bytes);
        Assert.Equal([data.Row(0), data.Row(1)], data.FirstRows(2));
        Assert.Empty(data.FirstRows(0));
        foreach (int row in new[] { -1, Rows })
            Assert.Contains($"row {row} does not exist; accepted are 0 to {Rows - 1}", Assert.Throws<ModelException>(() => data.Rows([0, row])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_inputs_take_the_place_of_bytes()
    {
        DataSet data = DataSource.Load(Save("test.bin", Pixels(3))) with { Inputs = [[1, 2], [3, 4], [5, 6]] };
        Assert.Null(data.Bytes);
        Assert.Equal((3, 2), (data.Count, data.Size));
        Assert.Equal([5, 6], data.Row(2));
    }

    [Fact]
    public void Batches_are_joined_in_their_order()
    {
        byte[] first = Pixels(4), second = Pixels(5);
        Save("data_batch_2.bin", second);
        Save("data_batch_1.bin", first);
        Save("test_batch.bin", Pixels(6));
        DataParts parts = DataSource.LoadParts(_folder);
        Assert.Equal((2 * Rows, Rows), (parts.Train.Count, parts.Test!.Count));
        Assert.Equal(first[1] / 255.0, parts.Train.Row(0)[0]);
        Assert.Equal(second[^1] / 255.0, parts.Train.Row(2 * Rows - 1)[^1]);
    }

    [Fact]
    public void Bytes_of_numpy_are_whole_numbers()
    {
        string file = Path.Combine(_folder, "images.npz");
        using (FileStream stream = File.Create(file))
            Npz.Write(stream, ("x_train", s => Npy.Write(s, [0, 7, 255, 3, 1, 9], "|u1", 2, 3)), ("y_train", s => Npy.Write(s, [1, 0], "|u1", 2)), ("x_test", s => Npy.Write(s, [4, 4, 4], "|u1", 1, 3)));
        DataParts parts = DataSource.LoadParts(file);
        Assert.NotNull(parts.Train.Bytes);
        Assert.Equal([[0, 7, 255], [3, 1, 9]], parts.Train.Inputs);
        Assert.Equal([1, 0], parts.Train.Labels!);
        Assert.Equal(new DataRange(0, 255, IsMeasured: true), parts.Train.Range);
        Assert.Equal(new DataRange(4, 4, IsMeasured: true), parts.Test!.Range);
    }

    // Numbers would be eight bytes each.
    [Fact]
    public void A_set_of_pixels_takes_about_the_memory_of_its_file()
    {
        string file = Save("test.bin", new byte[100 * Rows * Row]);
        DataSource.Load(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        DataSet data = DataSource.Load(file).Rows([.. Enumerable.Range(0, 99 * Rows)]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, data.Count * Row, 3 * data.Count * (long)Row / 2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Pixels(int seed)
    {
        var bytes = new byte[Rows * Row];
        new Random(seed).NextBytes(bytes);
        for (int row = 0; row < Rows; row++)
            bytes[row * Row] %= 10;
        return bytes;
    }

    private string Save(string name, byte[] bytes)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
