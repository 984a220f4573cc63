using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Arrangements with known counts, most of them degenerate: the places where a tolerance would lose or invent regions (specification G1 to G3).</summary>
public sealed class DegenerateArrangementTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void Generic_lines_give_one_region_more_than_lines_and_crossings(int lines)
    {
        var random = new RandomSource((ulong)lines);
        double[] weights = [.. Enumerable.Range(0, 2 * lines).Select(_ => random.Normal())], bias = [.. Enumerable.Range(0, lines).Select(_ => 0.6 * random.Normal())];
        int hits = 0, crossings = 0;
        for (int i = 0; i < lines; i++)
        {
            if (Math.Abs(bias[i]) < Math.Abs(weights[2 * i]) + Math.Abs(weights[2 * i + 1]))
                hits++;
            for (int j = 0; j < i; j++)
            {
                double w = weights[2 * i] * weights[2 * j + 1] - weights[2 * j] * weights[2 * i + 1];
                double x = (weights[2 * i + 1] * bias[j] - weights[2 * j + 1] * bias[i]) / w, y = (weights[2 * j] * bias[i] - weights[2 * i] * bias[j]) / w;
                crossings += Math.Max(Math.Abs(x), Math.Abs(y)) < 1 ? 1 : 0;
            }
        }
        Assert.Equal(1 + hits + crossings, Count(OneLayer(weights, bias), Slice.Box(-1, 1, -1, 1)));
    }

    [Fact]
    public void Parallel_lines_give_one_region_more()
    {
        Assert.Equal(8, Count(OneLayer([.. Enumerable.Repeat(new[] { 0.6, 0.8 }, 7).SelectMany(w => w)], [.. Enumerable.Range(0, 7).Select(i => 0.1 * i - 0.3)]), Slice.Box(-1, 1, -1, 1)));
    }

    [Fact]
    public void Axis_grids_give_products()
    {
        double[] weights = [1, 0, 1, 0, 1, 0, 0, 1, 0, 1], bias = [-0.5, 0, 0.25, 0.5, -0.125];
        Assert.Equal(4 * 3, Count(OneLayer(weights, bias), Slice.Box(-1, 1, -1, 1)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(31)]
    public void Concurrent_lines_give_two_regions_each(int lines)
    {
        var random = new RandomSource(77);
        double[] weights = [.. Enumerable.Range(0, 2 * lines).Select(_ => random.Normal())];
        Assert.Equal(2 * lines, Count(OneLayer(weights, new double[lines]), Slice.Box(-1, 1, -1, 1)));
        Assert.Equal(2 * lines, Count(OneLayer(weights, new double[lines]), Slice.Plane(Domains.RandomConvex(random, 1.5))));
    }

    [Fact]
    public void Lines_through_a_point_that_is_no_binary_fraction_stay_generic_or_concurrent_as_the_weights_say()
    {
        // x = 1/3 and y = 1/3 as float64, and the line x - y = 0 exactly: three lines through one point. x + y = 2 · (1/3) as well.
        double third = 1.0 / 3;
        double[] weights = [1, 0, 0, 1, 1, -1, 1, 1], bias = [-third, -third, 0, -2 * third];
        Assert.Equal(8, Count(OneLayer(weights, bias), Slice.Box(-1, 1, -1, 1)));
        bias[3] = Math.BitIncrement(-2 * third);
        Assert.Equal(1 + 4 + 6 - 3 + 2, Count(OneLayer(weights, bias), Slice.Box(-1, 1, -1, 1)));
    }

    [Fact]
    public void Parallel_lines_one_ulp_apart_are_two()
    {
        Assert.Equal(3, Count(OneLayer([1, 0.5, 1, 0.5], [0.25, Math.BitIncrement(0.25)]), Slice.Box(-1, 1, -1, 1)));
        Assert.Equal(2, Count(OneLayer([1, 0.5, 1, 0.5], [0.25, 0.25]), Slice.Box(-1, 1, -1, 1)));
    }

    [Fact]
    public void Duplicate_scaled_flipped_and_dead_units_change_nothing()
    {
        var random = new RandomSource(5);
        double[] w = [.. Enumerable.Range(0, 12).Select(_ => random.Normal())], b = [.. Enumerable.Range(0, 6).Select(_ => 0.3 * random.Normal())];
        int alone = Count(OneLayer(w, b), Slice.Box(-1, 1, -1, 1));
        double[] doubled = [.. w, .. w, .. w.Select(x => 4 * x), .. w.Select(x => -x), 0, 0, 0, 0], biases = [.. b, .. b, .. b.Select(x => 4 * x), .. b.Select(x => -x), -1, 1];
        Assert.Equal(alone, Count(OneLayer(doubled, biases), Slice.Box(-1, 1, -1, 1)));
    }

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    [InlineData(1)]
    public void Scaling_a_layer_changes_no_count(double scale)
    {
        var random = new RandomSource(6);
        double[] w = [.. Enumerable.Range(0, 20).Select(_ => scale * random.Normal())], b = [.. Enumerable.Range(0, 10).Select(_ => 0.5 * scale * random.Normal())];
        Assert.Equal(Count(OneLayer([.. w.Select(x => x / scale)], [.. b.Select(x => x / scale)]), Slice.Box(-1, 1, -1, 1)), Count(OneLayer(w, b), Slice.Box(-1, 1, -1, 1)));
    }

    [Fact]
    public void Creases_through_corners_and_along_sides_cut_once()
    {
        Assert.Equal(2, Count(OneLayer([1, -1], [0]), Slice.Box(-1, 1, -1, 1)));
        Assert.Equal(4, Count(OneLayer([1, -1, 1, 1], [0, 0]), Slice.Box(-1, 1, -1, 1)));
        Assert.Equal(1, Count(OneLayer([1, 0, 0, 1], [-1, 1]), Slice.Box(-1, 1, -1, 1)));
        Assert.Equal(1, Count(OneLayer([1, 1], [-2]), Slice.Box(-1, 1, -1, 1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Tent_maps_fold_into_four_to_the_k_squares(int depth)
    {
        double room = Math.ScaleB(1, -depth - 3);
        Partition partition = new PlanarPartitioner(Tents(depth)).Cut(Slice.Box(room, 1 - room, room, 1 - room));
        Assert.Equal(1 << (2 * depth), partition.DistinctAffineMaps);
        Assert.Equal(1 << (2 * depth), partition.RegionCount);
        Assert.Equal(1, partition.EulerCharacteristic);
    }

    [Fact]
    public void Zero_bias_networks_are_fans()
    {
        Network network = SmallNetworks.Dense("fan", [2, 6, 6, 1], (inputs, outputs) =>
        {
            var random = new RandomSource((ulong)(inputs * 100 + outputs));
            return ([.. Enumerable.Range(0, inputs * outputs).Select(_ => random.Normal())], new double[outputs]);
        }, PiecewiseLinear.Relu);
        Partition partition = new PlanarPartitioner(network).Cut(Slice.Box(-1, 1, -1, 1));
        Assert.Equal(1, partition.EulerCharacteristic);
        Assert.Equal(partition.DomainArea, partition.TotalArea, 1e-12);
        Assert.True(partition.RegionCount >= 12);
        // Every region of a fan has the origin as a corner.
        for (int r = 0; r < partition.RegionCount; r++)
            Assert.Contains(Enumerable.Range(0, partition.Polygon(r).Length / 2), v => double.Hypot(partition.Polygon(r)[2 * v], partition.Polygon(r)[2 * v + 1]) < 1e-12);
    }

    [Fact]
    public void A_dense_layer_without_activation_does_not_fold()
    {
        var builder = new NetworkBuilder("linear in between");
        int at = builder.Add(new Dense(new double[] { 1, 0, 0, 1, 1, 1 }, new double[] { 0, 0, -0.5 }, new Shape(2)), builder.Input("x", new Shape(2)));
        at = builder.Add(PiecewiseLinear.Relu(new Shape(3)), at);
        at = builder.Add(new Dense(new double[] { 1, -1, 1, 2, 1, -1 }, new double[] { 0.1, -0.1 }, new Shape(3)), at);
        Network network = builder.Build(builder.Add(new Dense(new double[] { 1, 1 }, null, new Shape(2)), at));
        Assert.Equal(7, Count(network, Slice.Box(-1, 1, -1, 1)));
    }

    [Fact]
    public void Max_of_two_inputs_ties_once()
    {
        var builder = new NetworkBuilder("max");
        int at = builder.Add(new Dense(new double[] { 1, 0, 0, 1, -1, -1 }, new double[] { 0, 0, 0 }, new Shape(2)), builder.Input("x", new Shape(2)));
        at = builder.Add(new Reshape(new Shape(3), new Shape(1, 1, 3)), at);
        at = builder.Add(new MaxPooling(new Shape(1, 1, 3), new Windows(1, 3)), at);
        Partition partition = new PlanarPartitioner(builder.Build(at)).Cut(Slice.Box(-1, 1, -1, 1));
        Assert.Equal(3, partition.RegionCount);
        Assert.Equal(1, partition.EulerCharacteristic);
        Assert.Equal(9, partition.EdgeCount);
    }

    // g(x) = 2 r(x) - 4 r(x - 1/2) on both coordinates, composed.
    private static Network Tents(int depth)
    {
        var builder = new NetworkBuilder($"tents {depth}");
        int at = builder.Input("x", new Shape(2));
        for (int k = 0; k < depth; k++)
        {
            at = builder.Add(new Dense(new double[] { 1, 0, 1, 0, 0, 1, 0, 1 }, new double[] { 0, -0.5, 0, -0.5 }, new Shape(2)), at);
            at = builder.Add(PiecewiseLinear.Relu(new Shape(4)), at);
            at = builder.Add(new Dense(new double[] { 2, -4, 0, 0, 0, 0, 2, -4 }, null, new Shape(4)), at);
        }
        return builder.Build(at);
    }

    private static Network OneLayer(double[] weights, double[] bias)
    {
        var builder = new NetworkBuilder("one layer");
        int at = builder.Add(new Dense(weights, bias, new Shape(2)), builder.Input("x", new Shape(2)));
        at = builder.Add(PiecewiseLinear.Relu(new Shape(bias.Length)), at);
        return builder.Build(builder.Add(new Dense(Enumerable.Repeat(1.0, bias.Length).ToArray(), null, new Shape(bias.Length)), at));
    }

    private static int Count(Network network, Slice slice)
    {
        Partition partition = new PlanarPartitioner(network).Cut(slice);
        Assert.Equal(1, partition.EulerCharacteristic);
        return partition.RegionCount;
    }
}
