using System.Buffers.Binary;
using System.Text;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Weights files and the descriptions of their networks: exact when they are right, one line when they are not.</summary>
public sealed class SafetensorsTests : IDisposable
{
    private const string Description = """
        {"format":"crease.network","version":1,"name":"small","input":[2],"output":"sum","nodes":[
        {"name":"first","kind":"dense","inputs":["input"],"tensors":{"weight":"w1","bias":"b1"}},
        {"name":"norm","kind":"batch normalization","inputs":["first"],"tensors":{"gain":"g","bias":"b1","mean":"m","variance":"v"},"settings":{"epsilon":0.5}},
        {"name":"fold","kind":"relu","inputs":["norm"]},
        {"name":"second","kind":"dense","inputs":["fold"],"tensors":{"weight":"w2"}},
        {"name":"sum","kind":"sum","inputs":["second","input"]}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("crease-safetensors-").FullName;

    public static TheoryData<string, string> BadHeaders => new()
    {
        { "[]", "has a header that is a JSON Array; expected an object" },
        { "{a", "has a header that is not the JSON of safetensors" },
        { """{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}""", "tensor 'a' is of type 'F99'; accepted are F64" },
        { """{"a":{"shape":[1],"data_offsets":[0,4]}}""", "tensor 'a' has no type" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "tensor 'a' has 4 bytes; expected 2 elements of 4 bytes" },
        { """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", "elements are accepted" },
        { """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "has the entry -1 in shape; expected whole numbers from 0" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "the file holds 4 bytes of data" },
        { """{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", "holds 4 bytes of data; its tensors take 0" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "tensor 'b' starts at byte 0; expected 4" },
        { """{"__metadata__":{"step":7},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "'step' that is no text" },
    };

    public static TheoryData<string, string, string> BadDescriptions => new()
    {
        { "\"dense\"", "\"perceptron\"", "perceptron" },
        { "\"w2\"", "\"w3\"", "w3" },
        { "\"inputs\":[\"fold\"]", "\"inputs\":[\"later\"]", "later" },
        { "\"input\":[2]", "\"input\":[3]", "first" },
        { "\"input\":[2]", "\"input\":[2000000000,2000000000]", "is not the JSON of a network" },
        { "\"output\":\"sum\"", "\"output\":\"none\"", "none" },
        { "crease.network", "other", "crease.network" },
        { "\"version\":1", "\"version\":99", "is not of format 'crease.network'" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_described_network_computes_what_it_says()
    {
        Network network = Model.Load(Save(Description, Tensors()));
        var random = new RandomSource(1);
        for (int trial = 0; trial < 20; trial++)
        {
            (double x, double y) = (random.Normal(), random.Normal());
            double[] hidden = [.. Enumerable.Range(0, 3).Select(i => Math.Max(0, (2 + i) * ((i + 1) * x - y + 0.25 * i - 0.5 * i) / Math.Sqrt(1 + i + 0.5) + 0.25 * i))];
            double[] expected = [hidden[0] + hidden[1] + hidden[2] + x, hidden[0] - hidden[2] + y];
            double[] found = network.Evaluate([x, y]);
            Assert.Equal(expected[0], found[0], 1e-12);
            Assert.Equal(expected[1], found[1], 1e-12);
        }
    }

    [Theory]
    [InlineData("F64", new[] { 1.1, -2e-300 })]
    [InlineData("F32", new[] { 0.100000001490116119384765625, -3.0 })]
    [InlineData("F16", new[] { 0.0999755859375, 65504 })]
    [InlineData("BF16", new[] { 0.10009765625, -3.0 })]
    public void Numbers_of_every_type_are_read_exactly(string type, double[] values)
    {
        var tensor = new SafetensorsTensor("t", type, [2], Bytes(type, values));
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [tensor], new Dictionary<string, string> { ["step"] = "7" });
        var file = SafetensorsFile.Parse(stream.ToArray(), "t.safetensors");
        Assert.Equal("7", file.Metadata["step"]);
        Weights read = file.Weights("t");
        Assert.Equal(values, read.Values.ToArray());
        Assert.Equal(0, (stream.Length - tensor.Data.Length) % 8);
    }

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void A_wrong_header_is_refused_in_one_line(string header, string says)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), bytes = new byte[8 + text.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        Refused(() => SafetensorsFile.Parse(bytes, "bad.safetensors"), "bad.safetensors", says);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void A_header_longer_than_the_file_is_refused_before_it_is_read(long length)
    {
        byte[] bytes = new byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        Refused(() => SafetensorsFile.Parse(bytes, "bad.safetensors"), "claims a header of");
        Refused(() => SafetensorsFile.Parse(bytes.AsMemory(0, 5), "bad.safetensors"), "claims a header of 0 bytes and has 5");
    }

    [Theory]
    [MemberData(nameof(BadDescriptions))]
    public void A_wrong_description_is_refused_in_one_line(string right, string wrong, string says)
    {
        Assert.Contains(right, Description, StringComparison.Ordinal);
        Refused(() => Model.Load(Save(Description.Replace(right, wrong, StringComparison.Ordinal), Tensors())), says);
    }

    [Fact]
    public void Weights_without_a_description_or_with_numbers_that_are_none_are_refused()
    {
        string path = Save(Description, Tensors());
        File.Delete(Path.Combine(_folder, "network.json"));
        Refused(() => Model.Load(path), "network.json");
        SafetensorsTensor[] tensors = [.. Tensors().Select(tensor => tensor.Name == "w2" ? tensor with { Data = Bytes("F64", [1, 2, 3, double.NaN, 5, 6]) } : tensor)];
        Refused(() => Model.Load(Save(Description, tensors)), "tensor 'w2' holds NaN or infinity at index 3");
    }

    [Fact]
    public void Damaged_files_load_or_are_refused()
    {
        string path = Save(Description, Tensors());
        byte[] weights = File.ReadAllBytes(path), text = Encoding.UTF8.GetBytes(Description);
        int loaded = 0;
        for (ulong seed = 0; seed < 3000; seed++)
        {
            bool damagesText = seed % 2 == 0;
            File.WriteAllBytes(path, damagesText ? weights : ByteMutations.Mutate(weights, seed));
            File.WriteAllBytes(Path.Combine(_folder, "network.json"), damagesText ? ByteMutations.Mutate(text, seed) : text);
            try
            {
                Network network = Model.Load(path);
                if (network.InputShape.Size < 100)
                    network.Evaluate(new double[network.InputShape.Size]);
                loaded++;
            }
            catch (ModelException fault)
            {
                // The JSON reader says of an escape that is no character that the operation is invalid, and marks it as its own.
                Assert.False(ReaderFaults.IsBug(fault) && fault.InnerException?.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) != true, $"seed {seed}: {fault.InnerException}");
                Assert.DoesNotContain(fault.Message, char.IsControl);
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {seed}: {fault}");
            }
        }
        Assert.InRange(loaded, 1, 2999);
    }

    [Fact]
    public void Real_weights_are_read_and_their_missing_description_is_said()
    {
        string[] files = [.. SharedData.Files("networks", ".safetensors")];
        if (files.Length == 0)
            Assert.Skip("shared/data/networks is not on this machine.");
        foreach (string file in files)
        {
            var read = SafetensorsFile.Load(SharedData.Path(file));
            Assert.NotEmpty(read.Names);
            Assert.All(read.Names.Where(name => read[name].Type == "F32"), name => Assert.Equal(read[name].Count, read.Weights(name).Count));
            Refused(() => Model.Load(SharedData.Path(file)), "network.json");
        }
    }

    private static SafetensorsTensor[] Tensors() =>
    [
        new("w1", "F64", [3, 2], Bytes("F64", [1, -1, 2, -1, 3, -1])),
        new("b1", "F64", [3], Bytes("F64", [0, 0.25, 0.5])),
        new("g", "F64", [3], Bytes("F64", [2, 3, 4])),
        new("m", "F64", [3], Bytes("F64", [0, 0.5, 1])),
        new("v", "F64", [3], Bytes("F64", [1, 2, 3])),
        new("w2", "F64", [2, 3], Bytes("F64", [1, 1, 1, 1, 0, -1])),
    ];

    private static byte[] Bytes(string type, double[] values) => [.. values.SelectMany(value => type switch
    {
        "F64" => BitConverter.GetBytes(value),
        "F32" => BitConverter.GetBytes((float)value),
        "F16" => BitConverter.GetBytes((Half)value),
        _ => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16)),
    })];

    private static void Refused(Func<object> load, params string[] says)
    {
        string message = Assert.Throws<ModelException>(load).Message;
        Assert.DoesNotContain(message, char.IsControl);
        Assert.All(says, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private string Save(string description, SafetensorsTensor[] tensors)
    {
        File.WriteAllText(Path.Combine(_folder, "network.json"), description);
        string path = Path.Combine(_folder, "weights.safetensors");
        using FileStream stream = File.Create(path);
        SafetensorsWriter.Write(stream, tensors);
        return path;
    }
}
