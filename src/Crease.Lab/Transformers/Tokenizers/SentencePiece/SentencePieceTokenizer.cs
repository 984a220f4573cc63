using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>The tokenizer of a scored vocabulary: a SentencePiece model, or llama2.c's.</summary>
internal sealed class SentencePieceTokenizer(Vocabulary vocabulary, ITokenModel model, INormalizer normalizer, TokenDecoding decoding, ImmutableArray<AddedToken> kept, bool addsBegin = true)
    : Tokenizer(vocabulary, decoding, kept)
{
    private protected override IReadOnlyList<int> Before => addsBegin && BeginId is int begin ? [begin] : [];

    private protected override void Encode(SourceText text, TokenizationBuilder tokens)
    {
        SourceText normal = normalizer.Normalize(text);
        var parts = new List<Part>();
        model.Encode(normal.Text, parts);
        tokens.Add(normal, 0, parts);
    }
}
