using Crease.Numerics;

namespace Crease.Models;

/// <summary>A sum of sine waves on evenly spaced points: regression from one number to one number.</summary>
/// <remarks>
/// Notation: at z = i / N, i = 0 to N - 1, the target is the sum of A_k sin(2π k z + φ_k) over the frequencies k; phases φ_k are uniform in
/// [0, 2π) and drawn in the order of the frequencies. Source: Rahaman et al. (<c>rahaman2019spectral</c>), section 3.
/// </remarks>
public sealed record Sinusoids : ISyntheticSet
{
    /// <summary>Frequencies in periods per unit, 1 to 1000 of them, finite.</summary>
    public IReadOnlyList<double> Frequencies { get; init; } = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50];

    /// <summary>An amplitude for each frequency, or a single one for all; finite.</summary>
    public IReadOnlyList<double> Amplitudes { get; init; } = [1];

    /// <summary>Standard deviation of the normal noise on the target, at least 0.</summary>
    public double Noise { get; init; }

    /// <inheritdoc/>
    /// <returns>One coordinate in [0, 1) and one target.</returns>
    public DataSet Draw(int samples, RandomSource random)
    {
        int waves = Frequencies.Count;
        SyntheticFaults.Check(
            samples,
            1,
            SyntheticFaults.Noise(Noise),
            waves is >= 1 and <= 1000 && Frequencies.All(double.IsFinite) ? null : $"'Frequencies' has {waves} entries; expected 1 to 1000 finite numbers.",
            Amplitudes.Count == waves || Amplitudes.Count == 1 ? null : $"'Amplitudes' has {Amplitudes.Count} entries; expected 1, or {waves} as there are frequencies.",
            Amplitudes.All(double.IsFinite) ? null : "'Amplitudes' has an entry that is not finite.");
        double[] phases = [.. Frequencies.Select(_ => random.Uniform(0, 2 * Math.PI))];
        var inputs = new double[samples][];
        var targets = new double[samples][];
        for (int sample = 0; sample < samples; sample++)
        {
            double z = (double)sample / samples, sum = 0;
            for (int k = 0; k < waves; k++)
                sum += Amplitudes[Amplitudes.Count == 1 ? 0 : k] * Math.Sin(2 * Math.PI * Frequencies[k] * z + phases[k]);
            inputs[sample] = [z];
            targets[sample] = [sum + Noise * random.Normal()];
        }
        return new DataSet("sinusoids", inputs, null) { Targets = targets };
    }
}
