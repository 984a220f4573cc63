using Crease.Models;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Audits of contexts: what stands before a question, and what its counts are summed to.</summary>
public sealed class ContextAuditTests
{
    private static readonly AuditRow[] Rows =
    [
        new("What do cats drink?", "Cats drink water and like a little milk.", "The train is late today.", true),
        new("Where is the ball?", "Tom put the ball under the big tree.", "Milk is white.", false),
        new("Who is Lily?", "Lily is a girl who likes to play.", "It rains in the park.", true),
    ];

    [Fact]
    public void Contexts_stand_before_the_same_question_and_controls_have_the_length_of_the_related_one()
    {
        Tokenizer tokenizer = Tokenizer.Load(SharedData.Path("language", "tok512.bin"));
        var contexts = new QuestionContexts(tokenizer, 512);
        foreach (AuditRow row in Rows)
        {
            int[][] texts = contexts.Of(row, 7);
            int[] alone = texts[0], question = tokenizer.Encode(row.Question, specials: false).Ids.ToArray(), related = tokenizer.Encode(row.Related, specials: false).Ids.ToArray();
            Assert.Equal(tokenizer.Encode(row.Question).Ids.ToArray(), alone);
            foreach (int[] text in texts)
            {
                Assert.Equal(alone[0], text[0]);
                Assert.Equal(question, text[^question.Length..]);
            }
            Assert.Equal(related, texts[(int)ContextKind.Related][1..(1 + related.Length)]);
            Assert.Equal(related.Order(), texts[(int)ContextKind.Shuffled][1..(1 + related.Length)].Order());
            Assert.Equal(texts[(int)ContextKind.Related].Length, texts[(int)ContextKind.Random].Length);
            Assert.NotEqual(texts[(int)ContextKind.Related], texts[(int)ContextKind.Shuffled]);
            Assert.Equal(texts, contexts.Of(row, 7));
            Assert.NotEqual(texts[(int)ContextKind.Random], contexts.Of(row, 8)[(int)ContextKind.Random]);
        }
    }

    [Fact]
    public void In_a_conversation_contexts_stand_before_the_question_and_the_template_around_both()
    {
        Tokenizer plain = Tokenizer.Load(SharedData.Path("language", "tok512.bin")), chat = plain.WithChat(ChatTemplate.Parse("{{ bos_token }}Tom said: {{ messages[0].content }} He went home.", "t"));
        var contexts = new QuestionContexts(chat, 512);
        foreach (AuditRow row in Rows)
        {
            int[][] texts = contexts.Of(row, 7);
            Assert.Equal(chat.Encode(row.Question).Ids.ToArray(), texts[0]);
            int[] related = plain.Encode(row.Related, specials: false).Ids.ToArray();
            Assert.StartsWith("Tom said: ", plain.Decode(texts[0]).TrimStart(), StringComparison.Ordinal);
            foreach (int[] text in texts)
            {
                string said = plain.Decode(text);
                Assert.Contains(row.Question, said, StringComparison.Ordinal);
                Assert.EndsWith("He went home.", said, StringComparison.Ordinal);
            }
            int added = texts[(int)ContextKind.Related].Length - texts[0].Length, place = texts[(int)ContextKind.Related].AsSpan().IndexOf(related);
            Assert.Equal(related.Length, added);
            Assert.Equal(texts[0], (int[])[.. texts[(int)ContextKind.Related][..place], .. texts[(int)ContextKind.Related][(place + added)..]]);
        }
        const string Document = "Once upon a time there was a small house near a lake, and a boat lay at its door all summer long.";
        HiddenNeedle made = NeedleCorpus.Hide(chat, "the red key", Document, 40, new RandomSource(1));
        Assert.InRange(chat.Encode(made.Text).Count, 35, 43);
        Assert.Equal(40 - (chat.Encode("the red key").Count - plain.Encode("the red key", specials: false).Count), made.Tokens);
    }

