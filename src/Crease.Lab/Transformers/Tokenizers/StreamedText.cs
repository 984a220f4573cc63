using System.Text;

namespace Crease.Lab;

/// <summary>Decodes tokens one after another, as a model makes them; not for several threads.</summary>
/// <remarks>A character whose bytes are spread over several tokens is held back until it is whole. What all calls return, one after another,
/// is what <see cref="Tokenizer.Decode"/> gives for all ids.</remarks>
public sealed class StreamedText
{
    private readonly Tokenizer _tokenizer;
    private readonly bool _specials;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private int _leading, _tokens;

    internal StreamedText(Tokenizer tokenizer, bool specials) => (_tokenizer, _specials, _leading) = (tokenizer, specials, tokenizer.Decoding.Leading);

    /// <summary>Takes the next token.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The text that is now whole; may be empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Append(int id)
    {
        ReadOnlySpan<byte> bytes = Next(id);
        return Text(bytes, flush: false);
    }

    /// <summary>Ends the text.</summary>
    /// <returns>U+FFFD for a character that was never completed; otherwise empty.</returns>
    public string Finish() => Text([], flush: true);

    /// <summary>The bytes that the next token adds.</summary>
    internal ReadOnlySpan<byte> Next(int id)
    {
        byte[] token = _tokenizer.TokenBytes(id);
        if (!_specials && _tokenizer.IsSpecial(id))
            return [];
        TokenDecoding decoding = _tokenizer.Decoding;
        bool first = _tokens++ == 0;
        ReadOnlySpan<byte> bytes = token;
        while (_leading > 0 && bytes.Length > 0 && bytes[0] == decoding.LeadingByte && !_tokenizer.IsSpecial(id))
        {
            bytes = bytes[1..];
            _leading--;
        }
        // A cut ends with the first other character.
        if (bytes.Length > 0 || decoding.FirstTokenOnly)
            _leading = 0;
        if (!decoding.Spaced || first)
            return bytes;
        byte[] spaced = [(byte)' ', .. bytes];
        return spaced;
    }

    private string Text(ReadOnlySpan<byte> bytes, bool flush)
    {
        var text = new char[_decoder.GetCharCount(bytes, flush)];
        int count = _decoder.GetChars(bytes, text, flush);
        return new string(text, 0, count);
    }
}
