using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Written networks are read back as they were, hard and soft.</summary>
public sealed class NetworkFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crease-network-").FullName;

    public static TheoryData<string> Names => [.. PartitionCorpus.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_network_of_the_corpus_is_read_back_with_the_same_values(string name)
    {
        Network network = PartitionCorpus.Network(name);
        Same(network, Read(network));
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("leaky relu")]
    [InlineData("absolute value")]
    [InlineData("convolution, max pooling")]
    [InlineData("residual")]
    public void Soft_networks_are_read_back_with_one_beta_and_with_one_per_unit(string name)
    {
        Network network = PartitionCorpus.Network(name);
        var random = new RandomSource(5);
        foreach (Network soft in new[] { SoftUnits.Of(network, 0.1), SoftUnits.Of(network, node => [.. Enumerable.Range(0, node.Shape.Size).Select(_ => 0.05 + 0.9 * random.Uniform())]) })
        {
            Network read = Read(soft);
            Assert.Contains(read.Nodes, node => node.Layer.Kind.StartsWith("soft ", StringComparison.Ordinal));
            Assert.Equal(soft.Nodes.Select(node => node.Layer.Kind), read.Nodes.Select(node => node.Layer.Kind));
            Same(soft, read);
        }
    }

    [Fact]
    public void Uneven_windows_counted_padding_and_shapes_are_read_back()
    {
        var random = new RandomSource(2);
        var builder = new NetworkBuilder("windows");
        int at = builder.Input("x", new Shape(2, 9, 8));
        at = builder.Add(new Convolution(builder.ShapeOf(at), LayerCases.Normals(random, 4 * 6), LayerCases.Normals(random, 4), new Windows(2, 3) { StrideY = 1, StrideX = 2, DilationY = 2, Top = 1, Right = 2 }, 2), at);
        at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(3, 2) { StrideY = 2, StrideX = 1, Ceiling = true, Left = 1 }), at);
        at = builder.Add(new AveragePooling(builder.ShapeOf(at), new Windows(2, 2) { StrideX = 2, Bottom = 1 }, countPadding: true), at);
        Shape shape = builder.ShapeOf(at);
        at = builder.Add(new Reshape(shape, new Shape(2, shape.Size / 2)), at);
        Shape half = builder.ShapeOf(at);
        int gelu = builder.Add(SmoothFunction.GeluTanh(half), at), tanh = builder.Add(SmoothFunction.Tanh(half), at);
        at = builder.Add(new Sum(half, 1, -0.5), gelu, tanh);
        at = builder.Add(new Concatenation([half, half], 1), at, tanh);
        at = builder.Add(new Softmax(builder.ShapeOf(at), 0), at);
        Network network = builder.Build(at);
        Network read = Read(network);
        Assert.Equal(network.OutputShape, read.OutputShape);
        Same(network, read);
    }

    [Fact]
    public void A_beta_that_is_given_twice_or_out_of_range_is_refused_by_name()
    {
        Network soft = SoftUnits.Of(PartitionCorpus.Network("relu"), 0.5);
        Write(soft);
        string file = Path.Combine(_folder, NetworkDescription.FileName), text = File.ReadAllText(file);
        Assert.Contains("\"beta\": 0.5", text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace("\"beta\": 0.5", "\"beta\": 1", StringComparison.Ordinal));
        Assert.Contains("expected numbers in (0, 1)", Refusal(), StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace("\"kind\": \"relu\",", "\"kind\": \"relu\", \"tensors\": {\"logit\": \"no\"},", StringComparison.Ordinal));
        Assert.Contains("has its beta in several ways", Refusal(), StringComparison.Ordinal);
    }

    private string Refusal()
    {
        string message = Assert.Throws<ModelException>(() => Model.Load(Path.Combine(_folder, "model.safetensors"))).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private Network Read(Network network)
    {
        Write(network);
        return Model.Load(Path.Combine(_folder, "model.safetensors"));
    }

    private void Write(Network network)
    {
        NetworkFile file = NetworkFile.Of(network);
        using (FileStream stream = File.Create(Path.Combine(_folder, "model.safetensors")))
            file.WriteWeights(stream);
        using (FileStream stream = File.Create(Path.Combine(_folder, NetworkDescription.FileName)))
            file.Description.Write(stream);
    }

    private static void Same(Network expected, Network read)
    {
        double[] inputs = LayerCases.Normals(new RandomSource(4), 20 * expected.InputShape.Size);
        Assert.Equal(expected.Evaluate(inputs, 20), read.Evaluate(inputs, 20));
    }

    [Fact]
    public void A_folder_gives_its_network_its_name()
    {
        string run = Path.Combine(_folder, "digits"), inner = Path.Combine(run, WeightsLocation.Checkpoints), file = Path.Combine(inner, WeightsLocation.CheckpointName(7));
        Directory.CreateDirectory(inner);
        using (FileStream stream = File.Create(file))
            SafetensorsWriter.Write(stream, [new("w", "F64", [1, 1], new byte[8])]);
        File.WriteAllText(Path.Combine(run, NetworkDescription.FileName), "{\"format\":\"crease.network\",\"version\":1,\"name\":\"x\",\"input\":[1],\"output\":\"d\",\"nodes\":[{\"name\":\"d\",\"kind\":\"dense\",\"inputs\":[\"input\"],\"tensors\":{\"weight\":\"w\"}}]}");
        foreach (string place in new[] { run, run + Path.DirectorySeparatorChar, inner })
            Assert.Equal("digits", Model.Load(place).Name);
        Assert.Equal(Path.GetFileName(file), Model.Load(file).Name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
