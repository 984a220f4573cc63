using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>How many roundings a product takes part in, counted by hand.</summary>
public sealed class RoundingsTests
{
    [Fact]
    public void A_chain_rounds_once_per_term_and_a_few_times_more()
    {
        PathSizes sizes = PathSizes.Sums(new FoldedNetwork(SmallNetworks.Random(1, PiecewiseLinear.Relu, 3, 5, 7, 2), null));
        // 3 terms and 4; a ReLU's 8; 5 and 4; 8; 7 and 4.
        Assert.Equal([7, 24, 43], Enumerable.Range(0, 3).Select(sizes.Roundings));
    }

    [Fact]
    public void A_convolution_rounds_once_per_term_and_for_updates_and_reduced_rows()
    {
        var builder = new NetworkBuilder("two convolutions");
        int at = builder.Input("image", new Shape(1, 6, 6));
        at = Filter(builder, 2, at);
        at = Filter(builder, 1, at);
        PathSizes sizes = PathSizes.Sums(new FoldedNetwork(builder.Build(at), null));
        // 9 terms and 4; a ReLU's 8, five for each of 256 updates, 32 units of the first stage, 18 terms and 4.
        Assert.Equal([13, 13 + 8 + 5 * 256 + 32 + 22], Enumerable.Range(0, 2).Select(sizes.Roundings));
    }

    [Fact]
    public void Layers_that_only_copy_round_nothing()
    {
        long[] counts = [.. new[] { false, true }.Select(isCopied =>
        {
            var builder = new NetworkBuilder("copies");
            int at = Filter(builder, 2, builder.Input("image", new Shape(1, 6, 6)));
            for (int copy = 0; copy < (isCopied ? 3 : 1); copy++)
                at = builder.Add(new Reshape(builder.ShapeOf(at), copy == 1 ? new Shape(4, 8) : new Shape(32)), at);
            at = builder.Add(new Dense(Numbers(3 * 32), null, builder.ShapeOf(at)), at);
            return PathSizes.Sums(new FoldedNetwork(builder.Build(at), null)).Roundings(1);
        })];
        Assert.Equal(counts[0], counts[1]);
    }

    private static int Filter(NetworkBuilder builder, int outputs, int at)
    {
        Shape shape = builder.ShapeOf(at);
        at = builder.Add(new Convolution(shape, Numbers(outputs * shape[0] * 9), Numbers(outputs), new Windows(3, 3)), at);
        return builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
    }

    private static double[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(i => 0.1 * i)];
}
