using System.IO.Compression;
using System.Text.Json;
using Crease.Models;
using Crease.Networks;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Every real network of the shared data is read and computes what ONNX Runtime computes.</summary>
public sealed class CorpusModelTests(ITestOutputHelper log)
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Networks =>
        [.. SharedData.Files("networks", ".onnx", ".onnx.gz"), .. SharedData.Files("bench", ".onnx")];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Networks))]
    public void Forward_pass_agrees_with_ONNX_Runtime(string file)
    {
        string path = SharedData.Path(file);
        Network network = Model.Load(path);
        using var oracle = new OnnxOracle(Unpacked(path));
        double error = oracle.WorstError(network, 5, seed: 1, low: 0, high: 1);
        log.WriteLine($"{file}: {network.InputShape} -> {network.OutputShape}, relative error {error:E2}, first smooth node: {network.FirstSmooth?.Name ?? "none"}");
        Assert.True(error <= Tolerance, $"{file}: relative error {error:E2}");
    }

    [Fact]
    public void Reference_outputs_are_reproduced()
    {
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("networks", "vnncomp", "onnx_reference_outputs.json")));
        double worst = 0;
        int compared = 0;
        foreach (JsonElement net in reference.RootElement.GetProperty("nets").EnumerateArray())
        {
            string file = net.GetProperty("file").GetString()!;
            string local = file.StartsWith("models/", StringComparison.Ordinal) ? file["models/".Length..] : file;
            // The references cover a few networks that are not in the shared data.
            if (!File.Exists(SharedData.Path("networks") + "/" + local))
                continue;
            Network network = Model.Load(SharedData.Path("networks", local));
            foreach (JsonProperty output in net.GetProperty("outputs").EnumerateObject())
            {
                double[] x = [.. Enumerable.Range(0, network.InputShape.Size).Select(i => output.Name == "zeros" ? 0.0 : (float)(0.5 + 0.5 * Math.Sin(i + 1)))];
                float[] expected = [.. output.Value.EnumerateArray().Select(value => value.GetSingle())];
                double error = OnnxOracle.Error(network.Evaluate(x), expected);
                Assert.True(error <= Tolerance, $"{file} at {output.Name}: relative error {error:E2}");
                worst = Math.Max(worst, error);
                compared++;
            }
        }
        log.WriteLine($"{compared} reference outputs, worst relative error {worst:E2}");
        Assert.True(compared > 0);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Networks))]
    public void Only_transformers_are_smooth_inside(string file)
    {
        Network network = Model.Load(SharedData.Path(file));
        Node? smooth = network.FirstSmooth;
        bool transformer = file.Contains("/vit/", StringComparison.Ordinal);
        Assert.True(smooth is null != transformer, $"{file}: first smooth node is {smooth?.Name ?? "none"}");
    }

    private static byte[] Unpacked(string path)
    {
        using Stream file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
