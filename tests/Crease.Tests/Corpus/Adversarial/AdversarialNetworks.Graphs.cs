using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <content>Grids of triple points, unusual domains, maxima and classes with ties, and graphs.</content>
public static partial class AdversarialNetworks
{
    private static IEnumerable<AdversarialCase> Grids()
    {
        // Creases x = -3 ... 3 and y = -3 ... 3, and both coordinates passed on above zero.
        double[] weights = [.. Enumerable.Range(-3, 7).SelectMany(_ => new[] { 1.0, 0 }), .. Enumerable.Range(-3, 7).SelectMany(_ => new[] { 0, 1.0 }), 1, 0, 0, 1];
        double[] bias = [.. Enumerable.Range(-3, 7).Select(i => (double)i), .. Enumerable.Range(-3, 7).Select(i => (double)i), 8, 8];
        double[] pass = [.. new double[14], 1, 0, .. new double[14], 0, 1], sum = [.. new double[14], 1, 1];
        Slice box = Slice.Box(-4, 4, -4, 4);
        yield return new("integer grid", new Chain("grid").Hidden(weights, bias).Summed(), box, 64);
        yield return new("integer grid, diagonals in layer 2", new Chain("grid").Hidden(weights, bias).Hidden([.. sum, .. sum, .. sum, .. new double[14], 1, -1, .. pass], -16, -14, -19, 0, 0, 0).Summed(), box);
        yield return new("integer grid, lines through its vertices in layer 3", new Chain("grid").Hidden(weights, bias).Hidden([.. pass, .. sum], 0, 0, 0)
            .Hidden([1, 0, 1, 1, -1, 0, 2, -1, 0, 1, -3, 0, 1, 2, 0, 3, 1, 0, -1, 0, 1, 1, 1, -2, 0, 0, 1, 2, 3, -1], -24, 0, -8, 16, -24, -32, -8, 16, -17, -24).Summed(), box);
        double[] folds = [.. Enumerable.Range(0, 3 * 16).Select(i => (double)(i * 7 % 5 - 2))];
        yield return new("integer grid, folded creases", new Chain("grid").Hidden(weights, bias).Hidden(folds, -8, 3, 0).Hidden([1, -1, 0, 1, 1, -2], 0, 1).Summed(), box);
        double[] steps = [-1, 0, 1];
        yield return new("staircases with knots on a grid", new Chain("knots").Dense([1, 0, 0, 1, 1, 1, 1, -1]).Fold(shape => PiecewiseLinear.Of("staircase", shape, steps, [0, 1, -1, 2], 0))
            .Dense([1, 0, -1, 1, 0, 1, 1, -1]).Fold(shape => PiecewiseLinear.Of("staircase", shape, steps, [1, -1, 0, 2], 1)).Summed(), Slice.Box(-2, 2, -2, 2));
        yield return new("clips and absolute values on a grid", new Chain("knots").Dense([1, 0, 0, 1, 1, 1]).Fold(shape => PiecewiseLinear.Clip(shape, -1, 1))
            .Dense([1, 1, -1, 1, -1, 0]).Fold(PiecewiseLinear.AbsoluteValue).Dense([1, -1, 1, 1], -1, -1).Fold(PiecewiseLinear.AbsoluteValue).Summed(), Slice.Box(-2, 2, -2, 2));
        yield return new("clip with an inverted band one ulp wide", new Chain("knots").Dense([1, 0.5, 0.5, -1]).Fold(shape => PiecewiseLinear.Clip(shape, 0.25, Math.BitIncrement(0.25))).Summed(), Square, 9);
    }

