using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>The blocked product against a scalar loop of fused multiply-adds in the same order.</summary>
public sealed class MatrixProductTests
{
    [Fact]
    public void Every_shape_gives_the_bits_of_the_scalar_loop()
    {
        var random = new RandomSource(1);
        foreach (int rows in new[] { 1, 2, 3, 4, 5, 7, 8, 50 })
        {
            foreach (int columns in new[] { 8, 16, 24, 32, 40, 72, 200 })
            {
                const int Inner = 13;
                int aStride = Inner + 2, bStride = columns + 8, cStride = columns + 16;
                double[] a = GraphNetworks.Normals(random, 3 + rows * aStride, 1), b = GraphNetworks.Normals(random, Inner * bStride, 1), c = GraphNetworks.Normals(random, 5 + rows * cStride, 1);
                int[] terms = [0, 2, 3, 7, 12];
                double[] expected = [.. c];
                for (int r = 0; r < rows; r++)
                {
                    for (int j = 0; j < columns; j++)
                    {
                        foreach (int k in terms)
                            expected[5 + r * cStride + j] = Math.FusedMultiplyAdd(b[k * bStride + j], a[3 + r * aStride + k], expected[5 + r * cStride + j]);
                    }
                }
                MatrixProduct.Add(a, 3, aStride, rows, terms, b, bStride, c, 5, cStride, columns);
                Assert.Equal(expected, c);
            }
        }
    }
}
