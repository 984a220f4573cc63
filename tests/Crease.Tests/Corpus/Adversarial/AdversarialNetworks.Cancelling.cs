using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Tests.Corpus;

/// <content>Rows that float64 computes as zero, as equal or as something else, and that are not.</content>
public static partial class AdversarialNetworks
{
    private static IEnumerable<AdversarialCase> Cancelling()
    {
        // h = r(x + 2), r(1e-17 (x + 2)), 2e-17: then h0 + h1 - h2 is (1 + 1e-17) x + 2 (nearly), which float64 takes for h0.
        double[] weights = [1, 0, 1e-17, 0, 0, 0], bias = [2, 2e-17, 2e-17];
        yield return new("a relu that cancels to 1e-17 x", new Chain("cancel").Hidden([.. weights, 1, 0], [.. bias, 2]).Hidden([1, 1, -1, -1, 0, 0, 0, 1], 0, -2).Summed(), Square, 2);
        yield return new("a maximum of rows that float64 takes for equal", new Chain("cancel").Hidden(weights, bias).Dense([1, 0, 0, 1, 1, -1]).Max(2).Build(), Square, 2);
        yield return new("classes that float64 takes for equal", new Chain("cancel").Hidden(weights, bias).Dense([1, 0, 0, 1, 1, -1]).Build(), Square, 1);
        yield return new("one output that float64 takes for zero", new Chain("cancel").Hidden([.. weights, 1, 0], [.. bias, 2]).Dense([1, 1, -1, -1]).Build(), Square, 1);
        yield return new("a maximum behind a relu that cancels", new Chain("cancel").Hidden([.. weights, 1, 0, 0, 1], [.. bias, 2, 2]).Hidden([1, 1, -1, -1, 0, 0, 0, 0, 0, 1e-17], 0, 0).Max(2).Build(), Square);
        // Where all three units are within the clip's limits the output is zero, and float64 makes rounding errors of it.
        var clips = new Chain("clips").Dense([0.3, 0.3, -0.2, 0.2, 0.2, 0.3], 0, 0.3, 0.3);
        int before = clips.At;
        yield return new("one output that cancels on one region", clips.Fold(shape => PiecewiseLinear.Clip(shape, -0.1, 0.3)).Plus(before, -1).Dense([0.3, -0.1, 0.3]).Build(), Slice.Box(-3, 3, -3, 3), 16);
        yield return new("a sliver between creases a rounding error apart", WholeNumberNetworks.Tenths(2801, 0.125), WholeNumberNetworks.Domain(2801), 75);
        // 10 times 0.1 is not 1: x + 2 - 10 (0.1 x + 0.2) is -5.55e-17 (x + 2), and float64 makes it 0.
        foreach (double slope in new[] { 5e-17, 1e-16, 1e-15, 1e-13, 1e-10 })
        {
            yield return new($"a crease of rounding errors against {slope} y", new Chain("rounding").Hidden([1, 0, 0.1, 0, 0, slope], 2, 0.2, 2 * slope)
                .Hidden([1, -10, 1, 0, 0, 1], Math.ScaleB(1, -53) - 2 * slope, -2 * slope).Summed(), Square);
        }
        yield return new("a crease of rounding errors in decimals", new Chain("rounding").Hidden([0.1, 0.3, 0.7, -0.2, 0.3, 0.1], 1, 1, 1)
            .Hidden([1, 0, 0, 0, 1, 0, 0, 0, 1, 0.1, 0.1, 0.1], -1, 0.5, -0.9, 0).Hidden([0.3, 0.1, -0.7, 1, 0.6, 0.2, -1.4, 2, 3, 1, -7, 10], -0.1, -0.2, -1).Summed(), Square);
        yield return new("the same row summed in two orders", new Chain("orders").Hidden([0.1, 0.2, 0.3, 0.4, 0.5, 0.7], 1, 1, 1).Hidden([0.1, 0.2, 0.3, 0.3, 0.6, 0.9, 0.7, 1.4, 2.1], -0.8, -2.4, -5.6).Summed(), Square);
        yield return new("knots a rounding error apart", new Chain("knots").Dense([0.1, 0.2, 0.3, -0.1]).Fold(shape => PiecewiseLinear.Of("steps", shape, [0.3 - 0.1, 0.2, Math.BitIncrement(0.2)], [0, 0.1, 0.3, 1], 0.7)).Summed(), Square);
        foreach ((double below, double above) in new[] { (0.1, 0.7), (0.3, 1.1), (1e16, 1.0), (-1e17, 1.0) })
        {
            // Above the knot the unit has slope 'above', exactly: less as much of its input nothing is left.
            var chain = new Chain("slopes").Fold(shape => PiecewiseLinear.Of("two slopes", shape, [0], [below, above], 0)).With(0);
            yield return new($"slopes {below} and {above}, undone above the knot", chain.Hidden([1, 0, -above, 0, -1, 0, above, 0, 1, 0, -above, Math.ScaleB(above, -54)], 0, 0, 0).Summed(), Slice.Box(-1, 1, -1, 1));
        }
        // The graph is the same with its first piece far away, where the constant of a piece is a sum of roundings.
        yield return new("a clip between decimal limits, undone inside", new Chain("clip").Fold(shape => PiecewiseLinear.Clip(shape, -0.1, 0.3)).With(0).Hidden([1, 0, -1, 0, -1, 0, 1, 0, 0, 1, 0, -1], 0, 0, 0).Summed(), Square);
    }
}
