using Crease.Networks;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <content>Arrangements: concurrent, coincident and parallel creases, and creases through corners.</content>
public static partial class AdversarialNetworks
{
    private static Slice Square => Slice.Box(-1, 1, -1, 1);

    private static IEnumerable<AdversarialCase> Concurrent()
    {
        foreach (int lines in new[] { 3, 8, 21 })
        {
            double[] fan = [.. Enumerable.Range(0, lines).SelectMany(i => new[] { i - lines / 2 + 0.25, 3.0 })];
            yield return new($"{lines} creases through 0", new Chain("fan").Hidden(fan, new double[lines]).Summed(), Square, 2 * lines);
            var random = new RandomSource((ulong)lines);
            double[] normal = [.. Enumerable.Range(0, 2 * lines).Select(_ => random.Normal())];
            yield return new($"{lines} creases through 0, normal weights", new Chain("fan").Hidden(normal, new double[lines]).Summed(), Square, 2 * lines);
            double[] bias = [.. Enumerable.Range(0, lines).Select(i => -(fan[2 * i] * 0.5 + fan[2 * i + 1] * -0.25))];
            yield return new($"{lines} creases through (1/2, -1/4)", new Chain("fan").Hidden(fan, bias).Summed(), Square, 2 * lines);
            double[] deep = [.. Enumerable.Range(0, 4 * lines + 16).Select(_ => random.Normal())];
            yield return new($"fan of two layers, {lines} wide", new Chain("deep fan").Hidden(normal, new double[lines]).Hidden(deep[..(4 * lines)], new double[4]).Hidden(deep[^16..], new double[4]).Summed(), Square);
        }
    }

    private static IEnumerable<AdversarialCase> Coincident()
    {
        var random = new RandomSource(5);
        double[] w = [.. Enumerable.Range(0, 10).Select(_ => random.Normal())], b = [.. Enumerable.Range(0, 5).Select(_ => 0.3 * random.Normal())];
        double[] Times(double factor, double[] values) => [.. values.Select(x => factor * x)];
        double[] v = [.. Enumerable.Range(0, 4 * 20).Select(_ => random.Normal())], c = [.. Enumerable.Range(0, 4).Select(_ => 0.3 * random.Normal())];
        yield return new("duplicated units", new Chain("duplicates").Hidden([.. w, .. w], [.. b, .. b]).Summed(), Square);
        yield return new("rescaled and flipped duplicates", new Chain("duplicates").Hidden([.. w, .. Times(4, w), .. Times(-1, w), .. Times(-0.125, w)], [.. b, .. Times(4, b), .. Times(-1, b), .. Times(-0.125, b)]).Summed(), Square);
        yield return new("duplicates rescaled by 3, rounded", new Chain("duplicates").Hidden([.. w, .. Times(3, w)], [.. b, .. Times(3, b)]).Summed(), Square);
        yield return new("duplicates rescaled by 1/3, rounded", new Chain("duplicates").Hidden([.. w, .. Times(1.0 / 3, w), .. Times(-1.0 / 7, w)], [.. b, .. Times(1.0 / 3, b), .. Times(-1.0 / 7, b)]).Summed(), Square);
        yield return new("duplicates in both layers", new Chain("duplicates").Hidden([.. w, .. Times(2, w), .. Times(-1, w), .. w], [.. b, .. Times(2, b), .. Times(-1, b), .. b]).Hidden([.. v, .. Times(-2, v)], [.. c, .. Times(-2, c)]).Summed(), Square);
        yield return new("crease of layer 2 along a crease of layer 1", new Chain("same line").Hidden([1, 0, 0, 1, -1, 0], 0, 0, 0).Hidden([1, 0, -1, 0, 1, 0, 1, 1, -1], 0, 0, 0).Summed(), Square, 5);
        yield return new("duplicates whose difference is one ulp", new Chain("ulp").Hidden([1.1, 0.7, Math.BitIncrement(1.1), 0.7, 1.1, Math.BitDecrement(0.7)], 0.3, 0.3, 0.3).Summed(), Square);
    }

