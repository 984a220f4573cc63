namespace Crease.Lab;

/// <summary>SentencePiece tokens of a GGUF file: texts, scores and kinds, without a character map.</summary>
internal static class GgufPieces
{
    public static Tokenizer Read(GgufHeader header)
    {
        string[] texts = header.Texts(GgufTokenizer.Settings + "tokens");
        double[] scores = header.Numbers(GgufTokenizer.Settings + "scores"), kinds = header.Numbers(GgufTokenizer.Settings + "token_type");
        if (scores.Length != texts.Length || kinds.Length != texts.Length)
            throw new InvalidDataException($"there are {texts.Length} tokens, {scores.Length} scores and {kinds.Length} types; expected as many of each");
        var builder = new SentencePieceBuilder();
        for (int id = 0; id < texts.Length; id++)
            builder.Add(texts[id], (float)scores[id], (long)kinds[id]);
        var ends = new GgufEnds(header);
        return builder.Build(SentencePieceSettings.Pairs(builder.HasBytes, header.Number(GgufTokenizer.Settings + "add_space_prefix", 1) != 0), ends.Begin, ends.End, ends.AddsBegin(true));
    }
}
