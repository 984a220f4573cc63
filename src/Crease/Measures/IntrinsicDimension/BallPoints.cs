using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Uniform points in the unit ball.</summary>
internal static class BallPoints
{
    public static double[] Next(int dimension, RandomSource random)
    {
        double[] point = new double[dimension];
        double norm = 0;
        for (int c = 0; c < dimension; c++)
        {
            point[c] = random.Normal();
            norm += point[c] * point[c];
        }
        double factor = Math.Pow(random.Uniform(), 1.0 / dimension) / Math.Sqrt(norm);
        for (int c = 0; c < dimension; c++)
            point[c] *= factor;
        return point;
    }
}
