using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures.Ledger;

/// <summary>Operations and parameters are the integers that architecture alone decides.</summary>
public sealed class OperationCountTests
{
    private static readonly TransformerShape Llama2 = new() { Layers = 32, Width = 4096, AttentionWidth = 4096, KeyValueWidth = 4096, MlpWidth = 11008, Vocabulary = 32000, NormParameters = 2 * 4096, LastNormParameters = 4096 };

    [Theory]
    [InlineData("ResNet-18", 1_814_073_344, 11_689_512)]
    [InlineData("ResNet-34", 3_663_761_408, 21_797_672)]
    [InlineData("ResNet-50", 4_089_184_256, 25_557_032)]
    [InlineData("ResNet-152", 11_513_626_624, 60_192_808)]
    [InlineData("VGG-13", 11_308_466_176, 133_047_848)]
    [InlineData("VGG-16", 15_470_264_320, 138_357_544)]
    [InlineData("AlexNet", 714_188_480, 61_100_840)]
    public void Image_classifiers_have_the_known_integers(string name, long multiplyAdds, long parameters)
    {
        ModelOperations counted = NetworkOperations.Of(VisionNetworks.Of(name));
        Assert.Equal(multiplyAdds, counted.Forward.MultiplyAdds);
        Assert.Equal(parameters, counted.Parameters);
        Assert.Equal(2 * (Int128)multiplyAdds, counted.Forward.ProductFlop);
        Assert.Empty(counted.Uncounted);
    }

    [Theory]
    [InlineData(4096, 11008, 32000, 0, 6_738_415_616, 1_691_411_808_256)]
    [InlineData(1024, 14336, 128256, 0, 8_030_261_248, 1_921_192_558_592)]
    [InlineData(1024, 14336, 32000, 0, 7_241_732_096, null)]
    [InlineData(4096, 11008, 151936, 3 * 4096, 7_721_324_544, null)]
    public void Language_models_have_the_known_integers(long keys, long hidden, long vocabulary, long biases, long parameters, long? products)
    {
        TransformerShape model = Llama2 with { KeyValueWidth = keys, MlpWidth = hidden, Vocabulary = vocabulary, Biases = biases };
        ModelOperations pass = TransformerOperations.Prefill(model, 128);
        Assert.Equal(parameters, model.Parameters);
        Assert.Equal(parameters, pass.Parameters);
        Assert.Equal(8_589_934_592, 2 * pass.Forward.Attention);
        if (products is long known)
        {
            Assert.Equal(known, 2 * pass.Forward.Products);
            Assert.Equal(known + 8_589_934_592, pass.Forward.ProductFlop);
        }
    }

    [Theory]
    [InlineData(OperationGrouping.Operator)]
    [InlineData(OperationGrouping.Module)]
    public void Groups_add_up_to_the_whole(OperationGrouping grouping)
    {
        foreach (ModelOperations whole in (ModelOperations[])[NetworkOperations.Of(VisionNetworks.Of("ResNet-18")), TransformerOperations.Prefill(Llama2, 128)])
        {
            ModelOperations grouped = whole.By(grouping);
            Assert.Equal((whole.Parameters, whole.Forward, whole.Backward), (grouped.Parameters, grouped.Forward, grouped.Backward));
            Assert.Equal(whole.Layers.Sum(layer => layer.Calls), grouped.Layers.Sum(layer => layer.Calls));
            Assert.Equal(grouped.Layers.Length, grouped.Layers.Select(layer => layer.Name).Distinct().Count());
        }
        LayerOperations Part(string name, string kind, bool isCounted = true) => new(name, kind, null, 1, 1, new OperationCount(), new OperationCount(), isCounted);
        var parts = new ModelOperations([Part("conv", "convolution"), Part("a.conv", "convolution"), Part("a.relu", "relu"), Part("a.odd", "gather", isCounted: false), Part("b/c/conv", "convolution")]);
        string[] expected = grouping == OperationGrouping.Operator ? ["convolution: 3 layers", "relu: relu", "a.odd: gather"] : ["conv: convolution", "a: 2 layers", "a.odd: gather", "b/c: convolution"];
        Assert.Equal(expected, parts.By(grouping).Layers.Select(layer => $"{layer.Name}: {layer.Kind}"));
        Assert.Equal("a.odd", Assert.Single(parts.By(grouping).Uncounted).Name);
        Assert.Same(parts, parts.By(OperationGrouping.Layer));
    }

