using Crease.Numerics;

namespace Crease.Models;

/// <summary>Normal clouds around random centers, one class each; classes take turns.</summary>
public sealed record Blobs : ISyntheticSet
{
    /// <summary>Number of clouds, in [1, 10000].</summary>
    public int Clouds { get; init; } = 3;

    /// <summary>Coordinates of a point, in [1, 10000].</summary>
    public int Inputs { get; init; } = 2;

    /// <summary>Standard deviation of each coordinate around its center, at least 0. Centers are uniform in [-1, 1].</summary>
    public double Noise { get; init; } = 0.15;

    /// <inheritdoc/>
    /// <returns>Centers are drawn first, so that more samples only add points.</returns>
    public DataSet Draw(int samples, RandomSource random)
    {
        SyntheticFaults.Check(
            samples,
            Inputs,
            SyntheticFaults.Noise(Noise),
            Clouds is >= 1 and <= 10_000 ? null : $"'Clouds' is {Clouds}; expected 1 to 10000.",
            Inputs is >= 1 and <= 10_000 ? null : $"'Inputs' is {Inputs}; expected 1 to 10000.");
        var centers = new double[Clouds * Inputs];
        for (int i = 0; i < centers.Length; i++)
            centers[i] = random.Uniform(-1, 1);
        var inputs = new double[samples][];
        var labels = new int[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            int cloud = labels[sample] = sample % Clouds;
            inputs[sample] = new double[Inputs];
            for (int i = 0; i < Inputs; i++)
                inputs[sample][i] = centers[cloud * Inputs + i] + Noise * random.Normal();
        }
        return new DataSet("blobs", inputs, labels) { Classes = Clouds };
    }
}
