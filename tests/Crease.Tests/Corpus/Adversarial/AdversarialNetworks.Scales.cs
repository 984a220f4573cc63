using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <content>Extreme weights, tent maps, units that vanish, and creases that nearly meet.</content>
public static partial class AdversarialNetworks
{
    private static IEnumerable<AdversarialCase> Tents()
    {
        for (int depth = 1; depth <= 6; depth++)
            yield return new($"tent map, depth {depth}", Tent(depth), Slice.Box(0, 1, 0, 1), 1 << (2 * depth));
        yield return new("tent map beyond its square", Tent(3), Slice.Box(-0.25, 1.25, -0.125, 1.5));
        yield return new("tent map, a slanted crease on top", new Chain("tents").TentLayers(3).Hidden([1, 1, 1, -1, 2, -1], -1, 0, -0.5).Summed(), Slice.Box(0, 1, 0, 1));
    }

    private static Network Tent(int depth) => new Chain($"tent {depth}").TentLayers(depth).Build();

    // g(x) = 2 r(x) - 4 r(x - 1/2) on both coordinates, composed.
    private static Chain TentLayers(this Chain chain, int depth)
    {
        for (int k = 0; k < depth; k++)
            chain.Hidden([1, 0, 1, 0, 0, 1, 0, 1], 0, -0.5, 0, -0.5).Dense([2, -4, 0, 0, 0, 0, 2, -4]);
        return chain;
    }

    private static IEnumerable<AdversarialCase> Scales()
    {
        foreach (double scale in new[] { 1e150, 1e-150, 1e-310 })
            yield return new($"first layer times {scale}", Scaled(scale, 1, 1), Square) { MayRefuse = true };
        foreach ((double first, double second) in new[] { (1e150, 1e-150), (1e-150, 1e150), (1e150, 1e150), (1e-150, 1e-150), (1e-200, 1e-200), (1e200, 1e-200) })
            yield return new($"layers times {first} and {second}", Scaled(first, second, 1), Square) { MayRefuse = true };
        yield return new("layers times 2^500, 2^-500, 2^500", Scaled(Math.ScaleB(1, 500), Math.ScaleB(1, -500), Math.ScaleB(1, 500)), Square) { MayRefuse = true };
        yield return new("layers times 2^-500 each", Scaled(Math.ScaleB(1, -500), Math.ScaleB(1, -500), Math.ScaleB(1, -500)), Square) { MayRefuse = true };
        yield return new("layers times 2^500 each", Scaled(Math.ScaleB(1, 500), Math.ScaleB(1, 500), Math.ScaleB(1, 500)), Square) { MayRefuse = true };
        yield return new("units of all sizes in one layer", new Chain("mixed").Hidden([1e150, 2e150, 1e-150, -3e-150, 1, 1, 3e300, -1e300, 5e-310, 4e-310], 0.5e150, 1e-151, 0.25, 1e299, 1e-310).Summed(), Square) { MayRefuse = true };
        yield return new("units of all sizes undone by the next layer", new Chain("mixed").Hidden([1e150, 2e150, 1e-150, -3e-150, 1, 1], 0.5e150, 1e-151, 0.25)
            .Hidden([1e-150, 1e150, 1, -1e-150, 1e150, 0.5, 1e-150, -2e150, -1], -0.5, -0.25, 0.125).Summed(), Square)
        { MayRefuse = true };
        yield return new("subnormal weights", new Chain("subnormal").Hidden([5e-324, 0, 0, 5e-324, 5e-324, 5e-324, 1e-323, -5e-324], 0, 0, 0, 0).Summed(), Square, 8) { MayRefuse = true };
        yield return new("subnormal weights in layer 2", new Chain("subnormal").Hidden([1, 0, 0, 1, 1, 1], 0.5, 0.25, 0).Hidden([5e-324, -5e-324, 0, 1e-323, 5e-324, -1e-323], 0, 0).Summed(), Square) { MayRefuse = true };
        yield return new("small beside large in one unit", new Chain("range").Hidden([1e300, 1e-300, 1, 1e-20, 1e-20, 1], 0, 0, 0).Summed(), Square, 6) { MayRefuse = true };
        yield return new("zero rows and columns", new Chain("zeros").Hidden([0, 0, 1, 0, 0, 0, 0.5, 0], 0, 0.25, 1, 0.25).Hidden([0, 0, 0, 0, 0, 1, 0, -1, 1, 0, 1, 0], 0.5, 0, -0.125).Summed(), Square);
        yield return new("a dead layer", new Chain("dead").Hidden([1, 0, 0, 1, 1, 1], 0.5, 0.25, 0.125).Hidden(Repeat(-1, 9), -1, -1, -1).Hidden(Repeat(1, 9), 0, 1, -1).Summed(), Square, 7);
        yield return new("a layer of zero weights", new Chain("zero").Hidden([1, 0, 0, 1], 0.5, 0.25).Hidden(new double[4], 0, 0).Hidden([1, 2, 3, 4], 0, 0).Summed(), Square, 4);
    }

