using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>The loss as a function of one layer's weights.</summary>
public sealed class LossGeometryTests
{
    [Fact]
    public void Loss_is_quadratic_inside_a_tile_with_the_hessian_of_the_formula()
    {
        foreach (Func<RandomSource, Network> make in new Func<RandomSource, Network>[] { random => NormalNumbers.Chain(random, width => random.Normals(width), 2, 8, 8, 3), Residual })
        {
            var random = new RandomSource(1);
            Network network = make(random);
            int node = network.Nodes.Where(each => each.Layer is Dense).ElementAt(1).Index;
            double[][] inputs = [.. Enumerable.Range(0, 6).Select(_ => random.Normals(2))], targets = [.. Enumerable.Range(0, 6).Select(_ => random.Normals(3))];
            double[] direction = random.Normals(((Dense)network.Nodes[node].Layer).Weights.Count);
            LossGeometry geometry = LossGeometry.Of(network, node, inputs);
            double curvature = geometry.Curvature(direction);
            LossProfile profile = LossProfile.Of(network, node, direction, -2, 2, inputs, targets);
            double reach = profile.Joints.Select(Math.Abs).Min(), step = reach / 4;
            double[] losses = [.. Enumerable.Range(-1, 4).Select(i => Loss(network, node, direction, i * step, inputs, targets))];
            Assert.Equal(curvature, (losses[0] - 2 * losses[1] + losses[2]) / (step * step), 1e-6 * curvature);
            Assert.True(Math.Abs(losses[3] - 3 * losses[2] + 3 * losses[1] - losses[0]) <= 1e-8);
            // Beyond the first joint on the right, or on the left, the pieces are other ones.
            double far = profile.Joints[^1] + 0.01;
            Assert.NotEqual(2 * profile.Polynomial(0).Square, 2 * profile.Polynomial(Math.Min(far, 1.99)).Square, 1e-6 * curvature);
            Assert.Equal(curvature, 2 * profile.Polynomial(0).Square, 1e-9 * curvature);
            // The quadratic form of the matrix, and its trace, are those of the factor.
            double[] hessian = geometry.Hessian();
            int size = direction.Length;
            double form = 0, trace = 0;
            for (int i = 0; i < size; i++)
            {
                form += direction[i] * NormalNumbers.Dot(hessian.AsSpan(i * size, size), direction);
                trace += hessian[i * size + i];
            }
            Assert.Equal(curvature, form, 1e-10 * curvature);
            LossSpectrum spectrum = geometry.Spectrum();
            Assert.Equal(trace, spectrum.Values.Sum(), 1e-10 * trace);
            Assert.InRange(spectrum.Nonzero, 1, 18);
            Assert.True(spectrum.Eccentricity >= 1);
        }
    }

    [Fact]
    public void Profile_is_the_loss_everywhere_and_jumps_only_in_its_second_derivative()
    {
        var random = new RandomSource(2);
        Network network = NormalNumbers.Chain(random, width => random.Normals(width), 3, 7, 6, 6, 2);
        double[][] inputs = [.. Enumerable.Range(0, 9).Select(_ => random.Normals(3))], targets = [.. Enumerable.Range(0, 9).Select(_ => random.Normals(2))];
        int node = network.Nodes.Where(each => each.Layer is Dense).ElementAt(1).Index;
        double[] direction = random.Normals(42);
        LossProfile profile = LossProfile.Of(network, node, direction, -1.5, 2.5, inputs, targets);
        Assert.True(profile.Joints.Length > 20);
        for (double t = -1.5; t <= 2.5; t += 0.05)
            Assert.Equal(Loss(network, node, direction, t, inputs, targets), profile.At(t), 1e-10 * (1 + profile.At(t)));
        foreach (double joint in profile.Joints)
            Assert.Equal(profile.At(joint - 1e-11), profile.At(joint + 1e-11), 1e-7 * (1 + profile.At(joint)));
    }

