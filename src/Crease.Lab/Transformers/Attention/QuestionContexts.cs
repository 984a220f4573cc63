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
        (int[] before, int[] question, int[] after) = Question(row.Question);
        int[] related = Words(row.Related), unrelated = Words(row.Unrelated);
        if (question.Length == 0)
            throw new ArgumentException("a question is empty; expected text");
        var random = new RandomSource(seed);
        int[] noise = Array.ConvertAll(related, _ => _words[random.Index(_words.Length)]), shuffled = [.. related];
        for (int i = shuffled.Length - 1; i > 0; i--)
        {
            int other = random.Index(i + 1);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }
        return [.. new[] { [], related, unrelated, noise, shuffled }.Select(context => (int[])[.. before, .. context, .. question, .. after])];
    }

    private int[] Words(string text) => tokenizer.Plain.Encode(text, specials: false).Ids.ToArray();

    // The question's own tokens, and what the tokenizer's rules or a chat template put around them.
    private (int[] Before, int[] Question, int[] After) Question(string text)
    {
        int[] bare = Words(text);
        Tokenization all = tokenizer.Encode(text);
        int[] whole = all.Ids.ToArray();
        if (tokenizer.Plain == tokenizer)
        {
            int place = whole.AsSpan().IndexOf(bare);
            return place < 0 ? ([], bare, []) : (whole[..place], bare, whole[(place + bare.Length)..]);
        }
        // Of a conversation only the tokens of the question have a place in it.
        int start = Enumerable.Range(0, all.Count).FirstOrDefault(i => all.Ends[i] > all.Starts[i], -1), end = 1 + Enumerable.Range(0, all.Count).LastOrDefault(i => all.Ends[i] > all.Starts[i], -1);
        return start < 0 ? throw new ArgumentException("a question is empty, or the chat template changes it; expected text that the template holds as it is") : (whole[..start], whole[start..end], whole[end..]);
    }
}
