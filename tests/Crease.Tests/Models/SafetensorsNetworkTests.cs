using System.Runtime.InteropServices;
using System.Text;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Models;

/// <summary>Described networks are those built directly, and descriptions that lie end in one line that names the place.</summary>
public sealed class SafetensorsNetworkTests : IDisposable
{
    private const string Residual = """
        {"format":"crease.network","version":1,"name":"residual","input":[2,4,4],"output":"head","nodes":[
        {"name":"scaled","kind":"channel scaling","inputs":["input"],"tensors":{"scale":"s","shift":"t"}},
        {"name":"conv","kind":"convolution","inputs":["scaled"],"tensors":{"weight":"k"},"settings":{"padding":1}},
        {"name":"norm","kind":"batch normalization","inputs":["conv"],"tensors":{"gain":"g","bias":"b","mean":"m","variance":"v"},"settings":{"epsilon":0.5}},
        {"name":"fold","kind":"leaky relu","inputs":["norm"],"settings":{"slope":0.25}},
        {"name":"sum","kind":"sum","inputs":["fold","scaled"]},
        {"name":"pool","kind":"max pooling","inputs":["sum"],"settings":{"kernel":2,"stride":2}},
        {"name":"flat","kind":"flatten","inputs":["pool"]},
        {"name":"head","kind":"dense","inputs":["flat"],"tensors":{"weight":"w"}}]}
        """;

