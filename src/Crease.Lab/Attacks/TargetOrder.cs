namespace Crease.Lab;

/// <summary>Which classes a targeted method aims at, and in which order.</summary>
internal static class TargetOrder
{
    /// <summary>Most targets of the standard settings: the classes with the 2nd to 10th largest logit at the input.</summary>
    public const int Most = 9;

    /// <summary>The target of the criterion, or the other classes by descending logits at the input.</summary>
    public static int[] Of(RowSearch row, AttackOptions options, int most)
    {
        if (options.Criterion is TargetedMisclassification { Target: var target })
            return [target];
        var order = new int[Math.Min(row.CleanLogits.Length, most + 1)];
        TopLogits.Of(row.CleanLogits, order);
        return [.. order.Where(each => each != row.Label).Take(most)];
    }
}
