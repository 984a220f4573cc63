using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Uniform random points to measure around, apart from any data.</summary>
public static class UniformPoints
{
    /// <summary>Draws points.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="inputs">Numbers per point.</param>
    /// <param name="low">Lower end of each number.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="seed">Seed; the stream is another one than that of directions with this seed.</param>
    /// <returns>One array per point, each of shape [inputs], numbers in [low, high).</returns>
    public static double[][] Of(int count, int inputs, double low, double high, ulong seed)
    {
        var random = new RandomSource(~seed);
        var points = new double[count][];
        for (int i = 0; i < count; i++)
        {
            points[i] = new double[inputs];
            for (int k = 0; k < inputs; k++)
                points[i][k] = random.Uniform(low, high);
        }
        return points;
    }
}