    [Fact]
    public void A_convolution_counts_what_its_loops_multiply()
    {
        // conv 194,616 + addmm 80,040 of a LeNet-like example count multiply-adds; here loops count them.
        var random = new Random(3);
        for (int i = 0; i < 40; i++)
        {
            int groups = random.Next(1, 3), channels = groups * random.Next(1, 4), outputs = groups * random.Next(1, 4);
            var windows = new Windows(random.Next(1, 4), random.Next(1, 4)) { StrideX = random.Next(1, 3), StrideY = random.Next(1, 3), DilationX = random.Next(1, 3), Left = random.Next(2), Top = random.Next(2) };
            var layer = new Convolution(new Shape(channels, 9, 8), new float[outputs * (channels / groups) * windows.Height * windows.Width], new float[outputs], windows, groups);
            long loops = 0;
            for (int o = 0; o < layer.OutputShape.Size; o++)
            {
                for (int c = 0; c < channels / groups; c++)
                    loops += windows.Height * windows.Width;
            }
            var builder = new NetworkBuilder("filter");
            int at = builder.Add(layer, builder.Input("x", new Shape(channels, 9, 8)));
            ModelOperations counted = NetworkOperations.Of(builder.Build(at), batch: 3);
            Assert.Equal(3 * loops, counted.Forward.Products);
            Assert.Equal(3 * layer.OutputShape.Size, counted.Forward.Others);
        }
    }

    [Fact]
    public void Twice_the_tokens_cost_four_times_the_attention_and_twice_the_products()
    {
        ModelOperations once = TransformerOperations.Prefill(Llama2, 300), twice = TransformerOperations.Prefill(Llama2, 600);
        Assert.Equal(4 * once.Forward.Attention, twice.Forward.Attention);
        Assert.Equal(2 * once.Forward.Products, twice.Forward.Products);
        Assert.Equal(once.Forward.Attention, 2 * TransformerOperations.Prefill(Llama2, 300, isCausal: true).Forward.Attention);
    }

    [Fact]
    public void Writing_all_tokens_one_by_one_costs_the_products_of_reading_them()
    {
        OperationCount written = default;
        for (long context = 1; context <= 64; context++)
            written += TransformerOperations.Decode(Llama2, context).Forward;
        OperationCount read = TransformerOperations.Prefill(Llama2, 64).Forward;
        Assert.Equal(read.Products, written.Products);
        // Each token attends to itself too: T (T + 1) / 2 pairs.
        Assert.Equal(read.Attention * 65 / 128, written.Attention);
        Assert.Equal(read.Others, written.Others);
    }

    [Theory]
    [InlineData("ResNet-18")]
    [InlineData("AlexNet")]
    public void Backward_over_forward_is_two_less_the_share_of_the_first_layer(string name)
    {
        ModelOperations counted = NetworkOperations.Of(VisionNetworks.Of(name));
        Int128 first = counted.Layers[0].Forward.Products;
        Assert.True(first > 0);
        Assert.Equal(2 * counted.Forward.Products - first, counted.Backward.Products);
    }

    [Fact]
    public void The_operation_count_exceeds_six_p_d_by_the_share_of_attention()
    {
        OperationCount pass = TransformerOperations.Prefill(Llama2, 128).Training;
        double excess = (double)pass.ProductFlop / (6 * (double)Llama2.Matrices * 128) - 1;
        Assert.Equal(0.00508, excess, 0.00001);
        Assert.Equal(0.00521, Llama2.AttentionShare(128, isCausal: false), 0.00001);
        foreach (long tokens in (long[])[512, 1200, 2400])
        {
            foreach (bool isCausal in (bool[])[false, true])
            {
                // 12 d² per block and a small head: the case that the share is derived for.
                TransformerShape plain = Llama2 with { MlpWidth = 16384, MlpMatrices = 2, Vocabulary = 1000 };
                double found = (double)TransformerOperations.Prefill(plain, tokens, isCausal: isCausal).Training.ProductFlop / (6 * (double)plain.Matrices * tokens) - 1, expected = plain.AttentionShare(tokens, isCausal);
                Assert.Equal(expected, found, 0.1 * expected);
                Assert.Equal(tokens <= (isCausal ? 0.6 : 0.3) * plain.Width, found <= TrainingEstimate.NotableAttention);
            }
        }
    }

    [Fact]
    public void Shared_weights_count_once_and_their_operations_per_call()
    {
        byte[] model = new OnnxWriter().Input("x", -1, 4).Random("a", 4, 4).Random("b", 4).Node("Gemm", "x a b", "c").Node("Relu", "c", "d").Node("Gemm", "d a b", "e").Node("Relu", "e", "f").Node("MatMul", "f a", "y").Output("y").Bytes();
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            File.WriteAllBytes(path, model);
            ModelOperations counted = NetworkOperations.Of(Model.Load(path));
            Assert.Equal(20, counted.Parameters);
            Assert.Equal(48, counted.Forward.Products);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TransformerOperations.Prefill(Llama2, 0));
        Assert.Throws<ArgumentException>(() => TransformerOperations.Prefill(Llama2 with { Width = 0 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkOperations.Of(VisionNetworks.Of("AlexNet"), 0));
    }
}
