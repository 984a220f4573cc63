using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Draws noisy points in the plane, the classes taking turns.</summary>
internal static class PlanarPoints
{
    /// <summary>Point i belongs to class i modulo <paramref name="classes"/>.</summary>
    /// <param name="samples">Number of points, at least 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="noise">Standard deviation of the normal noise on each coordinate, at least 0.</param>
    /// <param name="random">Source of the points.</param>
    /// <param name="point">A point of a class, without noise.</param>
    /// <param name="faults">What is wrong with the caller's own properties; null where nothing is.</param>
    public static LabeledData Draw(
        int samples,
        int classes,
        double noise,
        RandomSource random,
        Func<int, RandomSource, (double X, double Y)> point,
        params ReadOnlySpan<string?> faults)
    {
        Check([
            samples >= 1 ? null : $"'samples' is {samples}; expected at least 1.",
            noise >= 0 && double.IsFinite(noise) ? null : $"'Noise' is {noise}; expected a finite number from 0.",
            .. faults]);
        var inputs = new double[2 * samples];
        var labels = new int[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            labels[sample] = sample % classes;
            (double x, double y) = point(labels[sample], random);
            inputs[2 * sample] = x + noise * random.Normal();
            inputs[2 * sample + 1] = y + noise * random.Normal();
        }
        return new LabeledData(inputs, labels);
    }

    private static void Check(ReadOnlySpan<string?> faults)
    {
        string found = string.Join(' ', faults.ToArray().OfType<string>());
        if (found.Length > 0)
            throw new ArgumentException(found);
    }
}
