using System.Text.Json;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Labeled texts of several sources: some with toxic and clean texts, some with clean ones only.</summary>
internal static class ToxicityTexts
{
    private const int ShortestParagraph = 80;

    private static readonly (string Source, bool IsForeign, string File, Func<string, IEnumerable<(string Text, bool IsToxic)>> Read)[] Files =
    [
        ("Wikipedia talk", false, "toxicity/wikipedia_talk_toxicity_test.csv", path => Csv(path, fields => (fields[1], fields[2] == "True"))),
        ("Jigsaw comments", false, "toxicity/jigsaw_toxic_comments_sample.csv", path => Csv(path, fields => (fields[1], fields.AsSpan(2, 6).Contains("1")))),
        ("web prompts", false, "toxicity/rtp_toxic.jsonl", path => Lines(path, true)),
        ("web prompts", false, "toxicity/rtp_nontoxic.jsonl", path => Lines(path, false)),
        ("encyclopedia", true, "safe/wikitext2_test.txt", path => File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length >= ShortestParagraph && line[0] != '=').Select(line => (line, false))),
        ("news", true, "safe/ag_news_test.csv", path => Csv(path, fields => (fields[2], false))),
        ("arithmetic", true, "safe/gsm8k_test.jsonl", path => Lines(path, false)),
    ];

    /// <summary>Reads what is there.</summary>
    /// <param name="folder">Folder that holds <c>toxicity/</c> and <c>safe/</c>.</param>
    /// <param name="most">Most texts of each class from each source.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <exception cref="ModelException">There is nothing to compare, or a file is damaged.</exception>
    public static LabeledText[] Load(string folder, int most, ulong seed)
    {
        var texts = new List<LabeledText>();
        foreach ((string source, bool isForeign, string file, Func<string, IEnumerable<(string Text, bool IsToxic)>> read) in Files)
        {
            string path = Path.Combine(folder, file);
            if (!File.Exists(path))
                continue;
            try
            {
                foreach (IGrouping<bool, (string Text, bool IsToxic)> part in read(path).Where(item => !string.IsNullOrWhiteSpace(item.Text)).GroupBy(item => item.IsToxic))
                    texts.AddRange(Picked([.. part], most, seed).Select(item => new LabeledText(source, item.Text, item.IsToxic, isForeign)));
            }
            catch (Exception fault) when (fault is InvalidDataException or FormatException or JsonException or IndexOutOfRangeException or ArgumentOutOfRangeException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
            {
                throw new ModelException(file, $"cannot be read as labeled texts: {fault.Message.Split('\n')[0]}", fault);
            }
        }
        if (!texts.Exists(text => text.IsToxic) || !texts.Exists(text => !text.IsToxic && !text.IsForeign))
            throw new ModelException(folder, $"holds no toxic and clean texts of one source; expected some of {string.Join(", ", Files.Select(file => file.File))}");
        return [.. texts];
    }

    private static IEnumerable<(string Text, bool IsToxic)> Picked((string, bool)[] items, int most, ulong seed)
    {
        var random = new RandomSource(RandomSource.Scrambled(seed ^ 0x7465787473));
        for (int i = 0; i < Math.Min(most, items.Length); i++)
        {
            int j = i + random.Index(items.Length - i);
            (items[i], items[j]) = (items[j], items[i]);
        }
        return items.Take(most);
    }

    private static IEnumerable<(string, bool)> Csv(string path, Func<string[], (string, bool)> of)
    {
        using var records = new CsvRecords(File.OpenText(path));
        while (records.Next() is string[] record)
            yield return of(record);
    }

    private static IEnumerable<(string, bool)> Lines(string path, bool isToxic)
    {
        foreach (string line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            yield return (root.TryGetProperty("question", out JsonElement question) ? question.GetString()! : root.GetProperty("prompt").GetProperty("text").GetString()!, isToxic);
        }
    }
}