    private const string Attention = """
        {"format":"crease.network","version":1,"name":"decoder","input":[3],"output":"last","nodes":[
        {"name":"tokens","kind":"embedding","inputs":["input"],"tensors":{"weight":"e"}},
        {"name":"places","kind":"positions","inputs":["tokens"],"tensors":{"weight":"p"}},
        {"name":"mix","kind":"attention","inputs":["places"],"tensors":{"weight":"a","output weight":"o"},"settings":{"heads":2}},
        {"name":"last","kind":"last","inputs":["mix"]}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("crease-described-").FullName;
    private readonly Dictionary<string, double[]> _values = [];

    public static TheoryData<string, string, string> Lies => new()
    {
        { "\"padding\":1", "\"paddings\":1", "node 'conv' (convolution) has 'paddings' in settings; accepted are stride, stride columns, padding, padding bottom, padding left, padding right, dilation, dilation columns, ceiling, groups" },
        { "\"variance\":\"v\"", "\"spread\":\"v\"", "node 'norm' (batch normalization) has 'spread' in tensors; accepted are gain, bias, mean, variance" },
        { "\"weight\":\"w\"", "\"weight\":\"w\",\"weight\":\"w\"", "node 'head' (dense) has 'weight' in tensors" },
        { "\"weight\":\"w\"", "\"weight\":null", "node 'head' (dense) has null as 'weight' in tensors; expected the name of a tensor" },
        { "\"tensors\":{\"weight\":\"w\"}", "\"tensors\":7", "node 'head' (dense) has tensors that are a JSON Number; expected an object" },
        { "\"tensors\":{\"weight\":\"w\"}", "\"tensors\":{}", "node 'head' (dense): names no tensor 'weight'" },
        { "\"weight\":\"w\"", "\"weight\":\"k\"", "node 'head' (dense): tensor 'k' has shape [2, 2, 3, 3]; expected [any, 8]" },
        { "\"weight\":\"w\"", "\"weight\":\"../../w\"", "holds no tensor '../../w'" },
        { "\"slope\":0.25", "\"slope\":1e999", "has 1e999 as 'slope' in settings; expected a finite number" },
        { "\"epsilon\":0.5", "\"epsilon\":-9", "node 'norm' (batch normalization): 'variance' of channel 0" },
        { "\"padding\":1", "\"padding\":-1", "node 'conv' (convolution)" },
        { "\"padding\":1", "\"padding\":2147483647", "node 'conv' (convolution)" },
        { "\"padding\":1", "\"padding\":1e300", "node 'conv' (convolution)" },
        { "\"padding\":1", "\"groups\":0", "node 'conv' (convolution)" },
        { "\"padding\":1", "\"groups\":-2", "node 'conv' (convolution)" },
        { "\"stride\":2", "\"stride\":0", "node 'pool' (max pooling)" },
        { "\"kernel\":2", "\"kernel\":2147483647", "node 'pool' (max pooling)" },
        { "\"kernel\":2", "\"padding\":1000000000", "node 'pool' (max pooling)" },
        { "\"input\":[2,4,4]", "\"input\":[2,4,0.5]", "has the entry 0.5 in 'input'; expected whole numbers from 1" },
        { "\"input\":[2,4,4]", "\"input\":[]", "" },
        { "\"input\":[2,4,4]", "\"input\":[2,16384,16384]", "" },
        { "\"inputs\":[\"flat\"]", "\"inputs\":[7]", "node 'head' has the input 7; expected names of nodes" },
        { "\"inputs\":[\"flat\"]", "\"inputs\":[\"head\"]", "takes its input from 'head'" },
        { "\"inputs\":[\"fold\",\"scaled\"]", "\"inputs\":[\"fold\",\"input\",\"nowhere\"]", "nowhere" },
        { "\"name\":\"flat\"", "\"name\":\"pool\"", "node 'pool' is there twice" },
    };

    [Fact]
    public void A_residual_convolutional_network_is_the_one_built_directly()
    {
        Network read = Model.Load(Save(Residual, ("s", [2]), ("t", [2]), ("k", [2, 2, 3, 3]), ("g", [2]), ("b", [2]), ("m", [2]), ("v", [2]), ("w", [3, 8])));
        var shape = new Shape(2, 4, 4);
        var builder = new NetworkBuilder("direct");
        int input = builder.Input("input", shape);
        double[] PerPixel(string name) => [.. Enumerable.Range(0, 32).Select(i => _values[name][i / 16])];
        int scaled = builder.Add("scaled", new Scaling(shape, PerPixel("s"), PerPixel("t")), input);
        int conv = builder.Add("conv", new Convolution(shape, _values["k"], null, new Windows(3, 3) { Top = 1, Bottom = 1, Left = 1, Right = 1 }, 1), scaled);
        int norm = builder.Add("norm", new BatchNormalization(shape, _values["g"], _values["b"], _values["m"], _values["v"], 0.5), conv);
        int fold = builder.Add("fold", PiecewiseLinear.LeakyRelu(shape, 0.25), norm);
        int sum = builder.Add("sum", new Sum(shape, [1.0, 1.0]), fold, scaled);
        int pool = builder.Add("pool", new MaxPooling(shape, new Windows(2, 2) { StrideX = 2, StrideY = 2 }), sum);
        int flat = builder.Add("flat", new Reshape(new Shape(2, 2, 2), new Shape(8)), pool);
        Network direct = builder.Build(builder.Add("head", new Dense(_values["w"], null, new Shape(8)), flat));
        var random = new RandomSource(5);
        for (int trial = 0; trial < 10; trial++)
        {
            double[] x = [.. Enumerable.Range(0, 32).Select(_ => random.Normal())];
            Assert.Equal(direct.Evaluate(x), read.Evaluate(x));
        }
    }

    [Fact]
    public void Attention_is_the_causal_softmax_of_scaled_products()
    {
        const int context = 3, width = 4, part = 2;
        Network read = Model.Load(Save(Attention, ("e", [5, width]), ("p", [context, width]), ("a", [3 * width, width]), ("o", [width, width])));
        int[] tokens = [4, 0, 2];
        double[] oneHot = new double[context * 5];
        for (int i = 0; i < context; i++)
            oneHot[5 * i + tokens[i]] = 1;
        double At(int place, int c) => _values["e"][tokens[place] * width + c] + _values["p"][place * width + c];
        double Projected(int block, int place, int c) => Enumerable.Range(0, width).Sum(d => _values["a"][(block * width + c) * width + d] * At(place, d));
        double[] joined = new double[width];
        for (int c = 0; c < width; c++)
        {
            double[] shares = [.. Enumerable.Range(0, context).Select(place =>
                Math.Exp(Enumerable.Range(c / part * part, part).Sum(d => Projected(0, context - 1, d) * Projected(1, place, d)) / Math.Sqrt(part)))];
            joined[c] = Enumerable.Range(0, context).Sum(place => shares[place] / shares.Sum() * Projected(2, place, c));
        }
        double[] found = read.Evaluate(oneHot);
        Assert.Equal(width, found.Length);
        for (int c = 0; c < width; c++)
            Assert.Equal(Enumerable.Range(0, width).Sum(d => _values["o"][c * width + d] * joined[d]), found[c], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_description_that_lies_is_refused_by_its_place(string right, string wrong, string says)
    {
        Assert.Contains(right, Residual, StringComparison.Ordinal);
        Refused(Save(Residual.Replace(right, wrong, StringComparison.Ordinal), ("s", [2]), ("t", [2]), ("k", [2, 2, 3, 3]), ("g", [2]), ("b", [2]), ("m", [2]), ("v", [2]), ("w", [3, 8])), says);
    }

    [Theory]
    [InlineData("\"weight\":\"e\"", "\"weight\":\"flat\"", "node 'tokens' (embedding): tensor 'flat' has shape [5]; expected 2 axes")]
    [InlineData("\"tensors\":{\"weight\":\"e\"}", "\"tensors\":{}", "node 'tokens' (embedding): names no tensor 'weight'")]
    [InlineData("\"heads\":2", "\"heads\":3", "node 'mix' (attention): has 3 heads")]
    [InlineData("\"heads\":2", "\"heads\":0.5", "expected a whole number")]
    [InlineData("\"input\":[3]", "\"input\":[60000000]", "node 'tokens' (embedding)")]
    public void A_decoder_that_lies_is_refused_by_its_place(string right, string wrong, string says) =>
        Refused(Save(Attention.Replace(right, wrong, StringComparison.Ordinal), ("e", [5, 4]), ("p", [3, 4]), ("a", [12, 4]), ("o", [4, 4]), ("flat", [5])), says);

    [Fact]
    public void Nodes_that_share_one_tensor_cannot_multiply_it_without_bound()
    {
        var nodes = new StringBuilder("""{"name":"n0","kind":"positions","inputs":["input"],"tensors":{"weight":"p"}}""");
        for (int i = 1; i < 200; i++)
            nodes.Append($$""",{"name":"n{{i}}","kind":"positions","inputs":["n{{i - 1}}"],"tensors":{"weight":"p"} }""");
        string text = $$"""{"format":"crease.network","version":1,"name":"many","input":[400,400],"output":"n199","nodes":[{{nodes}} ]}""";
        Refused(Save(text, ("p", [400, 400])), "more elements while reading");
    }

    [Fact]
    public void Deep_and_huge_descriptions_and_unreadable_paths_are_refused()
    {
        Refused(Save(new string('[', 100_000)), "network.json");
        string path = Save(Residual);
        using (FileStream file = File.Create(Path.Combine(_folder, "network.json")))
            file.SetLength((1L << 24) + 1);
        Refused(path, "at most 16777216 are accepted");
        Refused("a\0b.safetensors", "no such file");
        Refused(Path.Combine(_folder, "none", "w.safetensors"), "no such file");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Refused(string path, string says)
    {
        ModelException fault = Assert.Throws<ModelException>(() => Model.Load(path));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Message, char.IsControl);
        Assert.False(ReaderFaults.IsBug(fault), fault.InnerException?.ToString());
    }

    // Values are from 0.5 to 1.5 in size, of either sign, except for variances.
    private string Save(string description, params (string Name, int[] Extents)[] tensors)
    {
        var random = new RandomSource(9);
        foreach ((string name, int[] extents) in tensors)
            _values[name] = [.. Enumerable.Range(0, extents.Aggregate(1, (size, extent) => size * extent)).Select(i => (name == "v" || i % 3 > 0 ? 1 : -1) * (0.5 + random.Index(1000) / 1000.0))];
        File.WriteAllText(Path.Combine(_folder, "network.json"), description);
        string path = Path.Combine(_folder, "weights.safetensors");
        using FileStream stream = File.Create(path);
        SafetensorsWriter.Write(stream, [.. tensors.Select(tensor => new SafetensorsTensor(tensor.Name, "F64", tensor.Extents, MemoryMarshal.AsBytes(_values[tensor.Name].AsSpan()).ToArray()))]);
        return path;
    }
}
