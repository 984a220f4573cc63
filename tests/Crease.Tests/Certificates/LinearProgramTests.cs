using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Linear programs on boxes against the enumeration of all vertices, and against the conditions of optimality.</summary>
public sealed class LinearProgramTests
{
    private const double Tolerance = 1e-8;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Minima_are_those_of_the_vertices(int columns)
    {
        (int optimal, int infeasible, int cut) = (0, 0, 0);
        for (ulong seed = 0; seed < 300; seed++)
        {
            var random = new RandomSource(seed);
            int rows = random.Index(9);
            double[] costs = Normals(random, columns), limits = [.. Normals(random, rows).Select(limit => limit + 0.3)], lower = Enumerable.Repeat(-1.0, columns).ToArray(), upper = Enumerable.Repeat(1.0, columns).ToArray();
            double[][] matrix = [.. Enumerable.Range(0, rows).Select(_ => Normals(random, columns))];
            // Equal and opposite rows, and rows of one entry, are where methods stumble.
            if (rows > 3)
                (matrix[0], matrix[1], matrix[2]) = ([.. matrix[3]], [.. matrix[3].Select(entry => -entry)], [1, .. new double[columns - 1]]);
            double? expected = LeastVertex(costs, matrix, limits, lower, upper);
            var program = new BoxedLinearProgram(costs, matrix, limits, lower, upper);
            LinearProgramOutcome outcome = program.Solve(1000);
            Assert.NotEqual(LinearProgramOutcome.Stopped, outcome);
            if (expected is not double least)
            {
                Assert.Equal(LinearProgramOutcome.Infeasible, outcome);
                Assert.True(Dual(new double[columns], program.Multipliers, matrix, limits, lower, upper) > 0, $"seed {seed}: the contradiction is none");
                infeasible++;
                continue;
            }
            Assert.Equal(LinearProgramOutcome.Optimal, outcome);
            Check(costs, program, matrix, limits, lower, upper, least, $"seed {seed}");
            optimal++;
            cut += program.Multipliers.Any(multiplier => multiplier > 0) ? 1 : 0;
        }
        Assert.True(optimal >= 100 && infeasible >= 10 && cut >= 60, $"{optimal} optimal, {cut} of them with multipliers, {infeasible} infeasible");
    }

    [Fact]
    public void Larger_programs_meet_the_conditions_of_optimality()
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            const int rows = 60, columns = 120;
            var random = new RandomSource(seed);
            double[] costs = Normals(random, columns), inside = [.. Enumerable.Range(0, columns).Select(_ => random.Uniform(-0.9, 0.9))], lower = Enumerable.Repeat(-1.0, columns).ToArray(), upper = Enumerable.Repeat(1.0, columns).ToArray();
            double[][] matrix = [.. Enumerable.Range(0, rows).Select(_ => Normals(random, columns))];
            double[] limits = [.. matrix.Select(row => Product(row, inside) + random.Uniform() * 0.1)];
            var program = new BoxedLinearProgram(costs, matrix, limits, lower, upper);
            Assert.Equal(LinearProgramOutcome.Optimal, program.Solve(10_000));
            Check(costs, program, matrix, limits, lower, upper, Product(costs, program.Point), $"seed {seed}");
            Assert.Contains(program.Multipliers, multiplier => multiplier > 0);
        }
    }

    // Feasible, and the dual value equals the primal one: by weak duality both are the minimum.
    private static void Check(double[] costs, BoxedLinearProgram program, double[][] matrix, double[] limits, double[] lower, double[] upper, double expected, string name)
    {
        double[] point = program.Point;
        Assert.All(program.Multipliers, multiplier => Assert.True(multiplier >= 0));
        for (int i = 0; i < point.Length; i++)
            Assert.InRange(point[i], lower[i] - Tolerance, upper[i] + Tolerance);
        for (int r = 0; r < limits.Length; r++)
            Assert.True(Product(matrix[r], point) <= limits[r] + Tolerance, $"{name}: row {r} is off by {Product(matrix[r], point) - limits[r]}");
        Assert.Equal(expected, Product(costs, point), Tolerance);
        Assert.Equal(expected, Dual(costs, program.Multipliers, matrix, limits, lower, upper), Tolerance);
    }

    private static double Dual(double[] costs, double[] multipliers, double[][] matrix, double[] limits, double[] lower, double[] upper)
    {
        double sum = -Product(multipliers, limits);
        for (int i = 0; i < costs.Length; i++)
        {
            double slope = costs[i] + Enumerable.Range(0, limits.Length).Sum(r => multipliers[r] * matrix[r][i]);
            sum += slope * (slope < 0 ? upper[i] : lower[i]);
        }
        return sum;
    }

    // The least value at a feasible point where as many constraints as there are columns hold with equality.
    private static double? LeastVertex(double[] costs, double[][] matrix, double[] limits, double[] lower, double[] upper)
    {
        int columns = costs.Length;
        var all = new List<double[]>();
        for (int r = 0; r < limits.Length; r++)
            all.Add([.. matrix[r], -limits[r]]);
        for (int i = 0; i < columns; i++)
        {
            all.Add([.. Enumerable.Range(0, columns).Select(j => j == i ? 1.0 : 0), -upper[i]]);
            all.Add([.. Enumerable.Range(0, columns).Select(j => j == i ? -1.0 : 0), lower[i]]);
        }
        double? least = null;
        foreach (int[] chosen in Choices(all.Count, columns))
        {
            double[] at = Cross([.. chosen.Select(k => all[k])]);
            if (Math.Abs(at[columns]) < 1e-9)
                continue;
            double[] point = [.. at[..columns].Select(value => value / at[columns])];
            if (all.TrueForAll(row => Product(row[..columns], point) + row[columns] <= 1e-9))
                least = Math.Min(least ?? double.PositiveInfinity, Product(costs, point));
        }
        return least;
    }

    private static IEnumerable<int[]> Choices(int count, int size)
    {
        if (size == 0)
            return [[]];
        return Enumerable.Range(0, count).SelectMany(last => Choices(last, size - 1).Select(rest => (int[])[.. rest, last]));
    }

    // Homogeneous coordinates of the point on two lines or three planes.
    private static double[] Cross(double[][] rows) => [.. Enumerable.Range(0, rows.Length + 1).Select(skip => (skip % 2 == 0 ? 1 : -1) * Determinant([.. rows.Select(row => (double[])[.. row.Where((_, i) => i != skip)])]))];

    private static double Determinant(double[][] rows) => rows.Length == 2
        ? rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]
        : rows[0][0] * (rows[1][1] * rows[2][2] - rows[1][2] * rows[2][1]) - rows[0][1] * (rows[1][0] * rows[2][2] - rows[1][2] * rows[2][0]) + rows[0][2] * (rows[1][0] * rows[2][1] - rows[1][1] * rows[2][0]);

    private static double Product(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[] Normals(RandomSource random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Normal())];
}
