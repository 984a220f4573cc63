using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>Every wrong call ends with the right exit status and one line that says what, where and what is accepted.</summary>
public sealed class BadCallTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Call, exit status, what the line must say. Words that start with % are files of this test's folder.</summary>
    public static TheoryData<string, int, string> Calls => [.. General, .. PartitionCalls.All, .. GeometryCalls.All, .. MeasureCalls.All, .. LabCalls.All];

    private static (string Call, int Status, string Says)[] General =>
    [
        ("", 2, "'crease' needs a verb; accepted are partition, explain, segment, layers, distances, codes, soften, quantize, complexity, dimension, kernel, normalization, generator, loss, attack, concentration, certify, language, volume, train, dynamics, sweep, study, studio, data, setup, network, compute, measures, demo, bench"),
        ("frobnicate", 2, "'frobnicate' is not a verb; accepted are partition"),
        ("partiton example:moons", 2, "did you mean 'partition'?"),
        ("--nosuch", 2, "'--nosuch' is not a word"),
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_wrong_call_ends_in_one_line(string call, int status, string says)
    {
        Files();
        Call made = Call.Of([.. call.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.StartsWith('%') ? _folder[word[1..]] : word)]);
        Assert.True(made.Status == status, $"exit status {made.Status}: {made.Errors}");
        Assert.Single(made.ErrorLines);
        Assert.StartsWith("crease: ", made.Errors, StringComparison.Ordinal);
        Assert.Contains(says.Replace("%", _folder.Path + "/", StringComparison.Ordinal), made.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", made.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", made.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", made.Errors, StringComparison.Ordinal);
        Assert.Empty(made.Output);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.EndsWith(".tmp", StringComparison.Ordinal) || Path.GetFileName(file).StartsWith("x.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_read_only_place_is_refused_before_the_job()
    {
        Call made = Call.Of("partition", "example:moons", "-o", "/proc/x.svg");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc, which nobody can write to");
        Assert.Equal(1, made.Status);
        Assert.Equal("crease: -o /proc/x.svg: the folder cannot be written to\n", made.Errors);
    }

    [Theory]
    [InlineData("--stream")]
    [InlineData("-o")]
    public void A_folder_that_vanishes_during_the_job_ends_in_one_line(string option)
    {
        string folder = Directory.CreateDirectory(_folder["inner"]).FullName, path = Path.Combine(folder, "x.csv");
        Call made = Call.Of(new Vanishing(folder), "partition", "example:moons", option, path);
        Assert.Equal(1, made.Status);
        Assert.StartsWith($"crease: {path}: cannot be written (", made.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Equal(2, made.ErrorLines.Length);
        Assert.Empty(made.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_stack_trace_appears_only_when_asked_for()
    {
        Call made = await ProcessCall.Of(_folder.Path, "CREASE_DEBUG", "network", "nosuch.onnx");
        Assert.Equal(1, made.Status);
        Assert.Contains("   at ", made.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Files()
    {
        byte[] network = TinyOnnx.Chain("Relu");
        _folder.Write("data.csv", "x,y,label\n0,0,1\n1,1,0\n2,2,1\n0,1,1\n");
        _folder.Write("one.csv", "x,y,label\n0,0,1\n");
        _folder.Write("huge.csv", "x,y,label\n1e300,0,1\n1,1,0\n");
        _folder.Write("large.csv", "x,y,label\n9e153,9e153,1\n-9e153,9e153,0\n");
        _folder.Write("ragged.csv", "0,0\n1,1\n1,2,3\n");
        _folder.Write("empty.onnx", "");
        _folder.Write("text.onnx", "hello");
        _folder.Write("truncated.onnx", network[..(network.Length / 2)]);
        _folder.Write("notgzip.onnx.gz", network);
        _folder.Write("smooth.onnx", TinyOnnx.Chain("Erf"));
        Directory.CreateDirectory(_folder["folder.svg"]);
        Directory.CreateDirectory(_folder["folder.csv"]);
        double[] square = [0, 0, 1, 0, 1, 1, 0, 1];
        Slice("plane.npz", [0, 0], [1, 0, 0, 1], 2, square);
        Slice("skew.npz", [0, 0], [1, 0, 1, 0], 2, square);
        Slice("nan.npz", [0, double.NaN], [1, 0, 0, 1], 2, square);
        Slice("flat.npz", [0, 0], [1, 0, 0, 1], 2, [0, 0, 1, 1, 2, 2]);
        Slice("three.npz", [0, 0, 0], [1, 0, 0, 0, 1, 0], 2, square);
        Slice("line.npz", [0, 0], [1, 0], 1, [0, 1]);
        Slice("badshape.npz", [0, 0, 0], [1, 0, 0, 1], 2, square);
        using FileStream file = File.Create(_folder["noorigin.npz"]);
        Npz.Write(file, ("domain", stream => Npy.Write(stream, square, 4, 2)));
    }

    private void Slice(string name, double[] origin, double[] directions, int dimension, double[] domain)
    {
        using FileStream file = File.Create(_folder[name]);
        Npz.Write(file,
            ("origin", stream => Npy.Write(stream, origin, origin.Length)),
            ("directions", stream => Npy.Write(stream, directions, dimension, directions.Length / dimension)),
            ("domain", stream => Npy.Write(stream, domain, domain.Length / dimension, dimension)));
    }

    // Deletes a folder when the note about the default domain is written, which is after all checks and before the job.
    private sealed class Vanishing(string folder) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}
