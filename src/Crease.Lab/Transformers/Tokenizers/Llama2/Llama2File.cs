using System.Buffers.Binary;

namespace Crease.Lab;

/// <summary>Reads the tokenizer.bin of llama2.c: the longest length, then per token its score, its length and its bytes.</summary>
/// <remarks>
/// Ids 0, 1 and 2 are the unknown, begin and end tokens, and 3 to 258 the bytes. The text is put after a space, cut into characters, and the
/// neighbours that make the token of the highest score merge first. The file does not say how many tokens there are: it is read to its end.
/// </remarks>
internal static class Llama2File
{
    private const int LongestToken = 1024, FirstByte = 3, Begin = 1, End = 2;

    public static Tokenizer Read(ReadOnlySpan<byte> bytes)
    {
        int longest = bytes.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;
        if (longest is < 1 or > LongestToken)
            throw new InvalidDataException($"byte 0: the longest token has {longest} bytes; 1 to {LongestToken} are accepted");
        var vocabulary = new Vocabulary();
        var pieces = new ScoredPieces();
        int id = 0;
        for (int at = 4; at < bytes.Length; id++)
        {
            if (bytes.Length - at < 8)
                throw new InvalidDataException($"byte {at}: the file ends inside token {id}; it is damaged or truncated");
            float score = BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]);
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 4)..]);
            if (length < 0 || length > longest || length > bytes.Length - at - 8)
                throw new InvalidDataException($"byte {at + 4}: token {id} has {length} bytes; 0 to {Math.Min(longest, bytes.Length - at - 8)} fit");
            if (float.IsNaN(score))
                throw new InvalidDataException($"byte {at}: token {id} has score NaN; expected a number");
            string text = EscapedText.Text(bytes.Slice(at + 8, length));
            vocabulary.Add(id, text, $"token {id}");
            pieces.Add(text, id, score);
            at += 8 + length;
        }
        if (id < FirstByte + 256)
            throw new InvalidDataException($"the file has {id} tokens; expected at least {FirstByte + 256}, which are three special ones and the bytes");
        vocabulary.MakeSpecial(Begin);
        vocabulary.MakeSpecial(End);
        var fallback = new Fallback([.. Enumerable.Range(FirstByte, 256)], null, Fuse: false);
        ITokenModel model = BoundarySplit.Over(new ScoredPairModel(pieces, fallback), pieces.Ids.Keys, ' ', fuses: false);
        // A raw byte is a token of its own name; the reference reads any token of that form as one.
        var decoding = new TokenDecoding(token => Vocabulary.ByteOf(vocabulary.Text(token)!) is >= 0 and int value ? [(byte)value] : EscapedText.Bytes(vocabulary.Text(token)))
        {
            Leading = 1,
        };
        return new SentencePieceTokenizer(vocabulary, model, new Llama2Normalizer(), decoding, []) { BeginId = Begin, EndId = End, UnknownId = 0 };
    }
}