    [Fact]
    public void Changes_are_differences_and_bins_hold_every_judged_question_once()
    {
        LibTorch.Require();
        using LanguageModel model = LanguageModel.Load(SharedData.Path("language", "stories260K.bin"));
        Tokenizer tokenizer = Tokenizer.Load(SharedData.Path("language", "tok512.bin"));
        ContextAudit audit = ContextAudit.Of(model, tokenizer, Rows, new AttentionOptions(), RunContext.Default);
        Assert.Equal(Rows.Length, audit.Questions.Length);
        AttentionDimension alone = AttentionDimension.Of(model, tokenizer.Encode(Rows[0].Question).Ids, AttentionRule.Relative);
        for (int layer = 0; layer < audit.Layers; layer++)
        {
            Assert.Equal(alone.Of(layer), audit.Questions[0].Dimensions[0][layer]);
            Assert.Equal(0, audit.Changes(ContextKind.Alone, layer)!.Value.Max);
            Assert.Equal(audit.Questions.Average(question => question.Dimensions[1][layer] - question.Dimensions[0][layer]), audit.Changes(ContextKind.Related, layer)!.Value.Mean, 1e-12);
            double right = audit.Changes(ContextKind.Related, layer, true)!.Value.Mean, wrong = audit.Changes(ContextKind.Related, layer, false)!.Value.Mean;
            Assert.Equal(audit.Changes(ContextKind.Related, layer)!.Value.Mean, (2 * right + wrong) / 3, 1e-12);
            SuccessBin[] bins = audit.Success(ContextKind.Related, layer, 4);
            Assert.Equal((3, 2), (bins.Sum(bin => bin.Count), bins.Sum(bin => bin.Correct)));
            Assert.All(bins, bin => Assert.Equal(bin.Count == 0, bin.Rate is null));
        }
    }

    [Fact]
    public void Bundled_questions_are_complete_and_files_without_a_column_are_refused()
    {
        Assert.All(AuditQuestions.Read(AuditQuestions.Example), row => Assert.True(row.Question.EndsWith('?') && row.Related.Length > 40 && row.Unrelated.Length > 40 && row.IsCorrect is null));
        using var folder = new TemporaryFolder();
        string file = folder.At("q.csv");
        File.WriteAllText(file, "question,related,unrelated,correct\nWho?,a,b,yes\nWhy?,c,d,\nHow?,e,f,0\n");
        Assert.Equal([true, null, false], AuditQuestions.Read(file).Select(row => row.IsCorrect));
        foreach ((string content, string says) in new[]
        {
            ("question,related\nWho?,a\n", "has no column 'unrelated'"),
            ("question,related,unrelated,correct\nWho?,a,b,maybe\n", "row 0 is judged 'maybe'"),
            ("question,related,unrelated\n", "has no questions"),
            ("question,related,unrelated\n ,a,b\n", "row 0 has an empty question"),
            ("text,related,unrelated\nx,a,b\n", "question"),
        })
        {
            File.WriteAllText(file, content);
            string message = Assert.Throws<ModelException>(() => AuditQuestions.Read(file)).Message;
            Assert.Contains(says, message);
            Assert.DoesNotContain('\n', message);
        }
    }

    [Fact]
    public void Needles_lie_at_their_place_and_their_partner_is_as_long()
    {
        Tokenizer tokenizer = Tokenizer.Load(SharedData.Path("language", "tok512.bin"));
        const string Needle = "the red key", Document = "Once upon a time there was a small house near a lake, and a boat lay at its door all summer long.";
        var places = new HashSet<int>();
        for (ulong seed = 0; seed < 60; seed++)
        {
            HiddenNeedle made = NeedleCorpus.Hide(tokenizer, Needle, Document, 30, new RandomSource(seed));
            Assert.Contains("red key", made.Text);
            Assert.Equal(30, made.Tokens);
            Assert.StartsWith(made.Plain[..8], Document);
            Assert.DoesNotContain("key", made.Plain);
            Assert.InRange(made.Position, 0, 30 - made.NeedleTokens);
            Assert.Equal(made, NeedleCorpus.Hide(tokenizer, Needle, Document, 30, new RandomSource(seed)));
            places.Add(made.Position);
        }
        Assert.True(places.Count > 12);
        Assert.Throws<ArgumentException>(() => NeedleCorpus.Hide(tokenizer, Needle, Document, 2, new RandomSource(0)));
    }
}
