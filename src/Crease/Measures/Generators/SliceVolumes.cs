using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Volume elements of a generator on every region of a two-dimensional slice of its latent space.</summary>
/// <remarks>
/// Notation: vol_ω = √det(A_ω'A_ω) ↔ <see cref="LogVolumes"/>; the slice's own area element, that of A_ω restricted to the plane, ↔ <see cref="LogAreas"/>; for two latents they are equal. A latent density p becomes
/// p(z) / vol_ω on the manifold where g is injective; densities of regions that map to the same point add. Exactness: exact; one number per region, since the map is affine there.
/// </remarks>
public sealed class SliceVolumes
{
    private readonly double[] _logVolumes, _logAreas;

    private SliceVolumes(GeneratorVolumes generator, Partition partition, double[] logVolumes, double[] logAreas) =>
        (Generator, Partition, _logVolumes, _logAreas) = (generator, partition, logVolumes, logAreas);

    /// <summary>The generator.</summary>
    public GeneratorVolumes Generator { get; }

    /// <summary>The cut slice.</summary>
    public Partition Partition { get; }

    /// <summary>Logarithm of the volume element of each region; negative infinity for rank-deficient maps. Shape [regions].</summary>
    public ReadOnlySpan<double> LogVolumes => _logVolumes;

    /// <summary>Logarithm of the area element of the slice on each region. Shape [regions].</summary>
    public ReadOnlySpan<double> LogAreas => _logAreas;

    /// <summary>Area of the image of the slice in output space, counted as often as it is covered.</summary>
    public double SurfaceArea => Enumerable.Range(0, _logAreas.Length).Sum(region => Partition.Areas[region] * Math.Exp(_logAreas[region]));

    /// <summary>Regions with a volume of 0.</summary>
    public int ZeroRegions => _logVolumes.Count(double.IsNegativeInfinity);

    /// <summary>Cuts a slice and measures.</summary>
    /// <param name="generator">The generator, prepared.</param>
    /// <param name="slice">A two-dimensional slice of its latent space.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <param name="options">Limits of the cut; null for the defaults.</param>
    /// <exception cref="ArgumentException">The slice does not fit.</exception>
    public static SliceVolumes Of(GeneratorVolumes generator, Slice slice, RunContext? run = null, CutOptions? options = null)
    {
        run ??= RunContext.Default;
        Partition partition = new PlanarPartitioner(generator.Network).Cut(slice, run, options);
        double[] volumes = new double[partition.RegionCount], areas = new double[partition.RegionCount];
        Workers.InParts(partition.RegionCount, 16, run, () => 0, (_, first, count) =>
        {
            for (int region = first; region < first + count; region++)
            {
                (double x, double y) = partition.Center(region);
                double[] slopes = generator.Slopes(slice.Decode(x, y)).Slopes;
                volumes[region] = VolumeElement.Log(slopes, generator.Latents, generator.Top);
                areas[region] = generator.Outputs < 2 ? double.NegativeInfinity : VolumeElement.Log(Restricted(slopes, slice), 2);
            }
        });
        return new SliceVolumes(generator, partition, volumes, areas);
    }

    /// <summary>The share of each region when uniform points of the slice are weighted by vol_ω^ρ.</summary>
    /// <param name="polarity">ρ: 0 leaves the uniform latents as they are, 1 is uniform in area of the manifold (for two latents), below 0 goes to modes, above 1 to anti-modes.</param>
    /// <returns>Shape [regions], sums to 1. Regions of volume 0 have share 0 for a positive ρ.</returns>
    /// <exception cref="ArgumentException">ρ is not finite; or every region has weight 0; or ρ is negative and a region has volume 0, where the weight is infinite.</exception>
    public double[] Shares(double polarity) => RegionShares.Of(Partition.Areas, _logVolumes, polarity);

    /// <summary>Exact draws from the slice, weighted by vol_ω^ρ: a region by its share, a uniform point in it.</summary>
    /// <param name="count">Number of points, at least 1.</param>
    /// <param name="polarity">ρ, as for <see cref="Shares"/>.</param>
    /// <param name="random">Source of the points.</param>
    /// <returns>Latent points, one array each.</returns>
    public double[][] Sample(int count, double polarity, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double[] upTo = Shares(polarity);
        for (int region = 1; region < upTo.Length; region++)
            upTo[region] += upTo[region - 1];
        var points = new double[count][];
        for (int i = 0; i < count; i++)
        {
            int found = Array.BinarySearch(upTo, random.Uniform() * upTo[^1]);
            int region = Math.Min(found >= 0 ? found + 1 : ~found, upTo.Length - 1);
            (double x, double y) = Inside(Partition.Polygon(region), random);
            points[i] = Partition.Slice.Decode(x, y);
        }
        return points;
    }

    // A triangle of the fan by its area, a point in it by folding the unit square.
    private static (double, double) Inside(double[] polygon, RandomSource random)
    {
        int triangles = polygon.Length / 2 - 2;
        var upTo = new double[triangles];
        for (int t = 0; t < triangles; t++)
        {
            double ax = polygon[2 * t + 2] - polygon[0], ay = polygon[2 * t + 3] - polygon[1], bx = polygon[2 * t + 4] - polygon[0], by = polygon[2 * t + 5] - polygon[1];
            upTo[t] = (t == 0 ? 0 : upTo[t - 1]) + Math.Abs(ax * by - ay * bx);
        }
        double at = random.Uniform() * upTo[^1], s = random.Uniform(), r = random.Uniform();
        int chosen = 0;
        while (chosen < triangles - 1 && at >= upTo[chosen])
            chosen++;
        (s, r) = s + r > 1 ? (1 - s, 1 - r) : (s, r);
        double Coordinate(int axis) => polygon[axis] + s * (polygon[2 * chosen + 2 + axis] - polygon[axis]) + r * (polygon[2 * chosen + 4 + axis] - polygon[axis]);
        return (Coordinate(0), Coordinate(1));
    }

    private static double[] Restricted(double[] slopes, Slice slice)
    {
        int inputs = slice.Inputs;
        var restricted = new double[slopes.Length / inputs * 2];
        for (int i = 0; i < restricted.Length; i++)
            restricted[i] = TensorPrimitives.Dot<double>(slopes.AsSpan(i / 2 * inputs, inputs), slice.Directions.Slice(i % 2 * inputs, inputs));
        return restricted;
    }
}
