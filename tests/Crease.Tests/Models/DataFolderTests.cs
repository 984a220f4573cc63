using Crease.Models;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Folders as other programs leave them.</summary>
public sealed class DataFolderTests : IDisposable
{
    private const int Row = 3073;

    private readonly string _folder = Directory.CreateTempSubdirectory("crease-folder-").FullName;

    [Fact]
    public void What_an_archive_unpacks_to_is_found_in_its_folder()
    {
        Save(new byte[2 * Row], "cifar-10-batches-bin", "data_batch_1.bin");
        Save(new byte[Row], "cifar-10-batches-bin", "test_batch.bin");
        DataParts parts = DataSource.LoadParts(_folder);
        Assert.Equal((2, 1), (parts.Train.Count, parts.Test!.Count));
        Assert.Equal(["train", "test"], DataSource.PartNames(_folder));
        Save(new byte[Row], "raw", "test_batch.bin");
        Assert.Contains("holds no data set", Assert.Throws<ModelException>(() => DataSource.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_torchvision_are_found_unpacked_or_not()
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 51, 255], labels = [0, 0, 8, 1, 0, 0, 0, 1, 7];
        foreach (string part in new[] { "train", "t10k" })
        {
            Save(images, "MNIST", "raw", part + "-images-idx3-ubyte");
            Save(labels, "MNIST", "raw", part + "-labels-idx1-ubyte");
            Save([1, 2, 3], "MNIST", "raw", part + "-images-idx3-ubyte.gz");
        }
        DataParts parts = DataSource.LoadParts(Path.Combine(_folder, "MNIST"));
        Assert.Equal([[0.2, 1]], parts.Train.Inputs);
        Assert.Equal([7], parts.Test!.Labels!);
    }

    [Theory]
    [InlineData("data_batch_1", "test_batch", "batches.meta")]
    [InlineData("train", "test", "meta")]
    public void Pickles_are_refused_by_name_and_never_read(params string[] files)
    {
        foreach (string file in files)
            Save([0x80, 2, .. "cos\nsystem\n"u8], file);
        string message = Assert.Throws<ModelException>(() => DataSource.Load(_folder)).Message;
        Assert.Contains("pickles of Python, which can run code and are never read; expected the binary version", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Save(byte[] bytes, params string[] path)
    {
        string file = Path.Combine([_folder, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }
}
