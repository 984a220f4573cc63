using Crease.Models;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>A run is a folder that survives whatever stops it.</summary>
public sealed class TrainingRunTests
{
    private static readonly TrainingOptions Moons = new()
    {
        Data = new() { Data = "synthetic:moons,samples=400,noise=0.1", Samples = 300 },
        Network = new() { Net = "2-16-16-2" },
        Optimizer = new() { Rate = 1e-2, WeightDecay = 0 },
        Steps = 400,
        Batch = 50,
        Metrics = "every:20",
        Checkpoints = "every:60",
    };

    [Fact]
    public void A_small_network_learns_two_moons()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var lines = new List<TrainingMetrics>();
        Assert.Equal(400, TrainingRun.Create(folder.At("run"), Moons).Train(null, lines.Add));
        Assert.True(lines[^1].TestAccuracy > 0.95 && lines[0].TestAccuracy < 0.9 && lines[^1].TrainLoss < lines[0].TrainLoss / 3, $"{lines[0]} {lines[^1]}");
        Assert.Equal(Enumerable.Range(0, 21).Select(i => 20L * i), lines.Select(line => line.Step));
        Network loaded = new(Model.Load(folder.At("run")));
        DataSet data = DataSource.Load("synthetic:moons,samples=400,noise=0.1");
        int right = Enumerable.Range(0, 400).Count(row => loaded.Class(data.Row(row)) == data.Labels![row]);
        Assert.True(right > 380, $"{right} of 400");
    }

    [Theory]
    [InlineData(1, Precision.Bits32)]
    [InlineData(7, Precision.Bits32)]
    [InlineData(13, Precision.Bits64)]
    public void A_stopped_run_goes_on_to_the_same_bytes(int stoppedAtLine, Precision precision)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingOptions options = Moons with { Precision = precision, Network = Moons.Network with { BatchNormalization = true }, Steps = 300 };
        TrainingRun.Create(folder.At("whole"), options).Train();
        using var stop = new CancellationTokenSource();
        int logged = 0;
        long step = TrainingRun.Create(folder.At("stopped"), options).Train(new RunContext { Cancellation = stop.Token }, _ =>
        {
            if (++logged == stoppedAtLine)
                stop.Cancel();
        });
        Assert.InRange(step, 1, 299);
        Assert.Equal(300, TrainingRun.Resume(folder.At("stopped")).Train());
        AssertSameFiles(folder.At("whole"), folder.At("stopped"));
    }

    [Theory]
    [InlineData(0.2, 0)]
    [InlineData(0, 0.1)]
    [InlineData(0.1, 0.1)]
    public void Noise_and_adversarial_batches_go_on_to_the_same_bytes_and_change_what_is_learned(double noise, double epsilon)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingOptions options = Moons with { Steps = 150, Augmentation = new() { Noise = noise }, Adversarial = new() { Epsilon = epsilon, Steps = 3 }, Network = Moons.Network with { BatchNormalization = true } };
        TrainingRun.Create(folder.At("whole"), options).Train();
        using var stop = new CancellationTokenSource();
        TrainingRun.Create(folder.At("stopped"), options).Train(new RunContext { Cancellation = stop.Token }, line =>
        {
            if (line.Step == 80)
                stop.Cancel();
        });
        Assert.Equal(150, TrainingRun.Resume(folder.At("stopped")).Train());
        AssertSameFiles(folder.At("whole"), folder.At("stopped"));
        TrainingRun.Create(folder.At("plain"), options with { Augmentation = new(), Adversarial = new() }).Train();
        Assert.False(File.ReadAllBytes(folder.At("whole/state.safetensors")).AsSpan().SequenceEqual(File.ReadAllBytes(folder.At("plain/state.safetensors"))));
    }

    [Fact]
    public void Noise_has_its_deviation_and_is_a_function_of_seed_and_step()
    {
        var inputs = new DataSet("zeros", [.. Enumerable.Range(0, 500).Select(_ => new double[20])], null);
        int[] rows = [.. Enumerable.Range(0, 500)];
        double[] Filled(ulong seed, long step)
        {
            var batch = new double[10_000];
            new Augmentation(new AugmentationOptions { Noise = 0.3 }, new Networks.Shape(20), seed).Fill(inputs, rows, step, batch);
            return batch;
        }
        double[] noise = Filled(4, 7);
        Assert.Equal(0, noise.Average(), 4 * 0.3 / 100);
        Assert.Equal(0.09, noise.Average(value => value * value), 4 * 0.09 * Math.Sqrt(2.0 / 10_000));
        Assert.Equal(noise, Filled(4, 7));
        Assert.NotEqual(noise, Filled(4, 8));
        Assert.NotEqual(noise, Filled(5, 7));
    }

    [Theory]
    [InlineData(-0.1, 0, "noise is -0.1")]
    [InlineData(0, -1, "adversarial epsilon and steps are -1 and 7")]
    public void Noise_and_radii_out_of_range_are_refused(double noise, double epsilon, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => (Moons with { Augmentation = new() { Noise = noise }, Adversarial = new() { Epsilon = epsilon } }).Check()).Message, StringComparison.Ordinal);

    // All rows in every step, taken from where the data lie.
    [Theory]
    [InlineData(Precision.Bits32)]
    [InlineData(Precision.Bits64)]
    public void Bytes_do_not_depend_on_where_the_arrays_of_the_data_lie(Precision precision)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingOptions options = Moons with { Data = new() { Data = "example:optdigits", Samples = 31 }, Network = new() { Net = "64-7-10" }, Loss = Loss.MeanSquaredError, Precision = precision, Steps = 20, Batch = 0, Metrics = "every:5" };
        TrainingRun.Create(folder.At("first"), options).Train();
        var between = new List<byte[]>();
        for (int again = 1; again <= 8; again++)
        {
            between.Add(new byte[8 * again + 1]);
            TrainingRun.Create(folder.At($"again{again}"), options).Train();
            AssertSameFiles(folder.At("first"), folder.At($"again{again}"));
        }
        GC.KeepAlive(between);
    }

    // What a kill leaves: the last saved state, later lines of metrics, of which the last is cut off, a checkpoint that the state does not know, parts of files.
    [Fact]
    public void A_killed_run_goes_on_to_the_same_bytes()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingOptions options = Moons with { Steps = 300 };
        TrainingRun.Create(folder.At("whole"), options).Train();
        using var stop = new CancellationTokenSource();
        TrainingRun.Create(folder.At("killed"), options).Train(new RunContext { Cancellation = stop.Token }, line =>
        {
            if (line.Step == 120)
                File.Copy(folder.At("killed/state.safetensors"), folder.At("old"));
            if (line.Step == 220)
                stop.Cancel();
        });
        File.Move(folder.At("old"), folder.At("killed/state.safetensors"), overwrite: true);
        File.AppendAllText(folder.At("killed/metrics.jsonl"), "{\"step\":24");
        File.WriteAllText(folder.At("killed/checkpoints/step-00000240.safetensors.part"), "half a file");
        Assert.Equal(300, TrainingRun.Resume(folder.At("killed")).Train());
        File.Delete(folder.At("killed/checkpoints/step-00000240.safetensors.part"));
        AssertSameFiles(folder.At("whole"), folder.At("killed"));
    }

    // A part that is a link to the device that is always full: the disk has no room when it is written.
    [Theory]
    [InlineData("checkpoints/step-00000000.safetensors", 0, "no step is kept yet")]
    [InlineData("state.safetensors", 0, "no step is kept yet")]
    [InlineData("checkpoints/step-00000120.safetensors", 100, "as it was after 60 steps")]
    [InlineData("state.safetensors", 100, "as it was after 60 steps")]
    [InlineData("state.safetensors", 280, "as it was after 240 steps")]
    public void A_run_that_meets_a_full_disk_keeps_what_it_has_and_goes_on_to_the_same_bytes(string file, long from, string kept)
    {
        LibTorch.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/full");
        using var folder = new TemporaryFolder();
        TrainingOptions options = Moons with { Steps = 300 };
        TrainingRun.Create(folder.At("whole"), options).Train();
        string path = folder.At("full/" + file), part = path + ".part";
        TrainingRun run = TrainingRun.Create(folder.At("full"), options);
        if (from == 0)
            File.CreateSymbolicLink(part, "/dev/full");
        string said = Assert.Throws<TrainingException>(() => run.Train(null, line =>
        {
            if (line.Step == from)
                File.CreateSymbolicLink(part, "/dev/full");
        })).Message;
        Assert.StartsWith($"{path}: cannot be written (No space left on device); ", said, StringComparison.Ordinal);
        Assert.Contains(kept, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
        Assert.Empty(Directory.GetFiles(folder.At("full"), "*.part", SearchOption.AllDirectories));
        Assert.Equal(300, TrainingRun.Resume(folder.At("full")).Train());
        AssertSameFiles(folder.At("whole"), folder.At("full"));
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_with_the_step_and_the_last_good_checkpoint()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingOptions wild = Moons with { Optimizer = new() { Kind = OptimizerKind.Sgd, Rate = 1e20 }, Loss = Loss.MeanSquaredError, Checkpoints = "every:1" };
        string said = Assert.Throws<TrainingException>(() => TrainingRun.Create(folder.At("run"), wild).Train()).Message;
        Assert.Matches(@"^step \d+: .*; the last good checkpoint is .*step-0000000\d\.safetensors\.", said);
        Assert.DoesNotContain('\n', said);
        Assert.Equal(2, Model.Load(said.Split("checkpoint is ")[1].Split(".safetensors")[0] + ".safetensors").InputShape.Size);
    }

    [Fact]
    public void Runs_and_data_that_do_not_fit_are_refused_in_one_line()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingRun.Create(folder.At("run"), Moons);
        Assert.Contains("holds a run already", Assert.Throws<TrainingException>(() => TrainingRun.Create(folder.At("run"), Moons)).Message, StringComparison.Ordinal);
        Assert.Contains("expected the folder of a run", Assert.Throws<TrainingException>(() => TrainingRun.Resume(folder.At("nothing"))).Message, StringComparison.Ordinal);
        TrainingOptions wide = Moons with { Network = new() { Net = "3-8-2" } };
        string said = Assert.Throws<ArgumentException>(() => TrainingRun.Create(folder.At("wide"), wide)).Message;
        Assert.Contains("3", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("wide")));
        string data = folder.At("points.csv");
        File.WriteAllText(data, "a,b,label\n0,1,0\n1,0,1\n2,2,1\n0,0,0\n");
        TrainingOptions own = Moons with { Data = new() { Data = data, Samples = 4 }, Batch = 2 };
        TrainingRun.Create(folder.At("own"), own);
        File.WriteAllText(data, "a,b,label\n0,1,0\n1,0,1\n2,2,0\n0,0,0\n");
        Assert.Contains("SHA-256 differs", Assert.Throws<TrainingException>(() => TrainingRun.Resume(folder.At("own"))).Message, StringComparison.Ordinal);
    }

    private static void AssertSameFiles(string expected, string actual)
    {
        string[] names = [.. Directory.GetFiles(expected, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(expected, file)).Order(StringComparer.Ordinal)];
        Assert.Equal(names, Directory.GetFiles(actual, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(actual, file)).Order(StringComparer.Ordinal));
        Assert.Contains("metrics.jsonl", names);
        Assert.All(names, name => Assert.True(File.ReadAllBytes(Path.Combine(expected, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, name))), name));
    }

    private sealed class Network(Networks.Network network)
    {
        public int Class(double[] input)
        {
            double[] outputs = network.Evaluate(input);
            return outputs[1] > outputs[0] ? 1 : 0;
        }
    }
}