    private static Network Scaled(double first, double second, double third)
    {
        var random = new RandomSource(6);
        double[] Normals(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())];
        return new Chain("scaled").Hidden(Normals(10, first), Normals(5, 0.4 * first)).Hidden(Normals(25, second), new double[5]).Hidden(Normals(20, third), new double[4]).Summed();
    }

    private static IEnumerable<AdversarialCase> Vanishing()
    {
        yield return new("r(x) - r(x)", new Chain("vanish").Hidden([1, 0, 1, 0, 0, 1], 0, 0, 0).Hidden([1, -1, 0, 1, -1, 1, 2, -2, -1], 0, -0.5, 0.25).Summed(), Square, 8);
        yield return new("r(x) - r(2x) / 2", new Chain("vanish").Hidden([1, 0, 2, 0, 0, 1], 0, 0, 0).Hidden([1, -0.5, 0, 1, -0.5, 1, 2, -1, -1], 0, -0.5, 0.25).Summed(), Square, 8);
        yield return new("r(x) - 10 r(x / 10), which is not quite zero", new Chain("vanish").Hidden([1, 0, 0.1, 0, 0, 1], 0, 0, 0).Hidden([1, -10, 0, 1, -10, 1, 2, -20, -1], 0, -0.5, 0.25).Summed(), Square);
        yield return new("identically zero on a half plane", new Chain("vanish").Hidden([1, 1, 1, -1], 0, 0).Hidden([1, 0, -1, 0, 1, -1], 0, 0, 0).Hidden([1, 1, 1, 0, 1, -1], 0, 0).Summed(), Square);
        var tenths = new Chain("leaky tenths").Dense([-0.2, 0.2, -0.1, -0.1, 0.1, 0], 0.2, 0.2, 0.2);
        int first = tenths.At;
        yield return new("leaky of tenths less its input", tenths.Fold(shape => PiecewiseLinear.LeakyRelu(shape, 0.1)).Plus(first, -1).Hidden([-0.3, 0.3, 0.3, 0, 0.2, -0.1], 0, -0.2).Summed(), Slice.Box(-3, 3, -3, 3));
        yield return new("r(x) - r(-x) - x", new Chain("vanish").Hidden([1, 0, -1, 0, 1, 0, 0, 1], 0, 0, 4, 2).Hidden([1, -1, -1, 0, 1, -1, -1, 1, 2, -2, 1, -2], 4, 2, -4).Summed(), Square);
        foreach (double slope in new[] { 0.1, 0.2, 0.3, 0.7, 0.01 })
        {
            // Above the knot a leaky unit minus its input is zero to the last bit, whatever the slope below.
            foreach (int sign in new[] { 1, -1 })
            {
                var chain = new Chain("leaky").Dense([1, 0, 0, 1], 0, 0);
                int before = chain.At;
                chain.Fold(shape => PiecewiseLinear.LeakyRelu(shape, slope)).Plus(before, -1);
                yield return new($"leaky {slope} less its input, {sign}", chain.With(before).Hidden([sign, 0, 0, 0, 1, 0, 0, Math.ScaleB(1, -56), 1, 1, 0, 0], 0, Math.ScaleB(-1, -56), 0).Summed(), Slice.Box(0.25, 1, 0.5, 1.5));
                yield return new($"leaky {slope} less its input and a little, {sign}",
                    new Chain("leaky").Fold(shape => PiecewiseLinear.LeakyRelu(shape, slope)).LessItsInput(sign), Slice.Box(0.25, 1, 0.25, 1), 1);
            }
        }
    }

    // z = ±(leaky(x) - x) + 2^-55 y + 2^-56 beside a unit of ordinary size: positive, unless leaky(x) is not x.
    private static Network LessItsInput(this Chain chain, int sign)
    {
        return chain.With(0).Hidden([sign, 0, -sign, Math.ScaleB(1, -55), 1, 1, 0, 0], Math.ScaleB(1, -56), 1).Summed();
    }

    private static IEnumerable<AdversarialCase> Nearly()
    {
        foreach (double gap in new[] { 1e-17, -1e-17, 1e-300, 5e-324 })
            yield return new($"x = 0, y = 0 and x + y = {gap}", new Chain("triple").Hidden([1, 0, 0, 1, 1, 1], 0, 0, -gap).Summed(), Square, 7);
        yield return new("three decimal lines that all but meet", new Chain("triple").Hidden([0.1, 0.2, 0.3, -0.1, 0.4, 0.1, 0.2, -0.3], -0.03, -0.02, -0.05, 0.01).Summed(), Square);
        yield return new("x = 0, y = 0 and x + y = 1e-17 in layer 2", new Chain("triple").Hidden([1, 0, 0, 1, 0, 0], 1, 1, 1e-17)
            .Hidden([1, 0, 0, 0, 1, 0, 1, 1, -1], -1, -1, -2).Summed(), Square, 7);
        yield return new("a bend of 1e-17 in layer 2", new Chain("bend").Hidden([1, 0, 0, 1], 0, 1).Hidden([1e-17, 1, 0, 1], -1, -1).Summed(), Square);
        foreach (double bend in new[] { 1e-17, 1e-16, 1e-13, 1e-9 })
            yield return new($"a crease bent by {bend} crossed by its tangent", new Chain("bend").Hidden([1, 0, 0, 1, 1, 3], 0, 2, 4).Hidden([bend, 1, 0, 0, 1, 0, -bend, 1, 0, 0.1, 0.3, 0.01], -2, -2, -2, -0.5).Summed(), Square);
    }
}
