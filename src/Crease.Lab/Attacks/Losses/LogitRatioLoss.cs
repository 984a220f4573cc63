namespace Crease.Lab;

/// <summary>Difference of logits ratio (DLR): -(z_y - max other) / (z_π1 - z_π3), π in descending order. Shift and scale of the logits do not change it.</summary>
/// <remarks>Source: Croce and Hein 2020, <c>croce2020reliable</c>, section 4. It needs three classes; with two it is the margin.</remarks>
public sealed class LogitRatioLoss : IAttackLoss
{
    // As in the released code, so that equal logits divide by something.
    internal const double Guard = 1e-12;

    /// <inheritdoc/>
    public string Name => "dlr";

    /// <inheritdoc/>
    public string? Remark(int classes) => classes < 3 ? "DLR needs three classes: with two the margin is used" : null;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> logits, int label, Span<double> gradient)
    {
        if (logits.Length < 3)
            return Attacks.Margin.Of(logits, label, gradient);
        Span<int> top = stackalloc int[3];
        TopLogits.Of(logits, top);
        double scale = logits[top[0]] - logits[top[2]] + Guard;
        double value = Attacks.Margin.Of(logits, label, gradient) / scale;
        for (int j = 0; j < gradient.Length; j++)
            gradient[j] /= scale;
        gradient[top[0]] -= value / scale;
        gradient[top[2]] += value / scale;
        return value;
    }
}
