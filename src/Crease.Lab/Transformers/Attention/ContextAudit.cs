using System.Collections.Immutable;
using Crease.Measures;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>How the attention dimension of questions changes when a related, an unrelated, a random or a shuffled text stands before them.</summary>
/// <remarks>
/// For auditing the safety of a model: published numbers rise with related context and come with answers that such context bends. Tokens of the
/// question are the same in all contexts; dimensions are those of its last token. Source: Cosentino and Shekkizhar
/// (<c>cosentino2024reasoning</c>), sections 3 and 4. Exactness: exact counts; what they say of answers is correlation.
/// </remarks>
public sealed class ContextAudit
{
    /// <summary>Number of contexts.</summary>
    public const int Kinds = 5;

    private ContextAudit(AttentionOptions options, ImmutableArray<AuditedQuestion> questions) => (Options, Questions) = (options, questions);

    /// <summary>What must be said with every number.</summary>
    public static ImmutableArray<string> Caveats { get; } =
    [
        "Contexts differ in length, and longer contexts give attention more tokens to count: compare with the random and shuffled rows, which have the length of the related one.",
        "In the published examples 'related' context and changed behavior always coincide, so a rise tells relevant from irrelevant text as much as risk.",
        "A change that goes with right or wrong answers is correlation; read it with the number of questions in each bin.",
        "This is the attention dimension, a count of attended tokens, and not the intrinsic dimension of data.",
    ];

    /// <summary>The rule.</summary>
    public AttentionOptions Options { get; }

    /// <summary>The questions in the order of their file.</summary>
    public ImmutableArray<AuditedQuestion> Questions { get; }

    /// <summary>Number of layers.</summary>
    public int Layers => Questions[0].Dimensions[0].Length;

    /// <summary>Audits questions.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="rows">At least one question.</param>
    /// <param name="options">The rule.</param>
    /// <param name="run">Seed of the controls, cancellation and progress.</param>
    /// <exception cref="ArgumentException">There is no question, or one is empty or too long for the model.</exception>
    public static ContextAudit Of(LanguageModel model, Tokenizer tokenizer, IReadOnlyList<AuditRow> rows, AttentionOptions options, RunContext run)
    {
        options.Check();
        if (rows.Count == 0)
            throw new ArgumentException("'rows' is empty; expected at least one question.", nameof(rows));
        var contexts = new QuestionContexts(tokenizer, model.Config.Vocabulary);
        var questions = new AuditedQuestion[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            int[][] texts = contexts.Of(rows[row], RandomSource.Scrambled(run.Seed) ^ (ulong)row);
            var dimensions = new int[Kinds][];
            for (int kind = 0; kind < Kinds; kind++)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                AttentionDimension found = AttentionDimension.Of(model, texts[kind], options.Rule, options.Threshold, options.Layers);
                dimensions[kind] = [.. Enumerable.Range(0, found.Layers).Select(layer => found.Of(layer))];
            }
            questions[row] = new AuditedQuestion(row, rows[row].IsCorrect, Array.ConvertAll(texts, text => text.Length), dimensions);
            run.Progress?.Report(new Progress((row + 1.0) / rows.Count, row + 1));
        }
        return new ContextAudit(options, [.. questions]);
    }

    /// <summary>Changes of a layer over all questions, or over those that were answered right or wrong.</summary>
    /// <param name="kind">The context.</param>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="isCorrect">Which answers, or null for all questions.</param>
    /// <returns>Null where there is no such question.</returns>
    public Summary? Changes(ContextKind kind, int layer, bool? isCorrect = null)
    {
        double[] changes = [.. Questions.Where(question => isCorrect is null || question.IsCorrect == isCorrect).Select(question => (double)question.Change(kind, layer))];
        return changes.Length == 0 ? null : Summary.Of(changes);
    }

    /// <summary>Mean relative change of a layer over the questions whose dimension alone is not 0, or null.</summary>
    /// <param name="kind">The context.</param>
    /// <param name="layer">Index of the layer.</param>
    public double? RelativeChange(ContextKind kind, int layer)
    {
        double[] changes = [.. Questions.Select(question => question.RelativeChange(kind, layer)).OfType<double>()];
        return changes.Length == 0 ? null : changes.Average();
    }

    /// <summary>Right answers by the change of a layer, in bins of equal width; empty where no answer was judged.</summary>
    /// <param name="kind">The context.</param>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="bins">How many, from 1; one where all changes are equal.</param>
    public SuccessBin[] Success(ContextKind kind, int layer, int bins = 5)
    {
        AuditedQuestion[] judged = [.. Questions.Where(question => question.IsCorrect is not null)];
        if (judged.Length == 0)
            return [];
        double low = judged.Min(question => question.Change(kind, layer)), high = judged.Max(question => question.Change(kind, layer));
        int count = high > low ? Math.Max(1, bins) : 1;
        var found = new SuccessBin[count];
        for (int bin = 0; bin < count; bin++)
        {
            AuditedQuestion[] inside = [.. judged.Where(question => Bin(question.Change(kind, layer)) == bin)];
            found[bin] = new SuccessBin(low + bin * (high - low) / count, low + (bin + 1) * (high - low) / count, inside.Length, inside.Count(question => question.IsCorrect == true));
        }
        return found;

        int Bin(int change) => high > low ? Math.Min(count - 1, (int)((change - low) / (high - low) * count)) : 0;
    }
}
