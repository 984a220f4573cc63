namespace Crease.Lab;

/// <summary>The classes of the largest logits.</summary>
internal static class TopLogits
{
    /// <summary>The classes of the k largest logits, largest first; of equal ones the first class.</summary>
    /// <param name="logits">Shape [classes].</param>
    /// <param name="classes">Shape [k], k at most the number of classes; overwritten.</param>
    public static void Of(ReadOnlySpan<double> logits, Span<int> classes)
    {
        for (int r = 0; r < classes.Length; r++)
        {
            int best = -1;
            for (int j = 0; j < logits.Length; j++)
                best = !classes[..r].Contains(j) && (best < 0 || logits[j] > logits[best]) ? j : best;
            classes[r] = best;
        }
    }
}
