using Crease.Models;
using Crease.Networks;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Damaged files either load or end in a <see cref="ModelException"/>, at a bounded cost; a failure prints its seed.</summary>
public sealed class FuzzTests(ITestOutputHelper log) : IDisposable
{
    private const int Mutations = 2000;
    private const int Alterations = 100;
    private const long LargestRun = 1_000_000;
    private const long MostBytes = 200_000_000;

    // A failure prints its seed: put it here to repeat that mutation first.
    private const ulong FirstSeed = 0;

    private readonly string _folder = Directory.CreateTempSubdirectory("crease-fuzz-").FullName;

    public static TheoryData<string> Models => ["conv all at once", "network at opset 7", "network at opset 21", "MatMul from the left", "Reshape by computed shape", "Slice", "Pad constant", "LayerNormalization", "Max with a constant", "AveragePool ceil and pads"];

    public static TheoryData<string> Operations => [.. OperationCases.All.Keys.Where(name => !name.Contains("opset", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Models))]
    public void Damaged_model_loads_or_is_refused(string name)
    {
        byte[] original = OperationCases.All[name]();
        ForEachSeed(original, ByteMutations.Mutate, Mutations, LoadAndRun);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Altered_operation_loads_or_is_refused(string name) =>
        ForEachSeed(OperationCases.All[name](), ByteMutations.Alter, Alterations, LoadAndRun);

    [Fact]
    public void Damaged_gzip_loads_or_is_refused()
    {
        string path = Path.Combine(_folder, "fuzz.onnx.gz");
        using (var gzip = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest))
            gzip.Write(HostileModels.Valid());
        ForEachSeed(File.ReadAllBytes(path), ByteMutations.Mutate, Mutations, (bytes, where) =>
        {
            File.WriteAllBytes(path, bytes);
            Assert.True(Model.Load(path).OutputShape.Size > 0, where);
        });
    }

    [Fact]
    public void Damaged_slice_loads_or_is_refused()
    {
        string path = Path.Combine(_folder, "fuzz.npz");
        using (FileStream file = File.Create(path))
            SliceFile.Save(Slice.Of([0, 0, 1], [1, 0, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1]), file);
        ForEachSeed(File.ReadAllBytes(path), ByteMutations.Mutate, Mutations, (bytes, where) =>
        {
            File.WriteAllBytes(path, bytes);
            Assert.True(SliceFile.Load(path).Dimension > 0, where);
        });
    }

    [Fact]
    public void Damaged_array_loads_or_is_refused()
    {
        using var array = new MemoryStream();
        Npy.Write(array, [1, 2, 3, 4, 5, 6], 2, 3);
        ForEachSeed(array.ToArray(), ByteMutations.Mutate, Mutations, (bytes, where) =>
        {
            try
            {
                Assert.True(Npy.Parse(bytes).Values.Length >= 0, where);
            }
            catch (InvalidDataException fault)
            {
                throw new ModelException("fuzz.npy", fault.Message, fault);
            }
        });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What loads also runs; a few mutations make networks that are valid but too large to run here.
    private static void LoadAndRun(byte[] bytes, string where)
    {
        Network network = Model.Read(bytes, "fuzz.onnx");
        if (network.Inputs.Length == 1 && network.Nodes.Sum(node => (long)node.Shape.Size) < LargestRun && network.Flops < LargestRun)
            Assert.True(network.Evaluate(new double[network.InputShape.Size]).Length > 0, where);
    }

    private void ForEachSeed(byte[] original, Func<byte[], ulong, byte[]> damage, int mutations, Action<byte[], string> load)
    {
        int loaded = 0;
        long most = 0;
        for (ulong seed = FirstSeed; seed < FirstSeed + (ulong)mutations; seed++)
        {
            string where = $"mutation with seed {seed}";
            byte[] bytes = damage(original, seed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                load(bytes, where);
                loaded++;
            }
            catch (ModelException fault)
            {
                Assert.False(ReaderFaults.IsBug(fault), $"{where}: {fault.InnerException}");
                Assert.True(fault.Message.Length < 400, $"{where}: {fault.Message.Length} characters");
                Assert.DoesNotContain(fault.Message, char.IsControl);
            }
            catch (Exception fault)
            {
                Assert.Fail($"{where}: {fault}");
            }
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(most < MostBytes, $"{where}: {most} bytes allocated");
        }
        log.WriteLine($"{loaded} mutations of {mutations} load; at most {most} bytes are allocated");
    }
}
