using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Regions of random hyperplanes by exact enumeration: every region touches a vertex (or, of a central arrangement, a ray), around which all signs of the hyperplanes through it occur.</summary>
public static class Arrangements
{
    /// <summary>Regions of hyperplanes in general position, at most 31 of them, at least as many as dimensions.</summary>
    public static int Affine(int hyperplanes, int dimensions, ulong seed)
    {
        double[][] rows = Rows(hyperplanes, dimensions, seed);
        var signs = new HashSet<uint>();
        foreach (int[] chosen in Subsets(hyperplanes, dimensions))
        {
            double[] vertex = Solve([.. chosen.Select(k => rows[k][..dimensions])], [.. chosen.Select(k => -rows[k][dimensions])]);
            Around(signs, rows, chosen, [.. vertex, 1]);
        }
        return signs.Count;
    }

    /// <summary>Regions of hyperplanes through the origin, in general position otherwise.</summary>
    public static int Central(int hyperplanes, int dimensions, ulong seed)
    {
        double[][] rows = [.. Rows(hyperplanes, dimensions, seed).Select(row => row[..dimensions])];
        var signs = new HashSet<uint>();
        foreach (int[] chosen in Subsets(hyperplanes, dimensions - 1))
        {
            // The ray on the chosen hyperplanes with last coordinate 1, and its opposite.
            double[] ray = Solve([.. chosen.Select(k => rows[k][..(dimensions - 1)])], [.. chosen.Select(k => -rows[k][dimensions - 1])]);
            Around(signs, rows, chosen, [.. ray, 1]);
            Around(signs, rows, chosen, [.. ray.Select(x => -x), -1]);
        }
        return signs.Count;
    }

    private static double[][] Rows(int hyperplanes, int dimensions, ulong seed)
    {
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, hyperplanes).Select(_ => LayerCases.Normals(random, dimensions + 1))];
    }

    private static void Around(HashSet<uint> signs, double[][] rows, int[] chosen, double[] point)
    {
        uint others = 0;
        for (int k = 0; k < rows.Length; k++)
            others |= !chosen.Contains(k) && rows[k].Zip(point, (a, b) => a * b).Sum() > 0 ? 1u << k : 0;
        for (int pattern = 0; pattern < 1 << chosen.Length; pattern++)
            signs.Add(others | (uint)chosen.Select((k, i) => (pattern >> i & 1) << k).Sum());
    }

    private static IEnumerable<int[]> Subsets(int count, int size) =>
        Enumerable.Range(0, 1 << count).Where(set => System.Numerics.BitOperations.PopCount((uint)set) == size).Select(set => Enumerable.Range(0, count).Where(k => (set >> k & 1) == 1).ToArray());

    private static double[] Solve(double[][] a, double[] b)
    {
        int n = b.Length;
        for (int p = 0; p < n; p++)
        {
            int pivot = Enumerable.Range(p, n - p).MaxBy(r => Math.Abs(a[r][p]));
            ((a[p], a[pivot]), (b[p], b[pivot])) = ((a[pivot], a[p]), (b[pivot], b[p]));
            for (int r = p + 1; r < n; r++)
            {
                double factor = a[r][p] / a[p][p];
                for (int c = p; c < n; c++)
                    a[r][c] -= factor * a[p][c];
                b[r] -= factor * b[p];
            }
        }
        for (int p = n - 1; p >= 0; p--)
        {
            for (int c = p + 1; c < n; c++)
                b[p] -= a[p][c] * b[c];
            b[p] /= a[p][p];
        }
        return b;
    }
}
