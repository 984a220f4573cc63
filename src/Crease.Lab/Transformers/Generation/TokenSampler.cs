using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Chooses the next token by its logits.</summary>
internal static class TokenSampler
{
    /// <summary>The largest logit's token at temperature 0, the first of several; else one drawn from the likeliest.</summary>
    public static int Choice(ReadOnlySpan<double> logits, double temperature, double topShare, RandomSource random)
    {
        int best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits);
        if (temperature == 0)
            return best;
        var shares = new double[logits.Length];
        for (int token = 0; token < shares.Length; token++)
            shares[token] = Math.Exp((logits[token] - logits[best]) / temperature);
        int[] order = [.. Enumerable.Range(0, shares.Length).OrderByDescending(token => shares[token]).ThenBy(token => token)];
        double goal = topShare * shares.Sum(), kept = 0;
        int count = 0;
        while (count < order.Length && kept < goal)
            kept += shares[order[count++]];
        double drawn = random.Uniform() * kept;
        foreach (int token in order.AsSpan(0, count))
        {
            drawn -= shares[token];
            if (drawn < 0)
                return token;
        }
        return order[Math.Max(count - 1, 0)];
    }
}
