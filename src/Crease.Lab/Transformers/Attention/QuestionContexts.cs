using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Puts contexts before a question as tokens, so that the question's own tokens stay the same.</summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="vocabulary">Number of ids that the model knows.</param>
internal sealed class QuestionContexts(Tokenizer tokenizer, int vocabulary)
{
    private readonly int[] _words = [.. Enumerable.Range(0, Math.Min(tokenizer.Count, vocabulary)).Where(id => !tokenizer.IsSpecial(id))];

    /// <summary>The question after each context. Shape [5][tokens], in the order of <see cref="ContextKind"/>.</summary>
    /// <param name="row">The question.</param>
    /// <param name="seed">Seed of the two controls.</param>
    public int[][] Of(AuditRow row, ulong seed)
    {
        int[] question = Words(row.Question), related = Words(row.Related), unrelated = Words(row.Unrelated);
        if (question.Length == 0)
            throw new ArgumentException("a question is empty; expected text");
        (int[] before, int[] after) = Ends(row.Question, question);
        var random = new RandomSource(seed);
        int[] noise = Array.ConvertAll(related, _ => _words[random.Index(_words.Length)]), shuffled = [.. related];
        for (int i = shuffled.Length - 1; i > 0; i--)
        {
            int other = random.Index(i + 1);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }
        return [.. new[] { [], related, unrelated, noise, shuffled }.Select(context => (int[])[.. before, .. context, .. question, .. after])];
    }

    private int[] Words(string text) => tokenizer.Encode(text, specials: false).Ids.ToArray();

    // What the tokenizer's own rules put around a text.
    private (int[] Before, int[] After) Ends(string text, int[] bare)
    {
        int[] whole = tokenizer.Encode(text).Ids.ToArray();
        int start = whole.AsSpan().IndexOf(bare);
        return start < 0 ? ([], []) : (whole[..start], whole[(start + bare.Length)..]);
    }
}
