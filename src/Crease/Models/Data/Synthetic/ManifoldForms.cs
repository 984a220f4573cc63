using Crease.Numerics;

namespace Crease.Models;

/// <summary>The closed forms of the benchmark.</summary>
internal static class ManifoldForms
{
    private const double Turn = 2 * Math.PI;

    // Rows of the affine map of M2, the last column the offset.
    private static readonly double[][] Affine = [[1.2, -0.5, 0, 3], [0.5, 0.9, 0, -1], [-0.5, -0.2, 1, 0], [0.4, -0.9, -0.1, 0], [1.1, -0.3, 0, 8]];

    public static ManifoldForm[] All { get; } =
    [
        new("M1", 10, 11, random => Sphere(random, 11)),
        new("M2", 3, 5, AffineMap),
        new("M3", 4, 6, Polynomial),
        new("M4", 4, 8, random => Curled(random, 4, 1)),
        new("M5", 2, 3, Helix),
        new("M6", 6, 36, random => Curled(random, 6, 3)),
        new("M7", 2, 3, Roll),
        new("M8", 12, 72, random => Curled(random, 12, 3)),
        new("M9", 20, 20, random => Many(20, () => random.Uniform(-2.5, 2.5))),
        new("M10a", 10, 11, random => CubeSurface(random, 11)),
        new("M10b", 17, 18, random => CubeSurface(random, 18)),
        new("M10c", 24, 25, random => CubeSurface(random, 25)),
        new("M10d", 70, 71, random => CubeSurface(random, 71)),
        new("M11", 2, 3, Moebius),
        new("M12", 20, 20, random => Many(20, random.Normal)),
        new("M13a", 2, 3, Scurve),
        new("M13b", 1, 13, Spiral),
        new("Mbeta", 10, 40, random => Folded(Many(10, () => Beta(random)), x => x * Math.Sin(Math.Cos(Turn * x)), x => x * Math.Cos(Math.Sin(Turn * x)))),
        new("Mn1", 18, 72, random => Mirrored(Many(18, random.Uniform))),
        new("Mn2", 24, 96, random => Mirrored(Many(24, random.Uniform))),
        new("Mp1", 3, 12, random => Paraboloid(random, 3)),
        new("Mp2", 6, 21, random => Paraboloid(random, 6)),
        new("Mp3", 9, 30, random => Paraboloid(random, 9)),
    ];

    private static double[] Many(int count, Func<double> draw)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = draw();
        return values;
    }

    private static double[] Sphere(RandomSource random, int columns)
    {
        double[] point = Many(columns, random.Normal);
        double norm = Math.Sqrt(point.Sum(x => x * x));
        return Array.ConvertAll(point, x => x / norm);
    }

    private static double[] AffineMap(RandomSource random)
    {
        double[] p = Many(3, () => random.Uniform(0, 4));
        return Array.ConvertAll(Affine, row => row[0] * p[0] + row[1] * p[1] + row[2] * p[2] + row[3]);
    }

    private static double[] Polynomial(RandomSource random)
    {
        double[] p = Many(4, random.Uniform);
        return
        [
            p[1] * p[1] * Math.Cos(Turn * p[0]), p[2] * p[2] * Math.Sin(Turn * p[0]), p[1] + p[2] + Square(p[1] - p[3]), p[1] - 2 * p[2] + Square(p[0] - p[3]), -p[1] - 2 * p[2] + Square(p[2] - p[3]),
            Square(p[0]) - Square(p[1]) + Square(p[2]) - Square(p[3]),
        ];
    }

    // (p_(i+1) cos 2π p_i, p_(i+1) sin 2π p_i), all of it several times.
    private static double[] Curled(RandomSource random, int d, int copies)
    {
        double[] p = Many(d, random.Uniform), point = new double[2 * d * copies];
        for (int c = 0; c < point.Length; c++)
        {
            int i = c / 2 % d;
            point[c] = p[(i + 1) % d] * (c % 2 == 0 ? Math.Cos(Turn * p[i]) : Math.Sin(Turn * p[i]));
        }
        return point;
    }

    private static double[] Helix(RandomSource random)
    {
        double radius = random.Uniform(0, 10 * Math.PI), angle = random.Uniform(0, 10 * Math.PI);
        return [radius * Math.Cos(angle), radius * Math.Sin(angle), 0.5 * angle];
    }

    private static double[] Roll(RandomSource random)
    {
        double t = random.Uniform(1.5 * Math.PI, 4.5 * Math.PI), height = random.Uniform(0, 21);
        return [t * Math.Cos(t), height, t * Math.Sin(t)];
    }

    private static double[] CubeSurface(RandomSource random, int columns)
    {
        double[] point = Many(columns, random.Uniform);
        int side = random.Index(2 * columns);
        point[side / 2] = side % 2;
        return point;
    }

    private static double[] Moebius(RandomSource random)
    {
        double angle = random.Uniform(0, Turn), across = random.Uniform(-0.5, 0.5), radius = 1 + across * Math.Cos(5 * angle);
        return [radius * Math.Cos(angle), radius * Math.Sin(angle), across * Math.Sin(5 * angle)];
    }

    private static double[] Scurve(RandomSource random)
    {
        double t = random.Uniform(-1.5 * Math.PI, 1.5 * Math.PI), height = random.Uniform(0, 2);
        return [Math.Sin(t), height, Math.Sign(t) * (Math.Cos(t) - 1)];
    }

    private static double[] Spiral(RandomSource random)
    {
        double t = random.Uniform(0, 10 * Math.PI);
        return [100 * Math.Cos(t), 100 * Math.Sin(t), t, .. new double[10]];
    }

    private static double[] Folded(double[] p, Func<double, double> first, Func<double, double> second)
    {
        double[] a = [.. p.Select(first)], b = [.. p.Select(second)];
        return [.. a, .. b, .. a, .. b];
    }

    private static double[] Mirrored(double[] p)
    {
        double[] a = [.. p.Select((x, i) => Math.Tan(x * Math.Cos(p[^(i + 1)])))], b = [.. p.Select((x, i) => Math.Atan(p[^(i + 1)] * Math.Sin(x)))];
        return [.. a, .. b, .. a, .. b];
    }

    private static double[] Paraboloid(RandomSource random, int d)
    {
        double first = Exponential(random);
        double[] x = Many(d, () => 1 / (1 + Exponential(random) / first)), lifted = [.. x, x.Sum(Square)];
        return [.. lifted, .. lifted.Select(Math.Sin), .. lifted.Select(Square)];
    }

    // Beta(10, 1/2) as a ratio of Gamma draws: ten exponentials, and half the square of a normal.
    private static double Beta(RandomSource random)
    {
        double ten = 0;
        for (int i = 0; i < 10; i++)
            ten += Exponential(random);
        return ten / (ten + Square(random.Normal()) / 2);
    }

    private static double Exponential(RandomSource random) => -Math.Log(1 - random.Uniform());

    private static double Square(double x) => x * x;
}
