using System.Text.Json;

namespace Crease.Lab;

/// <summary>Reads the model of a tokenizer.json: the vocabulary and how words become tokens.</summary>
internal static class JsonModels
{
    private const int MostMerges = 1 << 21;

    // Older files leave the type out; a vocabulary with scores is a list.
    private static string TypeOf(JsonField model) => model.Text("type", model["vocab"].Kind == JsonValueKind.Array ? "Unigram" : "BPE");

    public static ITokenModel Read(JsonField model, Vocabulary vocabulary, out int? unknown)
    {
        switch (TypeOf(model))
        {
            case "BPE":
                return Pairs(model, vocabulary, out unknown);
            case "Unigram":
                return Unigram(model, vocabulary, out unknown);
            default:
                throw model.Unknown("BPE, Unigram");
        }
    }

    private static ITokenModel Pairs(JsonField model, Vocabulary vocabulary, out int? unknown)
    {
        foreach (string absent in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model.Text(absent, "").Length > 0)
                throw model[absent].Wrong("null or an empty string");
        }
        if (model["dropout"] is { IsNull: false } dropout && dropout.Number() != 0)
            throw dropout.Wrong("null or 0: tokens are not drawn at random");
        foreach ((string token, JsonField id) in model["vocab"].Members())
            vocabulary.Add(id.Whole(), token, $"model.vocab['{Vocabulary.Shown(token)}']");
        unknown = model["unk_token"] is { IsNull: false } field ? vocabulary.Find(field.Text()) ?? throw field.Wrong("a token of the vocabulary") : null;
        var merges = new RankedMerges();
        int rank = 0;
        foreach (JsonField merge in model["merges"].Items())
        {
            (string left, string right) = Pair(merge);
            if (rank == MostMerges)
                throw new InvalidDataException($"model.merges has more than {MostMerges} entries; that many are accepted");
            int joined = Token(left + right, "makes", merge, vocabulary);
            merges.Add(Token(left, "names", merge, vocabulary), Token(right, "names", merge, vocabulary), rank++, joined);
        }
        int[]? bytes = model.Flag("byte_fallback", false) ? vocabulary.ByteIds() : null;
        var fallback = new Fallback(bytes, unknown, model.Flag("fuse_unk", false));
        bool fuses = fallback.Fuse && unknown is not null && (bytes is null || bytes.Contains(-1)), ignoresMerges = model.Flag("ignore_merges", false);
        var pairs = new RankedPairModel(vocabulary, merges, fallback, ignoresMerges);
        // A whole word that is a token must not be cut, or it would not be looked up.
        return ignoresMerges ? new WordCache(pairs) : BoundarySplit.Over(pairs, vocabulary.Ids.Keys, '\u2581', fuses);
    }

    private static (string Left, string Right) Pair(JsonField merge)
    {
        if (merge.Kind == JsonValueKind.Array)
        {
            JsonField[] both = [.. merge.Items()];
            return both.Length == 2 ? (both[0].Text(), both[1].Text()) : throw merge.Wrong("two tokens");
        }
        string text = merge.Text();
        int space = text.IndexOf(' ');
        return space > 0 && space < text.Length - 1 && text.IndexOf(' ', space + 1) < 0 ? (text[..space], text[(space + 1)..]) : throw merge.Wrong("two tokens with a space between them");
    }

    private static int Token(string text, string verb, JsonField merge, Vocabulary vocabulary) =>
        vocabulary.Find(text) ?? throw new InvalidDataException($"{merge.Place} {verb} '{Vocabulary.Shown(text)}', which the vocabulary does not have; expected tokens of model.vocab");

    private static ITokenModel Unigram(JsonField model, Vocabulary vocabulary, out int? unknown)
    {
        var pieces = new ScoredPieces();
        int id = 0;
        foreach (JsonField entry in model["vocab"].Items())
        {
            JsonField[] both = [.. entry.Items()];
            if (both.Length != 2)
                throw entry.Wrong("a token and its score");
            string text = both[0].Text();
            vocabulary.Add(id, text, entry.Place);
            pieces.Add(text, id++, both[1].Number());
        }
        unknown = model["unk_id"] is { IsNull: false } field ? field.Whole() : null;
        if (unknown is int value && (uint)value >= (uint)id)
            throw model["unk_id"].Wrong($"an id from 0 to {id - 1}");
        int[]? bytes = model.Flag("byte_fallback", false) ? vocabulary.ByteIds() : null;
        return new WordCache(new UnigramModel(pieces, new Fallback(bytes, unknown, Fuse: true), single: false));
    }
}
