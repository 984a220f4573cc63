using Crease.Numerics;

namespace Crease.Models;

/// <summary>Draws noisy points in the plane, the classes taking turns.</summary>
internal static class PlanarPoints
{
    /// <summary>Point i belongs to class i modulo <paramref name="classes"/>.</summary>
    /// <param name="name">Name of the set.</param>
    /// <param name="samples">Number of points, at least 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="noise">Standard deviation of the normal noise on each coordinate, at least 0.</param>
    /// <param name="random">Source of the points.</param>
    /// <param name="point">A point of a class, without noise.</param>
    /// <param name="faults">What is wrong with the caller's own properties; null where nothing is.</param>
    public static DataSet Draw(
        string name,
        int samples,
        int classes,
        double noise,
        RandomSource random,
        Func<int, RandomSource, (double X, double Y)> point,
        params ReadOnlySpan<string?> faults)
    {
        SyntheticFaults.Check(samples, 2, [SyntheticFaults.Noise(noise), .. faults]);
        var inputs = new double[samples][];
        var labels = new int[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            labels[sample] = sample % classes;
            (double x, double y) = point(labels[sample], random);
            inputs[sample] = [x + noise * random.Normal(), y + noise * random.Normal()];
        }
        return new DataSet(name, inputs, labels) { Classes = classes };
    }
}
