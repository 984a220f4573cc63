using Crease.Geometry;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Compares a partition with the exact oracle in everything the oracle knows.</summary>
internal static class OracleAgreement
{
    public static void Check(Partition partition, RationalPartition exact, string name, bool withBoundary = true)
    {
        Assert.Equal(Crease.Numerics.Status.Complete, partition.Status);
        Assert.True(exact.Mesh.EulerCharacteristic == 1, $"{name}: the oracle's own mesh is broken");
        Same(exact.Cells.Count, partition.RegionCount, "regions");
        Same(string.Join(" ", exact.RegionsPerLayer), string.Join(" ", partition.RegionsPerLayer), "regions per layer");
        Same(exact.Mesh.Vertices.Length, partition.VertexCount, "vertices");
        Same(exact.Mesh.Edges, partition.EdgeCount, "edges");
        Same(1, partition.EulerCharacteristic, "V - E + F");
        Same(exact.Cells.Count, partition.CodeHashes.ToArray().Distinct().Count(), "different codes");
        double area = RationalPoint.Area(exact.Domain).ToDouble();
        Assert.True(Math.Abs(partition.TotalArea - area) <= 1e-12 * area, $"{name}: the regions cover {partition.TotalArea:R} of {area:R}");
        Shapes(partition, exact, area, name);
        if (withBoundary && partition.Boundary is DecisionBoundary boundary)
        {
            Same(exact.Boundary.Inside, boundary.SegmentCount, "boundary segments");
            var pairs = Enumerable.Range(0, boundary.SegmentCount).Select(s => (Math.Max(boundary.Classes[2 * s], 0), boundary.Classes[2 * s] < 0 ? 1 : boundary.Classes[2 * s + 1]))
                .CountBy(pair => pair).OrderBy(entry => entry.Key);
            Same(string.Join(" ", exact.Boundary.PerPair), string.Join(" ", pairs), "boundary segments per pair");
        }

        void Same<T>(T expected, T found, string what) =>
            Assert.True(Equals(expected, found), $"{name}: {what}: exactly {expected}, found {found}");
    }

    // Every region has a cell of its own with the same corners and area, as far as doubles can say where they are.
    private static void Shapes(Partition partition, RationalPartition exact, double domainArea, string name)
    {
        double reach = 0, extent = 0;
        ReadOnlySpan<double> domain = partition.Slice.Domain;
        for (int i = 0; i < domain.Length; i++)
            (reach, extent) = (Math.Max(reach, Math.Abs(domain[i])), Math.Max(extent, Math.Abs(domain[i] - domain[i & 1])));
        double blur = 1e-9 * extent + 1e-14 * reach, areaBlur = 1e-12 * domainArea + 16 * Math.BitIncrement(reach) * Math.ScaleB(1, -52) * extent;
        var cells = exact.Cells.Select(cell => (Corners: cell.Corners.Select(corner => corner.ToDoubles()).ToArray(), Area: RationalPoint.Area(cell.Corners).ToDouble()))
            .OrderBy(cell => cell.Corners.Average(corner => corner.X)).ToList();
        double[] keys = [.. cells.Select(cell => cell.Corners.Average(corner => corner.X))];
        var taken = new bool[cells.Count];
        for (int r = 0; r < partition.RegionCount; r++)
        {
            double[] polygon = partition.Polygon(r);
            double center = partition.Center(r).X, best = double.PositiveInfinity;
            int from = Array.BinarySearch(keys, center - blur), match = -1;
            for (int c = from < 0 ? ~from : from; c < keys.Length && keys[c] <= center + blur; c++)
            {
                double gap = taken[c] || cells[c].Corners.Length != polygon.Length / 2 ? double.PositiveInfinity : Gap(polygon, cells[c].Corners);
                if (gap < best && Math.Abs(cells[c].Area - partition.Areas[r]) <= areaBlur)
                    (best, match) = (gap, c);
            }
            Assert.True(best <= blur, $"{name}: region {r} around ({partition.Center(r)}) with {polygon.Length / 2} corners and area {partition.Areas[r]:R} is none of the exact cells; the nearest is {best:G3} away");
            taken[match] = true;
        }
    }

    // The largest distance of corners when both cycles are laid on each other as well as they can be.
    private static double Gap(double[] polygon, (double X, double Y)[] corners)
    {
        double best = double.PositiveInfinity;
        for (int turn = 0; turn < corners.Length; turn++)
        {
            double worst = 0;
            for (int i = 0; i < corners.Length && worst < best; i++)
            {
                (double x, double y) = corners[(i + turn) % corners.Length];
                worst = Math.Max(worst, Math.Max(Math.Abs(x - polygon[2 * i]), Math.Abs(y - polygon[2 * i + 1])));
            }
            best = Math.Min(best, worst);
        }
        return best;
    }
}
