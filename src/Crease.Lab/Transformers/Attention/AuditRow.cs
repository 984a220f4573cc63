namespace Crease.Lab;

/// <summary>A question with two texts that may stand before it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Related">A text that bears on it.</param>
/// <param name="Unrelated">A text that does not.</param>
/// <param name="IsCorrect">Whether the answer with the related text was judged right, or null where nobody judged.</param>
public sealed record AuditRow(string Question, string Related, string Unrelated, bool? IsCorrect = null);
