using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>The geometry around one input against worked numbers, finite differences and the planar engine.</summary>
public sealed class LocalGeometryTests
{
    [Fact]
    public void Worked_case_of_the_specification()
    {
        LocalGeometry geometry = LocalGeometry.Of(GraphNetworks.Worked(), [0.75, -0.5]);
        Near([1.7425, -1.00125], geometry.Output);
        Near([1.47, 0.78, -1.38, -1.245], geometry.Map.Slopes.ToArray());
        Near([1.03, -0.58875], geometry.Map.Offsets.ToArray());
        Near([0.111803398875, 0.559164765193], [.. geometry.CreaseDistances], 1e-11);
        Assert.Equal(0.784789910590, geometry.BoundaryDistance, 1e-11);
        Assert.False(geometry.IsBoundaryDistanceExact);
        Near([Math.Sqrt(1.4 * 1.4 + 1.1 * 1.1), Math.Sqrt(1.29 * 1.29 + 1.71 * 1.71)], [.. geometry.CentroidNorms]);
        Near([1.4, 1.1], geometry.Centroid(0).ToArray());
        Near([1.29, 1.71], geometry.Centroid(1).ToArray());
        Near([6.12, 5.8832], [.. geometry.Radii]);
        Assert.Equal([[1, 0, 1], [1, 0]], geometry.Code.Pieces.Select(layer => layer.ToArray()).ToArray());
        Assert.Equal((0, 1), (geometry.Class, geometry.RunnerUp));
        Assert.Equal((true, false), (geometry.IsCreaseDistanceExact(0), geometry.IsCreaseDistanceExact(1)));
    }

