namespace Crease.Lab;

/// <summary>The negative logarithm of a class's softmax probability: log Σ exp z_j - z_y.</summary>
/// <remarks>
/// Exponentials are of differences to the largest logit, so that none overflows. The derivative p_y - 1 is summed from the other probabilities, so that it is
/// zero only where all of these underflow (margins beyond about 745), and not from a margin of 37 on.
/// </remarks>
public sealed class CrossEntropyLoss : IAttackLoss
{
    /// <inheritdoc/>
    public string Name => "cross-entropy";

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> logits, int label, Span<double> gradient)
    {
        double largest = double.NegativeInfinity, sum = 0, others = 0;
        foreach (double logit in logits)
            largest = Math.Max(largest, logit);
        for (int j = 0; j < logits.Length; j++)
        {
            gradient[j] = Math.Exp(logits[j] - largest);
            sum += gradient[j];
            others += j == label ? 0 : gradient[j];
        }
        for (int j = 0; j < logits.Length; j++)
            gradient[j] = j == label ? -others / sum : gradient[j] / sum;
        return largest - logits[label] + Math.Log(sum);
    }
}
