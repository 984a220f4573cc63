using System.Numerics;

namespace Crease.Numerics;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix, on one thread: the same matrix gives the same bits anywhere.</summary>
/// <remarks>Source: Householder reduction and implicit QL as in EISPACK's tred2 and tql2 (<c>smith1976eispack</c>). Cost: about 9 size³ FLOPs.</remarks>
internal static class SymmetricEigen
{
    private const int MostSteps = 60;

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">Shape [size, size]; symmetric.</param>
    /// <returns>Eigenvalues, largest first, and their unit vectors as rows. Shape [size] and [size][size].</returns>
    /// <exception cref="InvalidOperationException">A number is not finite.</exception>
    public static (double[] Values, double[][] Vectors) Of(double[][] matrix)
    {
        int size = matrix.Length;
        double[][] v = [.. matrix.Select(row => (double[])row.Clone())];
        double[] d = new double[size], e = new double[size];
        if (size > 0)
        {
            Reduce(v, d, e);
            Accumulate(v, d);
            Diagonalize(v, d, e);
        }
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(i => d[i])];
        return ([.. order.Select(i => d[i])], [.. order.Select(i => v[i])]);
    }

    /// <summary>Only the eigenvalues, largest first: about a fifth of the work.</summary>
    /// <param name="matrix">Shape [size, size]; symmetric.</param>
    /// <exception cref="InvalidOperationException">A number is not finite.</exception>
    public static double[] Values(double[][] matrix)
    {
        int size = matrix.Length;
        double[][] v = [.. matrix.Select(row => (double[])row.Clone())];
        double[] d = new double[size], e = new double[size];
        if (size > 0)
        {
            Reduce(v, d, e);
            for (int i = 0; i < size; i++)
                d[i] = v[i][i];
            Diagonalize([], d, e);
        }
        Array.Sort(d);
        Array.Reverse(d);
        return d;
    }

    // To three diagonals: d and e; v becomes the transformation, column by column, so that the inner loops walk along rows of memory.
    private static void Reduce(double[][] v, double[] d, double[] e)
    {
        int n = d.Length;
        Array.Copy(v[n - 1], d, n);
        for (int i = n - 1; i > 0; i--)
        {
            double scale = 0, h = 0;
            for (int k = 0; k < i; k++)
                scale += Math.Abs(d[k]);
            if (scale == 0)
            {
                e[i] = d[i - 1];
                for (int j = 0; j < i; j++)
                    (d[j], v[j][i], v[i][j]) = (v[j][i - 1], 0, 0);
            }
            else
            {
                for (int k = 0; k < i; k++)
                {
                    d[k] /= scale;
                    h += d[k] * d[k];
                }
                double f = d[i - 1], g = f > 0 ? -Math.Sqrt(h) : Math.Sqrt(h);
                e[i] = scale * g;
                h -= f * g;
                d[i - 1] = f - g;
                Array.Clear(e, 0, i);
                for (int j = 0; j < i; j++)
                {
                    f = v[i][j] = d[j];
                    g = e[j] + v[j][j] * f;
                    for (int k = j + 1; k < i; k++)
                    {
                        g += v[j][k] * d[k];
                        e[k] += v[j][k] * f;
                    }
                    e[j] = g;
                }
                f = 0;
                for (int j = 0; j < i; j++)
                {
                    e[j] /= h;
                    f += e[j] * d[j];
                }
                for (int j = 0; j < i; j++)
                    e[j] -= f / (h + h) * d[j];
                for (int j = 0; j < i; j++)
                {
                    (f, g) = (d[j], e[j]);
                    for (int k = j; k < i; k++)
                        v[j][k] -= f * e[k] + g * d[k];
                    (d[j], v[j][i]) = (v[j][i - 1], 0);
                }
            }
            d[i] = h;
        }
        e[0] = 0;
    }

    private static void Accumulate(double[][] v, double[] d)
    {
        int n = d.Length;
        for (int i = 0; i < n - 1; i++)
        {
            (v[i][n - 1], v[i][i]) = (v[i][i], 1);
            double h = d[i + 1];
            if (h != 0)
            {
                for (int k = 0; k <= i; k++)
                    d[k] = v[i + 1][k] / h;
                for (int j = 0; j <= i; j++)
                {
                    double g = 0;
                    for (int k = 0; k <= i; k++)
                        g += v[i + 1][k] * v[j][k];
                    for (int k = 0; k <= i; k++)
                        v[j][k] -= g * d[k];
                }
            }
            for (int k = 0; k <= i; k++)
                v[i + 1][k] = 0;
        }
        for (int j = 0; j < n; j++)
            (d[j], v[j][n - 1]) = (v[j][n - 1], 0);
        v[n - 1][n - 1] = 1;
    }

    private static void Diagonalize(double[][] v, double[] d, double[] e)
    {
        int n = d.Length;
        for (int i = 1; i < n; i++)
            e[i - 1] = e[i];
        e[n - 1] = 0;
        double f = 0, largest = 0;
        for (int l = 0; l < n; l++)
        {
            largest = Math.Max(largest, Math.Abs(d[l]) + Math.Abs(e[l]));
            int m = l;
            while (m < n - 1 && Math.Abs(e[m]) > Math.Pow(2, -52) * largest)
                m++;
            for (int steps = 0; m > l && Math.Abs(e[l]) > Math.Pow(2, -52) * largest; steps++)
            {
                if (steps == MostSteps || !double.IsFinite(e[l]))
                    throw new InvalidOperationException("the matrix has no eigenvalues in 64 bits; expected finite numbers");
                f += Step(v, d, e, l, m);
            }
            d[l] += f;
            e[l] = 0;
        }
    }

    // One implicit QL step on l..m; returns the shift that all later values have lost.
    private static double Step(double[][] v, double[] d, double[] e, int l, int m)
    {
        double g = d[l], p = (d[l + 1] - g) / (2 * e[l]), r = Math.CopySign(Math.Sqrt(p * p + 1), p);
        d[l] = e[l] / (p + r);
        d[l + 1] = e[l] * (p + r);
        double next = d[l + 1], shift = g - d[l];
        for (int i = l + 2; i < d.Length; i++)
            d[i] -= shift;
        p = d[m];
        double c = 1, c2 = 1, c3 = 1, s = 0, s2 = 0, second = e[l + 1];
        for (int i = m - 1; i >= l; i--)
        {
            (c3, c2, s2) = (c2, c, s);
            g = c * e[i];
            double h = c * p;
            r = Math.Sqrt(p * p + e[i] * e[i]);
            e[i + 1] = s * r;
            (s, c) = (e[i] / r, p / r);
            p = c * d[i] - s * g;
            d[i + 1] = h + s * (c * g + s * d[i]);
            if (v.Length > 0)
                Rotate(v[i], v[i + 1], c, s);
        }
        p = -s * s2 * c3 * second * e[l] / next;
        e[l] = s * p;
        d[l] = c * p;
        return shift;
    }

    // Products and sums are rounded one by one, so that vectors give the bits of single numbers.
    private static void Rotate(double[] first, double[] second, double c, double s)
    {
        int k = 0;
        Vector<double> cosines = new(c), sines = new(s);
        for (; k + Vector<double>.Count <= first.Length; k += Vector<double>.Count)
        {
            Vector<double> x = new(first, k), y = new(second, k);
            (sines * x + cosines * y).CopyTo(second, k);
            (cosines * x - sines * y).CopyTo(first, k);
        }
        for (; k < first.Length; k++)
            (first[k], second[k]) = (c * first[k] - s * second[k], s * first[k] + c * second[k]);
    }
}
