namespace Crease.Lab;

/// <summary>Reads the decoder of a tokenizer.json as what each token adds, and what is cut off the start.</summary>
/// <remarks>Steps of the file that work on single tokens become one function; of those that work on the joined text, cutting its start is known.</remarks>
internal sealed class JsonDecoders
{
    private const string Accepted = "ByteLevel, ByteFallback, Metaspace, Replace, Strip, Fuse, Sequence";
    private readonly List<Func<string, string>> _texts = [];
    private bool _byteLevel, _byteFallback, _fused;
    private int _leading;
    private byte _leadingByte = (byte)' ';
    private bool _firstTokenOnly;

    public static TokenDecoding Read(JsonField field, Vocabulary vocabulary, IReadOnlySet<int> added)
    {
        var decoders = new JsonDecoders();
        if (!field.IsNull)
            decoders.Add(field);
        return new TokenDecoding(id => added.Contains(id) ? EscapedText.Bytes(vocabulary.Text(id)) : decoders.Bytes(vocabulary.Text(id)!))
        {
            Leading = decoders._leading,
            LeadingByte = decoders._leadingByte,
            FirstTokenOnly = decoders._firstTokenOnly,
            Spaced = field.IsNull,
        };
    }

    private void Add(JsonField field)
    {
        switch (field.Type())
        {
            case "Sequence":
                foreach (JsonField part in field["decoders"].Items())
                    Add(part);
                return;
            case "ByteLevel":
                _byteLevel = true;
                return;
            case "ByteFallback":
                _byteFallback = true;
                return;
            case "Fuse":
                _fused = true;
                return;
            case "Metaspace":
                Metaspace(JsonPreTokenizers.Mark(field), JsonPreTokenizers.Scheme(field));
                return;
            case "Replace":
                Replace(field);
                return;
            case "Strip":
                Strip(field);
                return;
            default:
                throw field.Unknown(Accepted);
        }
    }

    private void Metaspace(char mark, string scheme)
    {
        _texts.Add(text => text.Replace(mark, ' '));
        if (scheme != "never")
            (_leading, _firstTokenOnly) = (int.MaxValue, true);
    }

    private void Replace(JsonField field)
    {
        string from = field["pattern"]["String"].Text(), to = field["content"].Text();
        if (from.Length == 0 || (_fused && from.Length > 1))
            throw field["pattern"].Wrong("one character, or more before the text is fused");
        if (to.Length > UnigramModel.LongestPiece)
            throw field["content"].Wrong($"at most {UnigramModel.LongestPiece} characters");
        _texts.Add(text => text.Replace(from, to, StringComparison.Ordinal));
    }

    private void Strip(JsonField field)
    {
        string content = field["content"].Text();
        int start = field["start"].Whole();
        if (content.Length != 1 || content[0] > '\x7F')
            throw field["content"].Wrong("one ASCII character");
        if (start < 0)
            throw field["start"].Wrong("a count");
        if (field["stop"].Whole() != 0)
            throw field["stop"].Wrong("0: what is not yet complete has no end to cut");
        if (_fused)
            (_leading, _leadingByte, _firstTokenOnly) = (start, (byte)content[0], false);
        else
            _texts.Add(text => Stripped(text, content[0], start));
    }

    private static string Stripped(string text, char content, int most)
    {
        int cut = 0;
        while (cut < text.Length && cut < most && text[cut] == content)
            cut++;
        return text[cut..];
    }

    private byte[] Bytes(string token)
    {
        if (_byteFallback && Vocabulary.ByteOf(token) is >= 0 and int value)
            return [(byte)value];
        if (_byteLevel && token.All(unit => ByteAlphabet.Byte(unit) >= 0))
            return [.. token.Select(unit => (byte)ByteAlphabet.Byte(unit))];
        foreach (Func<string, string> step in _texts)
            token = step(token);
        return EscapedText.Bytes(token);
    }
}
