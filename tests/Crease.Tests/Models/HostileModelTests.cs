using Crease.Models;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Untrusted model files end in one kind of error, in one line, at a bounded cost.</summary>
public sealed class HostileModelTests(ITestOutputHelper log) : IDisposable
{
    private const long MostBytes = 200_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("crease-hostile-").FullName;

    public static TheoryData<string> Cases => [.. HostileModels.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Hostile_model_is_refused_in_one_line(string name)
    {
        (Func<string, string> write, string phrase) = HostileModels.All[name];
        string path = write(_folder);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<ModelException>(() => Model.Load(path));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        log.WriteLine($"{fault.Message} [{allocated} bytes]");
        Assert.Contains(Path.GetFileName(path), fault.Message, StringComparison.Ordinal);
        Assert.Contains(phrase, fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Message.Length < 400, $"{fault.Message.Length} characters");
        Assert.DoesNotContain(fault.Message, character => char.IsControl(character) || character is '\u2028' or '\u2029');
        Assert.True(allocated < MostBytes, $"{allocated} bytes allocated");
        Assert.False(ReaderFaults.IsBug(fault), $"the reader itself failed: {fault.InnerException}");
    }

    [Fact]
    public void Valid_model_is_read_in_both_forms()
    {
        string plain = Path.Combine(_folder, "valid.onnx");
        File.WriteAllBytes(plain, HostileModels.Valid());
        Assert.Equal("valid.onnx", Model.Load(plain).Name);
        string packed = plain + ".gz";
        using (var gzip = new System.IO.Compression.GZipStream(File.Create(packed), System.IO.Compression.CompressionLevel.Fastest))
            gzip.Write(HostileModels.Valid());
        Assert.Equal(3, Model.Load(packed).OutputShape.Size);
    }

    [Fact]
    public void External_data_inside_the_folder_is_read()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        File.WriteAllBytes(Path.Combine(_folder, "data", "weights.bin"), [.. new byte[4], .. new float[] { 1, 2, 3, 4 }.SelectMany(BitConverter.GetBytes)]);
        string path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, new OnnxWriter().Input("x", 1, 2).Initializer(OnnxTensorWriter.External("w", [2, 2], ("location", "data/weights.bin"), ("offset", "4"), ("length", "16")))
            .Node("MatMul", "x w", "y").Output("y").Bytes());
        Assert.Equal([1, 2], Model.Load(path).Evaluate([1, 0]));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