    [Theory]
    [InlineData(1, 5.66, 3.42)]
    [InlineData(2, 10.0, 4.53)]
    [InlineData(4, 30.1, 7.57)]
    [InlineData(8, 160, 23.6)]
    public void Skips_improve_the_conditioning_of_the_downstream_map(int depth, double plain, double residual)
    {
        (double without, double with) = (Median.Of(Ratios(depth, hasSkips: false)), Median.Of(Ratios(depth, hasSkips: true)));
        Assert.True(with < without, $"{with} against {without}");
        Assert.InRange(without, 0.75 * plain, 1.25 * plain);
        Assert.InRange(with, 0.75 * residual, 1.25 * residual);
    }

    [Fact]
    public void Wrong_nodes_and_directions_are_refused()
    {
        Network network = SmallNetworks.Golden(0, 2, 4, 2);
        Assert.Contains("expected the index of a dense layer", Assert.Throws<ArgumentException>(() => LossGeometry.Of(network, 2, [[0, 0]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LossGeometry.Of(network, 1, [[0, 0, 0]]));
        Assert.Throws<ArgumentException>(() => LossGeometry.Of(network, 1, [[0, 0.5]]).Curvature([1]));
        Assert.Throws<ArgumentException>(() => LossProfile.Of(network, 1, new double[8], 1, 1, [[0, 0]], [[0, 0]]));
        Assert.Throws<ArgumentException>(() => LossProfile.Of(network, 1, new double[8], 0, 1, [[0, 0]], [[0]]));
        LossSpectrum dead = LossGeometry.Of(network, 1, [[0, 0]]).Spectrum();
        Assert.Null(dead.Eccentricity);
    }

    private static IEnumerable<double> Ratios(int depth, bool hasSkips)
    {
        const int Nets = 200, Width = 32, Classes = 8;
        for (int net = 0; net < Nets; net++)
        {
            var random = new RandomSource(1000 + (ulong)net);
            var builder = new NetworkBuilder("downstream");
            int at = builder.Input("z", new Shape(Width));
            for (int block = 0; block < depth; block++)
            {
                int inner = builder.Add(PiecewiseLinear.Relu(new Shape(Width)), builder.Add(new Dense(random.Normals(Width * Width, Math.Sqrt(2.0 / Width)), null, new Shape(Width)), at));
                at = hasSkips ? builder.Add(new Sum(new Shape(Width), 1, 1), at, inner) : inner;
            }
            Network network = builder.Build(builder.Add(new Dense(random.Normals(Classes * Width, 1 / Math.Sqrt(Width)), null, new Shape(Width)), at));
            yield return LossGeometry.Ratio(new GeneratorVolumes(network, 1).Slopes(random.Normals(Width)).Slopes, Width, Classes);
        }
    }

    private static double Loss(Network network, int node, double[] direction, double t, double[][] inputs, double[][] targets)
    {
        var builder = new NetworkBuilder("moved");
        foreach (Node each in network.Nodes)
        {
            if (each.Layer is InputLayer)
                builder.Input(each.Name, each.Shape);
            else if (each.Index == node)
                builder.Add(new Dense(((Dense)each.Layer).Weights.Values.ToArray().Zip(direction, (w, d) => w + t * d).ToArray(), ((Dense)each.Layer).Bias, each.Layer.InputShapes[0]), each.Inputs.AsSpan());
            else
                builder.Add(each.Layer, each.Inputs.AsSpan());
        }
        Network moved = builder.Build(network.Outputs.AsSpan());
        return inputs.Select((input, i) => moved.Evaluate(input).Zip(targets[i], (y, target) => (y - target) * (y - target)).Sum()).Average();
    }

    private static Network Residual(RandomSource random)
    {
        var builder = new NetworkBuilder("residual");
        int at = builder.Add(PiecewiseLinear.Relu(new Shape(8)), builder.Add(new Dense(random.Normals(16), random.Normals(8), new Shape(2)), builder.Input("x", new Shape(2))));
        for (int block = 0; block < 2; block++)
        {
            int inner = builder.Add(PiecewiseLinear.Relu(new Shape(8)), builder.Add(new Dense(random.Normals(64, 0.5), random.Normals(8), new Shape(8)), at));
            at = builder.Add(new Sum(new Shape(8), 1, 1), at, inner);
        }
        return builder.Build(builder.Add(new Dense(random.Normals(24), null, new Shape(8)), at));
    }
}
