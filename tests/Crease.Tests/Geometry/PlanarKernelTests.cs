using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>The vectorized kernels of the planar engine against plain loops, and what the engine allocates.</summary>
public sealed class PlanarKernelTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 1)]
    [InlineData(8, 3)]
    [InlineData(31, 2)]
    [InlineData(32, 7)]
    [InlineData(77, 12)]
    public void Columns_add_up_as_in_plain_loops(int rows, int sources)
    {
        var random = new RandomSource((ulong)(rows + 100 * sources));
        int stride = (rows + 7) & ~7, all = 15;
        double[] columns = Numbers(random, all * stride + 3), from = Numbers(random, 3 * stride + 16), to = new double[3 * stride + 16];
        var terms = new Sources();
        for (int i = 0; i < sources; i++)
            terms.Add(random.Index(all), random.Normal(), random.Normal(), random.Normal());
        ColumnKernel.Add(new Rows(from, 5, stride), new Rows(to, 2, stride), rows, columns, 3, stride, terms);
        for (int row = 0; row < rows; row++)
        {
            (double a, double b, double c) = (from[5 + row], from[5 + stride + row], from[5 + 2 * stride + row]);
            for (int i = 0; i < sources; i++)
            {
                double weight = columns[3 + terms.Units[i] * stride + row];
                (a, b, c) = (Math.FusedMultiplyAdd(weight, terms.A[i], a), Math.FusedMultiplyAdd(weight, terms.B[i], b), Math.FusedMultiplyAdd(weight, terms.C[i], c));
            }
            Assert.Equal((a, b, c), (to[2 + row], to[2 + stride + row], to[2 + 2 * stride + row]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(64)]
    public void Sides_and_the_nearest_line_are_those_of_plain_loops(int lines)
    {
        var random = new RandomSource((ulong)lines);
        double[] a = Numbers(random, lines + 8), b = Numbers(random, lines + 8), c = Numbers(random, lines + 8);
        CellCorner[] polygon = [.. Enumerable.Range(0, 5).Select(i => new CellCorner { X = random.Normal(), Y = random.Normal(), Doubt = i == 0 ? 0.5 : 0.01 })];
        byte[] above = new byte[lines / 8 + 1], below = new byte[lines / 8 + 1], doubtful = new byte[lines / 8 + 1];
        SignKernel.Sides(ref a[0], ref b[0], ref c[0], 0.25, lines, polygon, above, below, doubtful);
        for (int i = 0; i < lines; i++)
        {
            double[] z = [.. polygon.Select(corner => Math.FusedMultiplyAdd(a[i], corner.X, Math.FusedMultiplyAdd(b[i], corner.Y, c[i] - 0.25)))];
            Assert.Equal(Enumerable.Range(0, 5).Any(v => z[v] > polygon[v].Doubt), (above[i >> 3] >> (i & 7) & 1) != 0);
            Assert.Equal(Enumerable.Range(0, 5).Any(v => z[v] < -polygon[v].Doubt), (below[i >> 3] >> (i & 7) & 1) != 0);
            Assert.Equal(Enumerable.Range(0, 5).Any(v => Math.Abs(z[v]) <= polygon[v].Doubt), (doubtful[i >> 3] >> (i & 7) & 1) != 0);
        }
        int nearest = Enumerable.Range(0, lines).MinBy(i => Math.Abs(a[i] * 0.3 + b[i] * 0.2 + c[i]) / Math.Sqrt(a[i] * a[i] + b[i] * b[i]));
        Assert.Equal(nearest, SignKernel.Nearest(ref a[0], ref b[0], ref c[0], lines, 0.3, 0.2));
        Assert.Equal(a.Take(lines).Max(Math.Abs) + b.Take(lines).Max(Math.Abs), SignKernel.Gradient(ref a[0], ref b[0], lines));
    }

    [Fact]
    public void Planes_bound_every_value_of_the_units_behind_them()
    {
        var random = new RandomSource(4);
        CellCorner[] polygon = [new() { X = -0.3, Y = -0.2 }, new() { X = 0.4, Y = -0.1 }, new() { X = 0.1, Y = 0.5 }];
        const int Rows = 11, Sources = 6, Stride = 24;
        double[] affine = Numbers(random, 3 * Stride), columns = Numbers(random, Sources * Stride), planes = new double[6 * Sources], bounds = new double[8 * Stride], z = Numbers(random, 3 * Sources);
        for (int j = 0; j < Sources; j++)
        {
            double[] values = [.. polygon.Select(corner => z[3 * j] * corner.X + z[3 * j + 1] * corner.Y + z[3 * j + 2])];
            BoundKernel.Relu((z[3 * j], z[3 * j + 1], z[3 * j + 2]), default, values.Min(), values.Max(), planes.AsSpan(6 * j, 6));
        }
        BoundKernel.Planes(new Rows(affine, 0, Stride), Rows, columns, 0, Stride, planes, Sources, polygon, bounds, Stride);
        for (int trial = 0; trial < 300; trial++)
        {
            double p = random.Uniform(), q = random.Uniform() * (1 - p), x = polygon[0].X + p * (polygon[1].X - polygon[0].X) + q * (polygon[2].X - polygon[0].X), y = polygon[0].Y + p * (polygon[1].Y - polygon[0].Y) + q * (polygon[2].Y - polygon[0].Y);
            for (int row = 0; row < Rows; row++)
            {
                double value = affine[row] * x + affine[Stride + row] * y + affine[2 * Stride + row];
                for (int j = 0; j < Sources; j++)
                    value += columns[j * Stride + row] * Math.Max(0, z[3 * j] * x + z[3 * j + 1] * y + z[3 * j + 2]);
                Assert.InRange(value, bounds[6 * Stride + row] - 1e-12, bounds[7 * Stride + row] + 1e-12);
            }
        }
    }

    [Fact]
    public void Finding_a_region_allocates_nothing()
    {
        Network network = SmallNetworks.Random(5, PiecewiseLinear.Relu, 2, 48, 48, 48, 3);
        var partitioner = new PlanarPartitioner(network);
        var run = new RunContext { Threads = 1 };
        (long few, long fewBytes) = Allocated(0.5);
        (long many, long manyBytes) = Allocated(2);
        Assert.True(many > few + 2000 && manyBytes - fewBytes < many - few, $"{fewBytes} bytes for {few} regions, {manyBytes} for {many}");

        // The tree of parts is made anew for each cut and has the same size for both.
        (long Regions, long Bytes) Allocated(double radius)
        {
            Slice slice = Slice.Box(-radius, radius, -radius, radius);
            partitioner.Stream(slice, _ => { }, run);
            long before = GC.GetAllocatedBytesForCurrentThread(), regions = partitioner.Stream(slice, _ => { }, run).Regions;
            return (regions, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static double[] Numbers(RandomSource random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Normal())];
}
