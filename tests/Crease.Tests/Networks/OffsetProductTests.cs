using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>Products in single precision are one chain of fused multiply-adds per entry, whatever vectors compute them.</summary>
public sealed class OffsetProductTests
{
    [Fact]
    public void Wide_and_narrow_vectors_give_the_bits_of_a_scalar_chain()
    {
        var random = new RandomSource(4);
        foreach (int rows in new[] { 1, 2, 3, 4, 5, 6, 9 })
        {
            foreach (int terms in new[] { 1, 7, 96, 97, 300 })
            {
                foreach (int columns in new[] { 16, 32, 48, 64, 80, 144 })
                {
                    // Rows of B overlap, as those of a convolution do.
                    int[] offsets = [.. Enumerable.Range(0, terms).Select(_ => random.Index(40))];
                    float[] a = Numbers(random, rows * terms), b = Numbers(random, 40 + columns), start = Numbers(random, rows * columns);
                    float[] expected = [.. start], wide = [.. start], narrow = [.. start], chosen = [.. start];
                    for (int entry = 0; entry < expected.Length; entry++)
                    {
                        (int row, int column) = Math.DivRem(entry, columns);
                        for (int term = 0; term < terms; term++)
                            expected[entry] = MathF.FusedMultiplyAdd(b[offsets[term] + column], a[row * terms + term], expected[entry]);
                    }
                    OffsetProduct.AddWide(a, terms, rows, offsets, b, wide, columns, columns);
                    OffsetProduct.AddNarrow(a, terms, rows, offsets, b, narrow, columns, columns);
                    OffsetProduct.Add(a, terms, rows, offsets, b, chosen, columns, columns);
                    Assert.Equal(expected, wide);
                    Assert.Equal(expected, narrow);
                    Assert.Equal(expected, chosen);
                }
            }
        }
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(7, 64)]
    [InlineData(100, 150)]
    public void A_packed_matrix_multiplies_as_the_matrix(int terms, int columns)
    {
        var random = new RandomSource(6);
        int padded = OffsetProduct.Padded(columns);
        double[] matrix = LayerCases.Normals(random, terms * columns), turned = new double[matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
            turned[i % columns * terms + i / columns] = matrix[i];
        float[] rows = Numbers(random, 3 * terms), product = new float[3 * padded], again = new float[3 * padded];
        new PackedMatrix(matrix, terms, columns, isTransposed: false).AddTo(rows, 3, product);
        new PackedMatrix(turned, terms, columns, isTransposed: true).AddTo(rows, 3, again);
        Assert.Equal(product, again);
        for (int r = 0; r < 3; r++)
        {
            for (int c = 0; c < columns; c++)
                Assert.Equal(Enumerable.Range(0, terms).Sum(t => rows[r * terms + t] * matrix[t * columns + c]), product[r * padded + c], 1e-5 * terms);
        }
    }

    private static float[] Numbers(RandomSource random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Normal())];
}
