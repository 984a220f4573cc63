namespace Crease.Tests.Measures;

/// <summary>The point clouds on which golden values of other tools rest.</summary>
internal static class ReferenceClouds
{
    /// <summary>Uniform in the unit ball of R^d.</summary>
    public static double[][] Ball(int count, int d, uint seed) => Ball(count, d, new ReferenceRandom(seed));

    /// <inheritdoc cref="Ball(int, int, uint)"/>
    public static double[][] Ball(int count, int d, ReferenceRandom random)
    {
        double[][] rows = Normals(count, d, random);
        foreach (double[] row in rows)
        {
            double square = row.Sum(x => x * x), factor = Math.Pow(LowerGamma(d / 2.0, square / 2), 1.0 / d) / Math.Sqrt(square);
            for (int c = 0; c < d; c++)
                row[c] *= factor;
        }
        return rows;
    }

    /// <summary>Uniform on the sphere S^d in R^(d+1).</summary>
    public static double[][] Sphere(int count, int d, uint seed)
    {
        double[][] rows = Normals(count, d + 1, new ReferenceRandom(seed));
        return [.. rows.Select(row => Array.ConvertAll(row, x => x / Math.Sqrt(row.Sum(y => y * y))))];
    }

    /// <summary>A Swiss roll: t, then heights.</summary>
    public static double[][] Swiss(int count, uint seed)
    {
        var random = new ReferenceRandom(seed);
        double[] t = [.. Enumerable.Range(0, count).Select(_ => 1.5 * Math.PI * (1 + 2 * random.Uniform()))];
        return [.. t.Select(angle => new[] { angle * Math.Cos(angle), 21 * random.Uniform(), angle * Math.Sin(angle) })];
    }

    /// <summary>Uniform in the unit cube, row by row.</summary>
    public static double[][] Cube(int count, int d, uint seed)
    {
        var random = new ReferenceRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, d).Select(_ => random.Uniform()).ToArray())];
    }

    /// <summary>The same points with zeros behind.</summary>
    public static double[][] Padded(double[][] rows, int columns) => [.. rows.Select(row => (double[])[.. row, .. new double[columns - row.Length]])];

    private static double[][] Normals(int count, int columns, ReferenceRandom random) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, columns).Select(_ => random.Normal()).ToArray())];

    // P(a, x), the regularized lower incomplete gamma function; Γ(a) for whole and half a.
    private static double LowerGamma(double a, double x)
    {
        double logGamma = a % 1 == 0 ? 0 : 0.5 * Math.Log(Math.PI);
        for (double k = a % 1 == 0 ? 1 : 0.5; k < a; k++)
            logGamma += Math.Log(k);
        double front = Math.Exp(a * Math.Log(x) - x - logGamma);
        if (x < a + 1)
        {
            double term = 1 / a, sum = term;
            for (int n = 1; term > 1e-17 * sum; n++)
                sum += term *= x / (a + n);
            return front * sum;
        }
        double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
        for (int i = 1; i < 500; i++)
        {
            double an = -i * (i - a);
            b += 2;
            d = 1 / (an * d + b);
            c = b + an / c;
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16)
                break;
        }
        return 1 - front * h;
    }
}
