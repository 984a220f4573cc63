namespace Crease.Lab;

/// <summary>Targeted DLR: -(z_y - z_t) / (z_π1 - (z_π3 + z_π4) / 2), π in descending order.</summary>
/// <remarks>Source: Croce and Hein 2020, <c>croce2020reliable</c>, section 4.1. It needs four classes; with fewer it is z_t - z_y.</remarks>
/// <param name="target">The class t, 0-based.</param>
public sealed class TargetedLogitRatioLoss(int target) : IAttackLoss
{
    /// <inheritdoc/>
    public string Name => "targeted dlr";

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> logits, int label, Span<double> gradient)
    {
        gradient.Clear();
        double difference = logits[target] - logits[label];
        if (logits.Length < 4)
        {
            gradient[target] += 1;
            gradient[label] -= 1;
            return difference;
        }
        Span<int> top = stackalloc int[4];
        TopLogits.Of(logits, top);
        double scale = logits[top[0]] - (logits[top[2]] + logits[top[3]]) / 2 + LogitRatioLoss.Guard;
        double value = difference / scale;
        gradient[target] += 1 / scale;
        gradient[label] -= 1 / scale;
        gradient[top[0]] -= value / scale;
        gradient[top[2]] += value / scale / 2;
        gradient[top[3]] += value / scale / 2;
        return value;
    }
}
