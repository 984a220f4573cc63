using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Draws points as far from an input as its adversarial twin is.</summary>
internal static class RandomTwins
{
    /// <summary>One point.</summary>
    /// <param name="input">Shape [inputs].</param>
    /// <param name="twin">Not the input itself. Shape [inputs].</param>
    /// <param name="options">How it is drawn.</param>
    /// <param name="random">Its stream.</param>
    public static double[] Draw(double[] input, double[] twin, ConcentrationOptions options, RandomSource random)
    {
        var change = new double[input.Length];
        TensorPrimitives.Subtract(twin, input, change);
        if (options.DrawnTwin == RandomTwin.Shuffled)
            Shuffle(change, random);
        else
            Direct(change, random);
        for (int i = 0; i < change.Length; i++)
        {
            double moved = input[i] + change[i];
            bool isOut = options is { DrawnTwin: RandomTwin.Reflected, Box: (double low, double high) } && (moved < low || moved > high);
            change[i] = isOut ? input[i] - change[i] : moved;
        }
        return change;
    }

    private static void Shuffle(double[] change, RandomSource random)
    {
        for (int i = change.Length - 1; i >= 0; i--)
        {
            int other = random.Index(i + 1);
            (change[i], change[other]) = (change[other], change[i]);
            change[i] *= random.Uniform() < 0.5 ? -1 : 1;
        }
    }

    private static void Direct(double[] change, RandomSource random)
    {
        double length = TensorPrimitives.Norm<double>(change);
        for (int i = 0; i < change.Length; i++)
            change[i] = random.Normal();
        double scale = length / TensorPrimitives.Norm<double>(change);
        TensorPrimitives.Multiply(change, scale, change);
    }
}
