using Crease.Measures;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Inner products over several tiles, eigenvectors and linear systems against their definitions.</summary>
public sealed class KernelTilesTests
{
    [Theory]
    [InlineData(600, 300, 7)]
    [InlineData(257, 129, 300)]
    [InlineData(1, 128, 128)]
    [InlineData(256, 1, 129)]
    public void Tiles_hold_every_inner_product(int rows, int columns, int terms)
    {
        var random = new RandomSource(1);
        double[] left = LayerCases.Normals(random, rows * terms), right = LayerCases.Normals(random, columns * terms);
        var sum = new KernelSum(rows, columns, long.MaxValue);
        sum.AddProduct(left, right, terms, new RunContext { Threads = 2 });
        KernelMatrix found = sum.Result(1);
        for (int i = 0; i < rows; i += Math.Max(1, rows / 97))
        {
            for (int j = 0; j < columns; j++)
            {
                double expected = 0;
                for (int k = 0; k < terms; k++)
                    expected += left[i * terms + k] * right[j * terms + k];
                Assert.Equal(expected, found[i, j], 1e-11 * terms);
            }
        }
    }

    [Fact]
    public void One_triangle_is_the_whole_and_threads_change_no_bit()
    {
        const int rows = 530, terms = 40;
        double[] values = LayerCases.Normals(new RandomSource(2), rows * terms);
        double[] both = Products(null, 1), all = Products(rows, 3);
        Assert.Equal(all, both);
        Assert.Equal(both, Products(null, 3));

        double[] Products(int? columns, int threads)
        {
            var sum = new KernelSum(rows, columns, long.MaxValue);
            sum.AddProduct(values, values, terms, new RunContext { Threads = threads });
            return sum.Result(1).Values.ToArray();
        }
    }

    [Fact]
    public void Eigenvectors_and_a_linear_solve_rebuild_a_matrix()
    {
        const int size = 90;
        double[] values = LayerCases.Normals(new RandomSource(3), size * size);
        var sum = new KernelSum(size, null, long.MaxValue);
        sum.AddProduct(values, values, size, RunContext.Default);
        KernelMatrix matrix = sum.Result(1);
        (double[] eigenvalues, double[][] vectors) = SymmetricEigen.Of(matrix.ToRows());
        double[] alone = SymmetricEigen.Values(matrix.ToRows());
        for (int i = 0; i < size; i++)
        {
            Assert.Equal(eigenvalues[i], alone[i], 1e-10 * eigenvalues[0]);
            for (int j = 0; j < size; j++)
                Assert.Equal(matrix[i, j], Enumerable.Range(0, size).Sum(k => eigenvalues[k] * vectors[k][i] * vectors[k][j]), 1e-10 * eigenvalues[0]);
        }
        double[] solution = LayerCases.Normals(new RandomSource(4), size), b = new double[size];
        for (int i = 0; i < size; i++)
            b[i] = Enumerable.Range(0, size).Sum(j => matrix[i, j] * solution[j]);
        Cholesky.Of(matrix.Values, size)!.Solve(b);
        for (int i = 0; i < size; i++)
            Assert.Equal(solution[i], b[i], 1e-5);
        Assert.Null(Cholesky.Of([1, 2, 2, 1], 2));
        Assert.Null(Cholesky.Of([1, double.NaN, double.NaN, 1], 2));
        Assert.NotNull(Cholesky.Of([1, 2, 2, 1], 2, ridge: 2));
    }
}
