using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Reads the added tokens of a tokenizer.json.</summary>
internal static class JsonAddedTokens
{
    private const int MostTokens = 1 << 16, LongestToken = 1024;

    public static ImmutableArray<AddedToken> Read(JsonField field, Vocabulary vocabulary)
    {
        var tokens = new SortedDictionary<int, AddedToken>();
        foreach (JsonField entry in field.Items())
        {
            var token = new AddedToken(entry["id"].Whole(), entry["content"].Text())
            {
                Special = entry.Flag("special", false),
                StripsLeft = entry.Flag("lstrip", false),
                StripsRight = entry.Flag("rstrip", false),
                SingleWord = entry.Flag("single_word", false),
                Normalized = entry.Flag("normalized", !entry.Flag("special", false)),
            };
            if (token.Content.Length is 0 or > LongestToken)
                throw new InvalidDataException($"{entry.Place}.content has {token.Content.Length} characters; 1 to {LongestToken} are accepted");
            if (tokens.Count == MostTokens)
                throw new InvalidDataException($"{field.Place} has more than {MostTokens} entries; that many are accepted");
            if (vocabulary.Find(token.Content) is not int known)
                vocabulary.Add(token.Id, token.Content, entry.Place);
            else if (known != token.Id)
                throw new InvalidDataException($"{entry.Place} gives '{Vocabulary.Shown(token.Content)}' the id {token.Id}; the vocabulary has it as {known}; they are expected to agree");
            if (token.Special)
                vocabulary.MakeSpecial(token.Id);
            tokens[token.Id] = token;
        }
        return [.. tokens.Values];
    }
}
