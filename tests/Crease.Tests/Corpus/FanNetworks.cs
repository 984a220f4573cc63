using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Random networks without biases, cut on planes through 0: every crease passes there, and units are repeated up to rounding.</summary>
public static class FanNetworks
{
    /// <summary>A network of two to five inputs and a slice through its origin.</summary>
    /// <param name="seed">Case number.</param>
    public static (Network Network, Slice Slice) Make(ulong seed)
    {
        var random = new RandomSource(seed ^ 0xBB67AE85);
        int inputs = 2 + random.Index(4), depth = 1 + random.Index(3), outputs = 1 + random.Index(3);
        var chain = new Chain($"fan {seed}", inputs);
        for (int l = 0; l < depth; l++)
        {
            chain.Dense(Rows(random, 2 + random.Index(5), chain.Width));
            switch (random.Index(5))
            {
                case 0:
                    chain.Fold(PiecewiseLinear.AbsoluteValue);
                    break;
                case 1:
                    chain.Fold(shape => PiecewiseLinear.LeakyRelu(shape, 0.125));
                    break;
                case 2:
                    chain.Max(2);
                    break;
                default:
                    chain.Relu();
                    break;
            }
        }
        return (chain.Dense(Rows(random, outputs, chain.Width)).Build(), Slice.Around(new double[inputs], random));
    }

    // A row is drawn, or is an earlier one times a factor, rounded.
    private static double[] Rows(RandomSource random, int rows, int columns)
    {
        double[] factors = [1, -1, 3, -1.0 / 3, 0.1];
        var weights = new double[rows * columns];
        for (int r = 0; r < rows; r++)
        {
            bool repeated = r > 0 && random.Index(3) == 0;
            int from = repeated ? random.Index(r) : r;
            double factor = factors[random.Index(factors.Length)];
            for (int c = 0; c < columns; c++)
                weights[r * columns + c] = repeated ? factor * weights[from * columns + c] : random.Normal();
        }
        return weights;
    }
}