    private static IEnumerable<AdversarialCase> Corners()
    {
        yield return new("diagonals of the square", new Chain("diagonals").Hidden([1, -1, 1, 1], 0, 0).Summed(), Square, 4);
        yield return new("creases that touch corners", new Chain("touching").Hidden([1, 1, 1, -1, 2, 1, 1, 3], -2, 2, 3, -4).Summed(), Square, 1);
        yield return new("creases along all sides", new Chain("sides").Hidden([1, 0, 1, 0, 0, 1, 0, -1], -1, 1, -1, -1).Summed(), Square, 1);
        yield return new("creases along sides in layer 2", new Chain("sides").Hidden([1, 0, 0, 1], 2, 2).Hidden([1, 0, -1, 0, 0, 1, 1, -1, 1, 1], -3, 1, -1, 0, -4).Summed(), Square, 4);
        yield return new("creases along slanted sides", new Chain("slanted").Hidden([1, -2, -3, -1, 2, 3, 1, 1], 0, 7, 0, -1).Summed(), Slice.Plane([0, 0, 2, 1, 1, 4]));
        yield return new("layer 2 through the origin of layer 1", new Chain("vertex").Hidden([1, 0, 0, 1], 0, 0).Hidden([2, -1, 1, -3, -1, 1], 0, 0, 0).Summed(), Square);
        // The first two creases cross at (2/7, 1/7), which is no binary fraction; every crease of the later layers passes there.
        yield return new("later layers through (2/7, 1/7)", new Chain("vertex").Hidden([3, 1, 1, -2, -3, -1, -1, 2], -1, 0, 1, 0)
            .Hidden([1, -2, 0.5, 1, -1, 1, 2, -3, 1, 1, -1, -2], 0, 0, 0).Hidden([1, -1, 0.5, -1, 2, -3], 0, 0).Summed(), Square);
        yield return new("later layers through the crossing of lines with decimal weights", new Chain("vertex").Hidden([0.3, 0.1, 0.1, -0.7, -0.3, -0.1, -0.1, 0.7], -0.1, 0.05, 0.1, -0.05)
            .Hidden([0.1, -0.2, 0.5, 0.3, -0.1, 0.7, 0.2, -0.3], 0, 0).Hidden([0.1, -0.3, -0.7, 0.2], 0, 0).Summed(), Square);
    }

    private static IEnumerable<AdversarialCase> Parallel()
    {
        double one = 0.25, two = Math.BitIncrement(one), three = Math.BitIncrement(two);
        yield return new("parallel creases one ulp apart", new Chain("ulp").Hidden([1, 0.5, 1, 0.5, 1, 0.5], one, two, three).Summed(), Square, 4);
        yield return new("parallel creases two ulps apart, flipped", new Chain("ulp").Hidden([1, 0.5, -1, -0.5], one, -three).Summed(), Square, 3);
        yield return new("parallel creases one ulp apart, decimal slopes", new Chain("ulp").Hidden([0.1, 0.3, 0.1, 0.3, 0.1, 0.3], 0.07, Math.BitIncrement(0.07), Math.BitDecrement(0.07)).Summed(), Square, 4);
        yield return new("one ulp apart and crossed", new Chain("ulp").Hidden([1, 0.5, 1, 0.5, 0.3, -1, 0.7, 0.9], one, two, 0.1, -0.2).Summed(), Square);
        yield return new("one ulp apart in layer 2", new Chain("ulp").Hidden([1, 0.5, 0, 1], 4, 4).Hidden([1, 0, 1, 0, 1, 0, 0, 1], -4.25, -Math.BitIncrement(4.25), -Math.BitDecrement(4.25), -4).Summed(), Square, 8);
        yield return new("one ulp apart in layer 3 over a fold", new Chain("ulp").Hidden([1, 0.5, -1, -0.5], 0, 0).Hidden([1, 1, 1, -1], 1, 1).Hidden([1, 0, 1, 0, 0, 1], -1.5, -Math.BitIncrement(1.5), -1.125).Summed(), Square);
        yield return new("sliver wedge between almost parallel creases", new Chain("wedge").Hidden([1, 1e-16, 1, -1e-16, 1, 0], 0, 0, 0).Summed(), Square, 6);
    }
}