    private static IEnumerable<AdversarialCase> OnDomains()
    {
        var random = new RandomSource(12);
        double[] Normals(int count, double scale = 1) => [.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())];
        Network Around(double x, double y, double size, int width)
        {
            double[] w = Normals(2 * width);
            double[] b = [.. Enumerable.Range(0, width).Select(i => size * 0.4 * random.Normal() - w[2 * i] * x - w[2 * i + 1] * y)];
            return new Chain("offset").Hidden(w, b).Hidden(Normals(width * 4), Normals(4, size * 0.3)).Summed();
        }
        yield return new("box around (1e8, 1e8)", Around(1e8, 1e8, 1, 5), Slice.Box(1e8 - 1, 1e8 + 1, 1e8 - 1, 1e8 + 1));
        yield return new("box around (1e8, -3e7), side 1e-4", Around(1e8, -3e7, 1e-4, 5), Slice.Box(1e8 - 1e-4, 1e8 + 1e-4, -3e7 - 1e-4, -3e7 + 1e-4));
        yield return new("box around (1e8, 1e8), whole weights", new Chain("offset").Hidden([1, 0, 0, 1, 1, 1, 1, -1], -1e8, -1e8, -2e8, 0).Hidden([1, -1, 0, 1, 1, 1, -1, 0], 0, -1).Summed(), Slice.Box(1e8 - 1, 1e8 + 1, 1e8 - 1, 1e8 + 1));
        yield return new("box of side 1e9", Around(0, 0, 1e9, 5), Slice.Box(-1e9, 1e9, -1e9, 1e9));
        yield return new("box of side 1e-12 around 0", Around(0, 0, 1e-12, 5), Slice.Box(-1e-12, 1e-12, -1e-12, 1e-12));
        yield return new("box of side 1e-12 around (0.3, 0.7)", Around(0.3, 0.7, 1e-12, 5), Slice.Box(0.3 - 1e-12, 0.3 + 1e-12, 0.7 - 1e-12, 0.7 + 1e-12));
        yield return new("box of side 1e-150 around 0", Around(0, 0, 1e-150, 5), Slice.Box(-1e-150, 1e-150, -1e-150, 1e-150));
        yield return new("box 1 by 1e-9", Around(0, 0, 1e-9, 6), Slice.Box(-1, 1, -1e-9, 1e-9));
        yield return new("hexagon with creases through all corners", new Chain("hexagon").Hidden([1, 0, 1, -2, 1, 2, 0, 1], 0, 0, 0, 0).Summed(), Slice.Plane([2, 0, 2, 1, 0, 2, -2, 1, -2, -1, 0, -2]));
        yield return new("regular 17-gon", new Chain("disk").Hidden(Normals(12), Normals(6, 0.2)).Hidden(Normals(24), Normals(4, 0.2)).Summed(), Slice.Plane(Domains.Regular(1, 17)));
        yield return new("needle of a triangle", new Chain("needle").Hidden([1, 0, 0, 1, 1, -1e6, 1, 1], -0.5, -1e-7, 0, -0.25).Summed(), Slice.Plane([0, 0, 1, 0, 1, 1e-6]));
        yield return new("rotated plane of a higher space", new Chain("plane", 3).Hidden([1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1], 0, 0, 0, 0).Hidden([1, -1, 0, 0, 0, 1, -1, 0, 1, 1, 1, -2], 0, 0, 0).Summed(), Slice.Of([0, 0, 0], [0.6, 0.8, 0, -0.8, 0.6, 0], Domains.Box(-1, 1, -1, 1)));
    }

    private static IEnumerable<AdversarialCase> Maxima()
    {
        yield return new("max(0, x, 2x)", new Chain("max").Dense([0, 0, 1, 0, 2, 0]).Max(3).Build(), Square, 2);
        yield return new("max(x, 0, 2x)", new Chain("max").Dense([1, 0, 0, 0, 2, 0]).Max(3).Build(), Square, 2);
        yield return new("max(2x, 0, x)", new Chain("max").Dense([2, 0, 0, 0, 1, 0]).Max(3).Build(), Square, 2);
        yield return new("max(x, y, -x, -y)", new Chain("max").Dense([1, 0, 0, 1, -1, 0, 0, -1]).Max(4).Build(), Square, 4);
        yield return new("max of five through one point", new Chain("max").Dense([1, 0, 0, 1, -1, 0, 0, -1, 0, 0]).Max(5).Build(), Square, 4);
        yield return new("max(x, x, y, y)", new Chain("max").Dense([1, 0, 1, 0, 0, 1, 0, 1]).Max(4).Build(), Square, 2);
        yield return new("overlapping windows with shared ties", new Chain("max").Dense([1, 0, 0, 1, 1, 0, 0.5, 0.5, 0, 1]).Max(3).Hidden([1, -1, 0, 0, 1, -1], 0, 0).Summed(), Square);
        yield return new("max behind relu", new Chain("max").Hidden([1, 0, 0, 1, 1, 1, -1, 0], 0, 0, 0, 0).Max(2).Hidden([1, -1, 0, 1, -1, 1], 0, -0.25).Summed(), Square);
        yield return new("max behind relu, windows of four", new Chain("max").Hidden([1, 0, 0, 1, -1, 0, 0, -1, 1, 1, 1, -1], 0, 0, 0, 0, 0, 0).Max(4).Hidden([1, -1, 0, 1, -2, 1], 0, -0.25).Summed(), Square);
        yield return new("max behind a dead relu", new Chain("max").Hidden([1, 0, 0, 1, 0, 0], -2, -2, -1).Max(3).Hidden([1, -1], 0, 0).Summed(), Square, 1);
        yield return new("max of max", new Chain("max").Dense([1, 0, 0, 1, 2, 0, 0, 0, 0, 2, -1, -1], 0, 0, 0, 0, 0, 0).Max(2).Max(3).Summed(), Square);
        yield return new("max whose tie runs along a crease", new Chain("max").Hidden([1, 0, -1, 0, 0, 1], 0, 0, 2).Max(2).Hidden([1, 0, 1, -1], 0, 0).Summed(), Square);
        yield return new("max of lines one ulp apart", new Chain("max").Dense([1, 0.5, 1, 0.5, 0, 0], -0.25, -Math.BitIncrement(0.25), 0).Max(3).Build(), Square, 2);
        (Network fan, Slice plane) = FanNetworks.Make(2897);
        yield return new("max of rounded multiples on a plane of a higher space", fan, plane);
        double[] row = [-0.6732094845668358, 1.396624817189848], third = [.. row.Select(x => x * (-1.0 / 3))], back = [.. third.Select(x => x * 3)];
        yield return new("max of rounded multiples", new Chain("max").Dense([.. row, .. third, .. back]).Max(2).Build(), Square);
        yield return new("max of three almost concurrent", new Chain("max").Dense([1, 0, 0, 1, 0, 0, 1, 1], 0, 0, 0, -1e-17).Max(4).Build(), Square);
    }

    private static IEnumerable<AdversarialCase> Classes()
    {
        yield return new("classes x, 0, 2x tie on a line", new Chain("classes").Dense([1, 0, 0, 0, 2, 0]).Build(), Square, 1);
        yield return new("classes 0, x, 2x tie on a line", new Chain("classes").Dense([0, 0, 1, 0, 2, 0]).Build(), Square, 1);
        yield return new("classes x, y, 0 tie at a point", new Chain("classes").Dense([1, 0, 0, 1, 0, 0]).Build(), Square, 1);
        yield return new("four classes tie at a point", new Chain("classes").Dense([1, 0, 0, 1, -1, 0, 0, -1]).Build(), Square, 1);
        yield return new("classes tie at a crossing of creases", new Chain("classes").Hidden([1, 0, 0, 1, -1, 0, 0, -1], 0, 0, 0, 0).Dense([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1]).Build(), Square, 4);
        yield return new("classes tie along creases only", new Chain("classes").Hidden([1, 0, -1, 0], 0, 0).Dense([1, 0, 0, 1]).Build(), Square, 2);
        yield return new("one output changes its sign along a crease only", new Chain("classes").Hidden([1, 0, -1, 0], 0, 0).Dense([1, -1]).Build(), Square, 2);
        yield return new("equal classes", new Chain("classes").Hidden([1, 0, 0, 1], 0.5, 0.25).Dense([1, -1, 1, -1, 0.5, -1, 0.5, -1]).Build(), Square, 4);
        yield return new("one output, zero on a whole region", new Chain("classes").Hidden([1, 0, 0, 1], 0, 0).Dense([1, -1]).Build(), Square, 4);
        yield return new("boundary through corners of regions", new Chain("classes").Hidden([1, 0, 0, 1, -1, 0, 0, -1], 0, 0, 0, 0).Dense([1, 1, -1, -1]).Build(), Square, 4);
        yield return new("boundary along a side of the domain", new Chain("classes").Hidden([1, 0, 0, 1], 2, 2).Dense([1, 0, 0, 1, 0, 0], 0, 0, 3).Build(), Square, 1);
        yield return new("classes 1e-17 from a three-way tie", new Chain("classes").Dense([1, 0, 0, 1, 0, 0, 1, 1], 0, 0, 0, -1e-17).Build(), Square, 1);
    }

    private static IEnumerable<AdversarialCase> Graphs()
    {
        var chain = new Chain("residual").Dense([1, 0, 0, 1, 1, 1]);
        int skip = chain.At;
        yield return new("residual sum that cancels", chain.Relu().Dense([-1, 0, 0, 0, -1, 0, 0, 0, -1]).Plus(skip).Relu().Summed(), Square);
        chain = new Chain("residual").Hidden([1, 0, 0, 1, -1, 0, 0, -1], 0, 0, 0, 0);
        skip = chain.At;
        yield return new("residual sum of a grid", chain.Dense([1, 0, -1, 0, 0, 1, 0, -1, 1, 1, -1, -1, 1, -1, -1, 1], 0, 0, -0.5, 0).Relu().Plus(skip).Dense([1, -1, 0, 0, 0, 1, -1, 0, 0, 0, 1, -1, -1, 0, 0, 1], 0, 0, 0, 0).Relu().Summed(), Square);
        chain = new Chain("joined").Hidden([1, 0, 0, 1], 0, 0);
        yield return new("concatenation with the input", chain.With(0).Hidden([1, 0, -1, 0, 0, 1, 0, -1, 1, 1, -1, -1, -2, 0, 1, 0], 0, 0, 0, 0).Summed(), Square);
        chain = new Chain("normal").Dense([1, 0, 0, 1, 1, 1]);
        chain.Add(new BatchNormalization(new Shape(3), new double[] { 1, -2, 3 }, new double[] { 0, 0.1, 0.3 }, new double[] { 0, 0.1, 0.2 }, new double[] { 1, 2, 3 }, 1e-5)).Relu();
        yield return new("batch normalization and scaling", chain.Add(new Scaling(new Shape(3), [1, -0.1, 0.3], [0, 0.1, 0])).Hidden([1, -1, 1, -1, 2, -1], 0, 0).Summed(), Square);
        chain = new Chain("joined").Dense([1, 0, 0, 1]);
        int x = chain.At;
        yield return new("absolute value less its parts", chain.Fold(PiecewiseLinear.AbsoluteValue).With(x).Hidden([1, 0, -1, 0, 1, 0, 1, 0, 1, 1, -1, -1, 1, -1, 0, 0], 0, 0, 0, 0).Summed(), Square);
    }
}
