using Crease.Numerics;

namespace Crease.Lab;

/// <summary>What a map of neighbors loses, and the way downhill.</summary>
/// <remarks>Notation: w_ij = 1 / (1 + |y_i - y_j|²), Z the sum of all w, q_ij = w_ij / Z; the loss is the sum of p_ij log(p_ij / q_ij). Source: van der Maaten and Hinton (<c>vandermaaten2008tsne</c>), equations 4 and 5; groups: van der Maaten (<c>vandermaaten2014accelerating</c>).</remarks>
/// <param name="affinities">p.</param>
/// <param name="openness">Size over distance below which a group pushes as one, or null to count all pairs.</param>
internal sealed class NeighborGradient(Affinities affinities, double? openness)
{
    private const int Part = 64;

    /// <summary>The gradient by both coordinates, and the loss.</summary>
    /// <param name="x">First coordinates. Shape [rows].</param>
    /// <param name="y">Second coordinates. Shape [rows].</param>
    /// <param name="exaggeration">What p is multiplied by in the gradient.</param>
    /// <param name="gradientX">Where the gradient goes. Shape [rows].</param>
    /// <param name="gradientY">The same.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <returns>The loss, without exaggeration.</returns>
    public double At(double[] x, double[] y, double exaggeration, double[] gradientX, double[] gradientY, RunContext run)
    {
        int rows = x.Length;
        double[] weights = new double[rows], pushX = new double[rows], pushY = new double[rows], losses = new double[rows];
        NeighborTree? tree = null;
        if (openness is not null)
        {
            tree = new NeighborTree(x, y);
            tree.Build();
        }
        Workers.InParts(rows, Part, run, () => 0, (_, first, length) =>
        {
            for (int i = first; i < first + length; i++)
                (weights[i], pushX[i], pushY[i]) = tree?.Push(i, openness!.Value) ?? AllPairs(x, y, i);
        });
        // In the order of rows, so that threads change no bit.
        double z = weights.Sum();
        Workers.InParts(rows, Part, run, () => 0, (_, first, length) =>
        {
            for (int i = first; i < first + length; i++)
            {
                double pullX = 0, pullY = 0, loss = 0;
                for (int k = affinities.Starts[i]; k < affinities.Starts[i + 1]; k++)
                {
                    int j = affinities.Others[k];
                    double dx = x[i] - x[j], dy = y[i] - y[j], w = 1 / (1 + dx * dx + dy * dy), p = affinities.Weights[k];
                    pullX += p * w * dx;
                    pullY += p * w * dy;
                    loss += p > 0 ? p * Math.Log(p * z / w) : 0;
                }
                gradientX[i] = 4 * (exaggeration * pullX - pushX[i] / z);
                gradientY[i] = 4 * (exaggeration * pullY - pushY[i] / z);
                losses[i] = loss;
            }
        });
        return losses.Sum();
    }

    private static (double Weight, double X, double Y) AllPairs(double[] x, double[] y, int i)
    {
        double px = x[i], py = y[i], weight = -1, fx = 0, fy = 0;
        for (int j = 0; j < x.Length; j++)
        {
            double dx = px - x[j], dy = py - y[j], w = 1 / (1 + dx * dx + dy * dy);
            weight += w;
            fx += w * w * dx;
            fy += w * w * dy;
        }
        return (weight, fx, fy);
    }
}
