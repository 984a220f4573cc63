namespace Crease.Lab;

/// <summary>The attention dimension of a question's last token after each context.</summary>
/// <param name="Row">Place of the question in its file, from 0.</param>
/// <param name="IsCorrect">Whether the answer with the related text was judged right, or null.</param>
/// <param name="Tokens">Number of tokens by context. Shape [5], in the order of <see cref="ContextKind"/>.</param>
/// <param name="Dimensions">Counts by context and layer. Shape [5][layers].</param>
public sealed record AuditedQuestion(long Row, bool? IsCorrect, int[] Tokens, int[][] Dimensions)
{
    /// <summary>Change of a layer against the question alone.</summary>
    /// <param name="kind">The context.</param>
    /// <param name="layer">Index of the layer.</param>
    public int Change(ContextKind kind, int layer) => Dimensions[(int)kind][layer] - Dimensions[0][layer];

    /// <summary>Change as a share of the dimension alone, or null where that is 0.</summary>
    /// <param name="kind">The context.</param>
    /// <param name="layer">Index of the layer.</param>
    public double? RelativeChange(ContextKind kind, int layer) => Dimensions[0][layer] is int alone and > 0 ? (double)Change(kind, layer) / alone : null;
}
