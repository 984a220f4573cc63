using Crease.Numerics;

namespace Crease.Models;

/// <summary>Points in the square [-1, 1] x [-1, 1], colored like a checkerboard; two cells along a side are XOR.</summary>
/// <remarks>Notation: cell (i, j) from the lower left has class (i + j) mod 2. Points are uniform; their class is that before the noise.</remarks>
public sealed record Checkerboard : ISyntheticSet
{
    /// <summary>Cells along a side, in [1, 1000].</summary>
    public int Cells { get; init; } = 2;

    /// <summary>Standard deviation of the normal noise on each coordinate, at least 0.</summary>
    public double Noise { get; init; }

    /// <inheritdoc/>
    public DataSet Draw(int samples, RandomSource random)
    {
        SyntheticFaults.Check(samples, 2, SyntheticFaults.Noise(Noise), Cells is >= 1 and <= 1000 ? null : $"'Cells' is {Cells}; expected 1 to 1000.");
        var inputs = new double[samples][];
        var labels = new int[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            double u = random.Uniform(), v = random.Uniform();
            labels[sample] = ((int)(u * Cells) + (int)(v * Cells)) % 2;
            inputs[sample] = [2 * u - 1 + Noise * random.Normal(), 2 * v - 1 + Noise * random.Normal()];
        }
        return new DataSet("checkerboard", inputs, labels) { Classes = 2 };
    }
}
