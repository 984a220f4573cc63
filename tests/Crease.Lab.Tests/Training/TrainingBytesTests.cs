using Crease.Models;
using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>It is the same training whether a set is held as pixels of one byte or as numbers of eight.</summary>
public sealed class TrainingBytesTests
{
    private const int Pixels = 3 * 32 * 32, Rows = 60;

    [Theory]
    [InlineData(Precision.Bits32, Loss.CrossEntropy, false)]
    [InlineData(Precision.Bits32, Loss.MeanSquaredError, true)]
    [InlineData(Precision.Bits64, Loss.CrossEntropy, false)]
    public void A_run_on_bytes_has_the_bytes_of_a_run_on_numbers(Precision precision, Loss loss, bool augments)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        (string bytes, string numbers) = Save(folder);
        Assert.Equal(DataSource.Load(bytes).Inputs, DataSource.Load(numbers).Inputs);
        foreach (string source in new[] { bytes, numbers })
        {
            TrainingRun.Create(source + ".run", new TrainingOptions
            {
                Data = new() { Data = source, LabelNoise = augments ? 0.2 : 0 },
                Network = new() { Net = "cnn:2-4/8", Normalize = true },
                Augmentation = augments ? new() { Shift = 2, Flip = true, Noise = 0.1 } : new(),
                Loss = loss,
                Precision = precision,
                Steps = 6,
                Batch = 16,
                Metrics = "every:2",
                Checkpoints = "every:3",
            }).Train();
        }
        foreach (string file in new[] { "metrics.jsonl", "state.safetensors", "network.json", Path.Combine("checkpoints", "step-00000003.safetensors") })
            Assert.Equal(File.ReadAllBytes(Path.Combine(numbers + ".run", file)), File.ReadAllBytes(Path.Combine(bytes + ".run", file)));
        Assert.Equal(RunSummary.Read(numbers + ".run").Done, RunSummary.Read(bytes + ".run").Done);
        DataParts own = TrainingSource.Load(new() { Data = bytes }, true, 0), other = TrainingSource.Load(new() { Data = numbers }, true, 0);
        Assert.Equal((TrainingSource.Hash(other.Train), TrainingSource.Hash(other.Test!)), (TrainingSource.Hash(own.Train), TrainingSource.Hash(own.Test!)));
    }

    [Fact]
    public void Loading_and_hashing_make_no_numbers_of_a_set()
    {
        using var folder = new TemporaryFolder();
        string file = folder.At("train.bin");
        File.WriteAllBytes(file, new byte[2000 * (1 + Pixels)]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        DataParts sets = TrainingSource.Load(new() { Data = file }, true, 0);
        TrainingSource.Hash(sets.Train);
        TrainingSource.Hash(sets.Test!);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 2 * new FileInfo(file).Length);
    }

    private static (string Bytes, string Numbers) Save(TemporaryFolder folder)
    {
        var random = new Random(7);
        var content = new byte[Rows * (1 + Pixels)];
        random.NextBytes(content);
        var labels = new double[Rows];
        var numbers = new double[Rows * Pixels];
        for (int row = 0; row < Rows; row++)
        {
            labels[row] = content[row * (1 + Pixels)] = (byte)(row % 10);
            for (int i = 0; i < Pixels; i++)
                numbers[row * Pixels + i] = content[row * (1 + Pixels) + 1 + i] / 255.0;
        }
        (string bytes, string file) = (folder.At("set.bin"), folder.At("set.npz"));
        File.WriteAllBytes(bytes, content);
        using FileStream stream = File.Create(file);
        Npz.Write(stream, ("x", s => Npy.Write(s, numbers, Rows, 3, 32, 32)), ("y", s => Npy.Write(s, labels, Rows)));
        return (bytes, file);
    }
}
