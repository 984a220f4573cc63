using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace Crease.Lab;

/// <summary>Reads a tokenizer.json, the file of Hugging Face's fast tokenizers.</summary>
/// <remarks>Truncation and padding, which concern batches, are passed over. Everything else that is not known is refused.</remarks>
internal static class TokenizerJson
{
    private static readonly (string Begin, string End)[] Usual =
        [("<s>", "</s>"), ("<bos>", "<eos>"), ("<|begin_of_text|>", "<|end_of_text|>"), ("<|endoftext|>", "<|endoftext|>")];

    /// <summary>Reads a tokenizer from memory.</summary>
    /// <param name="bytes">JSON.</param>
    /// <param name="file">Name for messages.</param>
    /// <param name="ends">What begins and ends a text, or null where the file does not say.</param>
    public static Tokenizer Read(ReadOnlyMemory<byte> bytes, string file, GgufEnds? ends = null)
    {
        if (!Utf8.IsValid(bytes.Span))
            throw new InvalidDataException("has bytes that are no UTF-8; expected JSON in UTF-8");
        using JsonDocument document = JsonDocument.Parse(bytes);
        var root = new JsonField(document.RootElement, "");
        var vocabulary = new Vocabulary();
        ITokenModel model = JsonModels.Read(root["model"], vocabulary, out int? unknown);
        ImmutableArray<AddedToken> added = JsonAddedTokens.Read(root["added_tokens"], vocabulary);
        JsonTemplate template = JsonTemplate.Read(root["post_processor"], vocabulary);
        TokenDecoding decoding = JsonDecoders.Read(root["decoder"], vocabulary, added.Select(token => token.Id).ToHashSet());
        INormalizer? normalizer = JsonNormalizers.Read(root["normalizer"]);
        IPreTokenizer? preTokenizer = JsonPreTokenizers.Read(root["pre_tokenizer"]);
        (int? begin, int? end) = ends is null ? Ends(vocabulary) : (ends.Begin, ends.End);
        return new JsonTokenizer(file, vocabulary, model, added, template, decoding, normalizer, preTokenizer)
        {
            BeginId = template.Before.Count > 0 ? template.Before[0] : begin,
            EndId = template.After.Count > 0 ? template.After[^1] : end,
            UnknownId = unknown ?? ends?.Unknown,
        };
    }

    // The file does not say which tokens begin and end a text; the usual names do.
    private static (int? Begin, int? End) Ends(Vocabulary vocabulary)
    {
        foreach ((string begin, string end) in Usual)
        {
            if (vocabulary.Find(begin) is int first && vocabulary.Find(end) is int last && vocabulary.IsSpecial(first) && vocabulary.IsSpecial(last))
                return (first, last);
        }
        return (null, null);
    }
}
