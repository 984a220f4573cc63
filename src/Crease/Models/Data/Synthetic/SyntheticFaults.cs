namespace Crease.Models;

/// <summary>Checks the properties of a synthetic set.</summary>
internal static class SyntheticFaults
{
    /// <summary>Throws with all faults at once.</summary>
    /// <param name="samples">Number of points wanted.</param>
    /// <param name="numbers">Numbers per point.</param>
    /// <param name="faults">What is wrong; null where nothing is.</param>
    /// <exception cref="ArgumentException">Something is wrong.</exception>
    public static void Check(int samples, long numbers, params ReadOnlySpan<string?> faults)
    {
        string?[] all =
        [
            samples >= 1 ? null : $"'samples' is {samples}; expected at least 1.",
            samples * numbers <= DataFile.MostNumbers ? null : $"'samples' is {samples}; {numbers} numbers each are more than {DataFile.MostNumbers}.",
            .. faults,
        ];
        string found = string.Join(' ', all.OfType<string>());
        if (found.Length > 0)
            throw new ArgumentException(found);
    }

    /// <summary>A fault where noise is negative or not finite.</summary>
    /// <param name="noise">Standard deviation.</param>
    public static string? Noise(double noise) => noise >= 0 && double.IsFinite(noise) ? null : $"'Noise' is {noise}; expected a finite number from 0.";
}