    [Fact]
    public void Crossing_the_nearest_crease_changes_the_code_and_nothing_nearer_does()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            Network network = SmallNetworks.Random(seed, shape => PiecewiseLinear.Clip(shape, -0.5, 1), 3, 7, 6, 2);
            var random = new RandomSource(seed + 100);
            double[] x = GraphNetworks.Normals(random, 3, 1);
            LocalGeometry geometry = LocalGeometry.Of(network, x);
            bool crossed = false;
            for (int k = 0; k < 400; k++)
            {
                double[] direction = GraphNetworks.Normals(random, 3, 1);
                double length = Math.Sqrt(direction.Sum(d => d * d)), inside = (1 - 1e-9) * geometry.RegionDistance / length;
                Assert.Equal(geometry.Code, CodeAt(network, x, direction, inside));
                crossed |= !geometry.Code.Equals(CodeAt(network, x, direction, 1.2 * inside));
            }
            Assert.True(crossed, $"seed {seed}: no direction of 400 crosses at 1.2 times the distance");
        }
    }

    [Fact]
    public void Map_and_distances_agree_with_the_planar_partition()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3);
        Partition partition = new PlanarPartitioner(network).Cut(Slice.Box(-2, 2, -2, 2));
        int compared = 0;
        for (int region = 0; region < partition.RegionCount; region++)
        {
            double[] polygon = partition.Polygon(region);
            double[] center = [polygon.Where((_, i) => i % 2 == 0).Average(), polygon.Where((_, i) => i % 2 == 1).Average()];
            LocalGeometry geometry = LocalGeometry.Of(network, center);
            Assert.Equal(partition.SlopeNorms[region], geometry.Map.SlopeNorm, 1e-9);
            Assert.Equal(partition.Classes[region], geometry.Class);
            double nearest = double.PositiveInfinity, border = double.PositiveInfinity;
            for (int h = partition.FirstHalfEdges[region]; h < partition.FirstHalfEdges[region + 1]; h++)
            {
                int a = partition.Origins[h], b = partition.Origins[partition.Next(h, region)];
                double[] side = [partition.Vertices[2 * a], partition.Vertices[2 * a + 1], partition.Vertices[2 * b], partition.Vertices[2 * b + 1]];
                double distance = DistanceToLine(center, side);
                if (partition.Creases[h] >= 0)
                    nearest = Math.Min(nearest, distance);
                else
                    border = Math.Min(border, distance);
            }
            // The box is no crease: where its border is nearer, the region goes on beyond it.
            if (nearest > border)
                continue;
            compared++;
            Assert.Equal(nearest, geometry.RegionDistance, 1e-9);
        }
        Assert.True(compared > 60, $"only {compared} regions of {partition.RegionCount} compared");
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(2UL)]
    public void Map_of_a_residual_network_is_its_derivative_and_meets_its_value(ulong seed)
    {
        Network network = GraphNetworks.Residual(seed);
        double[] x = GraphNetworks.Normals(new RandomSource(seed + 7), network.InputShape.Size, 1);
        LocalGeometry geometry = LocalGeometry.Of(network, x);
        Near(geometry.Output, geometry.Map.At(x), 1e-12);
        double step = geometry.RegionDistance / 2;
        int scores = network.Nodes.Length - 2;
        for (int i = 0; i < x.Length; i++)
        {
            double[] moved = [.. x];
            moved[i] += step;
            double[] after = network.Values(moved, 1)[scores];
            for (int o = 0; o < 3; o++)
                Assert.Equal(geometry.Map.Slopes[o * x.Length + i], (after[o] - geometry.Output[o]) / step, 1e-6 / Math.Min(1, step));
        }
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    public void Distances_of_a_residual_network_are_those_of_its_pulled_back_units(ulong seed)
    {
        Network network = GraphNetworks.Residual(seed);
        double[] x = GraphNetworks.Normals(new RandomSource(seed + 7), network.InputShape.Size, 1);
        var at = new Linearization(network, x);
        double[] distances = CreaseDistances.PerLayer(at, new RunContext { Threads = 4 });
        for (int l = 0; l < at.Layers.Length; l++)
            Assert.Equal(Reference(at, at.Layers[l]), distances[l], 1e-10);
    }

    [Fact]
    public void Threads_do_not_change_the_distances()
    {
        Network network = GraphNetworks.Residual(5);
        double[] x = GraphNetworks.Normals(new RandomSource(3), network.InputShape.Size, 1);
        double[] one = CreaseDistances.PerLayer(new Linearization(network, x), new RunContext { Threads = 1 });
        Assert.Equal(one, CreaseDistances.PerLayer(new Linearization(network, x), new RunContext { Threads = 8 }));
    }

    // 3,000 inputs are twelve chunks: three rounds of one thread, or one of eight.
    [Fact]
    public void Distances_of_many_inputs_do_not_depend_on_the_rounds_and_are_those_of_the_weights()
    {
        Network network = SmallNetworks.Random(7, PiecewiseLinear.Relu, 3000, 20, 6, 2);
        double[] x = GraphNetworks.Normals(new RandomSource(4), 3000, 1);
        var at = new Linearization(network, x);
        double[] one = CreaseDistances.PerLayer(at, new RunContext { Threads = 1 });
        foreach (int threads in new[] { 2, 8 })
            Assert.Equal(one, CreaseDistances.PerLayer(at, new RunContext { Threads = threads }));
        int first = at.Layers[0].Inputs[0];
        double expected = double.PositiveInfinity;
        for (int unit = 0; unit < 20; unit++)
        {
            var axis = new double[20];
            axis[unit] = 1;
            expected = Math.Min(expected, Math.Abs(at.Value(first)[unit]) / Math.Sqrt(at.Pullback(first, axis).Sum(slope => slope * slope)));
        }
        Assert.Equal(expected, one[0], 1e-12);
    }

    [Fact]
    public void Power_of_the_centroid_is_the_key_identity()
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            Network network = SmallNetworks.Random(seed, shape => PiecewiseLinear.LeakyRelu(shape, 0.1), 3, 8, 6, 5);
            double[] x = GraphNetworks.Normals(new RandomSource(seed), 3, 2);
            LocalGeometry geometry = LocalGeometry.Of(network, x);
            double[][] values = network.Values(x, 1);
            for (int l = 0; l < geometry.Layers.Length; l++)
            {
                double power = geometry.CentroidDistances[l] * geometry.CentroidDistances[l] - geometry.Radii[l];
                double expected = x.Sum(e => e * e) - 2 * values[geometry.Layers[l].Index].Sum();
                Assert.Equal(expected, power, 1e-11 * (1 + Math.Abs(geometry.Radii[l])));
            }
        }
    }

    [Fact]
    public void Exact_boundary_distance_is_where_the_class_changes()
    {
        int exact = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, 2, 4, 3);
            LocalGeometry geometry = LocalGeometry.Of(network, [0.3, -0.2]);
            if (!geometry.IsBoundaryDistanceExact || !double.IsFinite(geometry.BoundaryDistance))
                continue;
            exact++;
            var normal = new double[2];
            for (int i = 0; i < 2; i++)
                normal[i] = geometry.Map.Slopes[2 * geometry.RunnerUp + i] - geometry.Map.Slopes[2 * geometry.Class + i];
            double length = double.Hypot(normal[0], normal[1]);
            int ClassAt(double distance) => LocalGeometry.Of(network, [0.3 + normal[0] / length * distance, -0.2 + normal[1] / length * distance]).Class;
            Assert.Equal(geometry.Class, ClassAt(geometry.BoundaryDistance * (1 - 1e-6)));
            Assert.Equal(geometry.RunnerUp, ClassAt(geometry.BoundaryDistance * (1 + 1e-6)));
        }
        Assert.True(exact > 3, $"only {exact} exact cases");
    }

    [Fact]
    public void Wrong_inputs_and_smooth_networks_are_refused_with_both_shapes_and_the_node()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3);
        Assert.Contains("has 3 entries; the network takes 2 (shape [2])", Assert.Throws<ArgumentException>(() => LocalGeometry.Of(network, [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("NaN at index 1", Assert.Throws<ArgumentException>(() => LocalGeometry.Of(network, [1, double.NaN])).Message, StringComparison.Ordinal);
        var builder = new NetworkBuilder("smooth");
        int gelu = builder.Add("Erf_3", SmoothFunction.Gelu(new Shape(2)), builder.Input("x", new Shape(2)));
        Network smooth = builder.Build(builder.Add(new Dense(new double[] { 1, 1 }, null, new Shape(2)), gelu));
        Assert.Contains("'Erf_3'", Assert.Throws<NotSupportedException>(() => LocalGeometry.Of(smooth, [1, 2])).Message, StringComparison.Ordinal);
    }

    private static Code CodeAt(Network network, double[] x, double[] direction, double step) =>
        new Linearization(network, [.. x.Zip(direction, (a, d) => a + step * d)]).Code();

    private static double DistanceToLine(double[] p, double[] side)
    {
        double dx = side[2] - side[0], dy = side[3] - side[1];
        return Math.Abs(dx * (p[1] - side[1]) - dy * (p[0] - side[0])) / double.Hypot(dx, dy);
    }

    private static double Reference(Linearization at, Node layer)
    {
        double[] z = at.Value(layer.Inputs[0]).ToArray();
        double nearest = double.PositiveInfinity;
        var candidates = new List<int>();
        for (int unit = 0; unit < layer.Shape.Size; unit++)
        {
            if (layer.Layer is PiecewiseLinear)
            {
                Consider(z[unit], (unit, 1));
                continue;
            }
            ((MaxPooling)layer.Layer).Candidates(unit, candidates);
            int winner = candidates.MaxBy(candidate => z[candidate]);
            foreach (int loser in candidates.Where(candidate => candidate != winner))
                Consider(z[winner] - z[loser], (winner, 1), (loser, -1));
        }
        return nearest;

        void Consider(double value, params (int Element, double Weight)[] weights)
        {
            var cotangent = new double[z.Length];
            foreach ((int element, double weight) in weights)
                cotangent[element] += weight;
            double norm = Math.Sqrt(at.Pullback(layer.Inputs[0], cotangent).Sum(g => g * g));
            if (norm > 0)
                nearest = Math.Min(nearest, Math.Abs(value) / norm);
        }
    }

    private static void Near(double[] expected, double[] found, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }
}
